package org.godwit.app.panel.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.application.Platform;
import javafx.beans.property.SimpleStringProperty;
import org.godwit.app.bridge.EngineSession;
import org.godwit.app.bridge.SessionLogs;
import org.godwit.app.host.HostFiles;
import org.godwit.app.host.LiveLogs;
import org.godwit.app.notice.Notice;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.compare.Comparisons;
import org.godwit.app.workbench.WorkbenchContext;
import org.godwit.app.workbench.WorkbenchStart;
import org.godwit.engine.session.Advisers;
import org.godwit.engine.session.ProgramSource;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.SessionFileReader;
import org.godwit.engine.session.query.Verification;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.kordamp.ikonli.feather.Feather;

/**
 * Opens {@code .godwit} files as editor tabs. A file that cannot be read becomes a notice; of a
 * damaged one the intact part is shown. Reads on a thread of its own.
 */
public final class Recordings implements WorkbenchStart.RecordingOpener {
  private final Executor background;
  private final LiveLogs logs;
  private final ProgramSource programs;
  private final Advisers advisers;
  private final Comparisons comparisons;

  /** Reads each file on a fresh virtual thread. */
  public Recordings() {
    this(null, _ -> Optional.empty(), Advisers.NONE);
  }

  /**
   * As above.
   *
   * @param logs an earlier run's are recovered; null for nowhere
   * @param programs what there is for a recording that is gone on with
   * @param advisers whom its policies of the user's own ask then
   */
  public Recordings(LiveLogs logs, ProgramSource programs, Advisers advisers) {
    this(task -> Thread.ofVirtual().name("godwit-open").start(task), logs, programs, advisers);
  }

  private Recordings(
      Executor background, LiveLogs logs, ProgramSource programs, Advisers advisers) {
    this.background = background;
    this.logs = logs;
    this.programs = programs;
    this.advisers = advisers;
    this.comparisons = new Comparisons(background, Recordings::read);
  }

  @Override
  public void declare(WorkbenchContext context) {
    comparisons.declare(context);
  }

  @Override
  public void compare(Path a, Path b, WorkbenchContext context) {
    comparisons.compare(context, a, b);
  }

  @Override
  public SessionLogs logs() {
    return logs == null ? SessionLogs.NONE : logs;
  }

  @Override
  public void begin(WorkbenchContext context) {
    if (logs != null) {
      logs.onClosed(() -> Platform.runLater(() -> recover(context)));
      recover(context);
    }
  }

  private void recover(WorkbenchContext context) {
    background.execute(
        () -> {
          List<LiveLogs.Recovered> found = logs.recover();
          Platform.runLater(() -> found.forEach(each -> offer(each, context)));
        });
  }

  private void offer(LiveLogs.Recovered found, WorkbenchContext context) {
    if (found.closed()) {
      context
          .notices()
          .post(
              Notice.of(
                      Notice.Severity.INFO,
                      -1,
                      "recording.kept",
                      found.file().toString(),
                      found.nanos() / 1e9)
                  .with("recording.openRecovered", () -> open(found.file(), context))
                  .with(
                      "recording.discard", () -> background.execute(() -> discard(found.file()))));
      return;
    }
    context
        .notices()
        .post(
            Notice.of(
                    Notice.Severity.WARNING,
                    -1,
                    "recording.recovered",
                    found.file().toString(),
                    found.nanos() / 1e9)
                .with("recording.openRecovered", () -> open(found.file(), context)));
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It stays among those that are kept, until a dozen newer ones have come.
    }
  }

  @Override
  public void open(Path file, WorkbenchContext context) {
    background.execute(
        () -> {
          try {
            OpenedSession opened = read(file);
            Platform.runLater(() -> show(file, opened, context));
          } catch (ProblemException e) {
            Platform.runLater(() -> refuse(e.problem(), context));
          }
        });
  }

  private static OpenedSession read(Path file) throws ProblemException {
    try (InputStream in = HostFiles.open(file)) {
      return SessionFileReader.read(file.getFileName().toString(), in);
    } catch (IOException e) {
      throw new ProblemException(Problem.of("host.unreadable", file.toString()));
    }
  }

  private void show(Path file, OpenedSession opened, WorkbenchContext context) {
    for (Problem problem : opened.damage()) {
      context.notices().post(new Notice(Notice.Severity.WARNING, problem, "", -1, List.of()));
    }
    context
        .desk()
        .openEditor(
            "recording:" + file.toAbsolutePath(),
            new SimpleStringProperty(file.getFileName().toString()),
            Feather.FILM,
            () ->
                new RecordingView(
                    context,
                    new RecordedModels(
                        context.messages(), new Figures(Locale.ENGLISH), file.toString(), opened),
                    () -> comparisons.compareWithOpen(context, file),
                    () -> again(file, opened, context)));
    comparisons.know(file);
    Path before = comparisons.before(file);
    if (before != null) {
      context
          .notices()
          .post(
              Notice.of(
                      Notice.Severity.INFO,
                      -1,
                      "recording.second",
                      file.getFileName().toString(),
                      before.getFileName().toString())
                  .with("recording.compare", () -> comparisons.compare(context, before, file)));
    }
  }

  /** The recording becomes the session that is open, and is run again. */
  private void again(Path file, OpenedSession opened, WorkbenchContext context) {
    String name = file.getFileName().toString();
    try {
      Verification.demand(name, opened.session());
    } catch (ProblemException e) {
      refuse(e.problem(), context);
      return;
    }
    context
        .desk()
        .openSession(() -> EngineSession.again(name, opened.session(), programs, advisers));
  }

  private static void refuse(Problem problem, WorkbenchContext context) {
    context.notices().post(new Notice(Notice.Severity.ERROR, problem, "", -1, List.of()));
  }
}
