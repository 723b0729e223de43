package org.godwit.app.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.godwit.app.bridge.StillSession;
import org.godwit.app.host.LiveLogs;
import org.godwit.app.host.OwnLessons;
import org.godwit.app.host.PolicyFolder;
import org.godwit.app.panel.PanelWindows;
import org.godwit.app.panel.recording.Recordings;
import org.godwit.app.theme.Variant;
import org.godwit.app.workbench.WorkbenchApp;
import org.godwit.app.workbench.WorkbenchPicture;
import org.godwit.app.workbench.WorkbenchStart;
import org.godwit.model.ProblemException;
import org.godwit.model.event.Event;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.view.ClusterView;

/** Opens the workbench. */
public final class WorkbenchDoor {
  private static final int PICTURE_WIDTH = 1440;
  private static final int PICTURE_HEIGHT = 900;

  private WorkbenchDoor() {}

  /**
   * Opens the window and returns when it was closed.
   *
   * @param file a recording to open after the start, or null
   * @param policies folder of the user's own policies, or null for the one that the settings name
   * @param language language if the user's settings name none
   * @throws ProblemException if a scenario on board cannot be read
   */
  public static void open(Path file, Path policies, Locale language) throws ProblemException {
    // Meanwhile the toolkit starts, on this thread where the host wants it so.
    FutureTask<WorkbenchStart> start = new FutureTask<>(() -> usual(file, policies, language));
    Thread.ofPlatform().daemon().name("start").start(start);
    WorkbenchApp.launch(start);
    try {
      start.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static WorkbenchStart usual(Path file, Path policies, Locale language)
      throws ProblemException {
    Path settings = Settings.file(System.getenv());
    LiveLogs logs = new LiveLogs(settings.resolveSibling("live"), System::nanoTime);
    PolicyFolder own = new PolicyFolder(Settings.policies(System.getenv()));
    WorkbenchStart start =
        start(language, own, policies, OwnLessons.in(Settings.lessons(System.getenv())))
            .withSettings(settings)
            .withRecordings(
                new Recordings(logs, Shelf.programs(), own),
                () ->
                    logs.status()
                        .map(
                            it ->
                                new WorkbenchStart.RecordingStatus(
                                    it.nanos(), it.bytes(), it.intact())));
    return file == null ? start : start.withFile(file);
  }

  /**
   * The workbench as it would look at one instant of a session, as PNG. Needs no display; ends the
   * toolkit, so that no window can be opened afterwards.
   *
   * @throws IllegalStateException if JavaFX lacks something on this host
   * @throws ProblemException if a scenario on board cannot be read
   */
  public static byte[] picture(
      Scenario scenario,
      ClusterView view,
      List<Event> events,
      List<Sample> samples,
      Locale language)
      throws ProblemException {
    try {
      return WorkbenchPicture.png(
          start(language),
          scenario.title(),
          new StillSession(scenario, view, events, samples),
          PICTURE_WIDTH,
          PICTURE_HEIGHT);
    } finally {
      WorkbenchPicture.end();
    }
  }

  /**
   * What the workbench opens with: everything on board, the demo first.
   *
   * @throws ProblemException if a scenario on board cannot be read
   */
  public static WorkbenchStart start(Locale language) throws ProblemException {
    return start(
        language, new PolicyFolder(Settings.policies(System.getenv())), null, OwnLessons.NONE);
  }

  /**
   * The same with a teacher's own lessons after those on board.
   *
   * @throws ProblemException if a scenario on board cannot be read
   */
  public static WorkbenchStart start(Locale language, OwnLessons lessons) throws ProblemException {
    return start(language, new PolicyFolder(Settings.policies(System.getenv())), null, lessons);
  }

  static WorkbenchStart start(Locale language, PolicyFolder own, Path fixed, OwnLessons lessons)
      throws ProblemException {
    if (fixed != null) {
      own.lookIn(fixed.toString());
    }
    List<WorkbenchStart.Choice> choices = new ArrayList<>(Shelf.choices(own));
    choices.addAll(Shelf.choices(lessons, own));
    return WorkbenchStart.of(choices, Shelf.cards())
        .withPolicies(new OwnPolicies(own, fixed != null))
        .withToolWindows(PanelWindows.all(lessons))
        .withRecordings(new Recordings(null, Shelf.programs(), own), Optional::empty)
        .withLook(language, Variant.LIGHT);
  }
}
