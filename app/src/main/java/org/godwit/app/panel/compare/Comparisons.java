package org.godwit.app.panel.compare;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.godwit.app.action.Action;
import org.godwit.app.bridge.Future;
import org.godwit.app.notice.Notice;
import org.godwit.app.workbench.WorkbenchContext;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.ProblemException;
import org.kordamp.ikonli.feather.Feather;

/**
 * Opens comparisons, and knows which recordings were seen in this run. Files are read and compared
 * on threads of their own; all methods belong to the FX thread.
 */
public final class Comparisons {
  private static final String TAB = "compare";

  private final Executor background;
  private final Reader reader;
  private final ObservableList<Path> recordings = FXCollections.observableArrayList();
  private CompareTab tab;

  /** Reads a recording. */
  @FunctionalInterface
  public interface Reader {
    /** The recording in {@code file}. */
    OpenedSession read(Path file) throws ProblemException;
  }

  /**
   * @param background where files are read and sessions compared
   * @param reader reads a recording
   */
  public Comparisons(Executor background, Reader reader) {
    this.background = background;
    this.reader = reader;
  }

  /** Adds what the window can do with comparisons. */
  public void declare(WorkbenchContext context) {
    context
        .actions()
        .add(
            new Action(
                "session.compare",
                Feather.COLUMNS,
                new KeyCodeCombination(
                    KeyCode.D, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN),
                Action.ALWAYS,
                () -> begin(context)));
    context
        .actions()
        .add(
            new Action(
                "time.compare",
                Feather.COLUMNS,
                null,
                Bindings.createBooleanBinding(
                    () -> context.bridge().hasOtherFutureProperty().get(),
                    context.bridge().hasOtherFutureProperty()),
                () -> begin(context),
                "unavailable.futures"));
  }

  /** Recordings that were opened or compared in this run, the newest last. */
  ObservableList<Path> recordings() {
    return recordings;
  }

  /** Remembers a recording. */
  public void know(Path file) {
    recordings.remove(file);
    recordings.add(file);
  }

  /** The recording that was opened before {@code file}, or null. */
  public Path before(Path file) {
    return recordings.stream()
        .filter(each -> !each.equals(file))
        .reduce((_, later) -> later)
        .orElse(null);
  }

  /** Two futures if there are two, else the open session beside the newest recording. */
  private void begin(WorkbenchContext context) {
    List<Future> futures = context.bridge().futuresProperty().get();
    Future shown = futures.stream().filter(Future::isShown).findFirst().orElse(null);
    Side second = shown == null ? null : new Side.Live(shown.number());
    Side first =
        futures.stream()
            .filter(each -> !each.isShown())
            .min(Comparator.comparing(each -> each.number() != shown.parent()))
            .<Side>map(each -> new Side.Live(each.number()))
            .orElse(recordings.isEmpty() ? null : new Side.File(recordings.getLast()));
    if (first == null) {
      compare(context, second, null);
    } else {
      compare(context, first, second);
    }
  }

  /** Opens the comparison of two recordings. */
  public void compare(WorkbenchContext context, Path a, Path b) {
    know(a);
    know(b);
    compare(context, new Side.File(a), new Side.File(b));
  }

  /** Opens a comparison of a recording and the open session. */
  public void compareWithOpen(WorkbenchContext context, Path file) {
    know(file);
    Side open =
        context.bridge().futuresProperty().get().stream()
            .filter(Future::isShown)
            .findFirst()
            .<Side>map(each -> new Side.Live(each.number()))
            .orElse(null);
    compare(context, new Side.File(file), open);
  }

  private void compare(WorkbenchContext context, Side a, Side b) {
    context
        .desk()
        .openEditor(
            TAB,
            context.messages().binding("compare.title"),
            Feather.COLUMNS,
            () -> tab = new CompareTab(context, this));
    tab.choose(a, b);
  }

  /** Gets the session of a side; {@code otherwise} if it cannot be had, after a notice. */
  void load(
      WorkbenchContext context, Side side, Consumer<RecordedSession> then, Runnable otherwise) {
    switch (side) {
      case Side.Live(int future) ->
          context.bridge().recorded(future, found -> found.ifPresentOrElse(then, otherwise));
      case Side.File(Path path) ->
          background.execute(
              () -> {
                try {
                  OpenedSession opened = reader.read(path);
                  Platform.runLater(() -> then.accept(opened.session()));
                } catch (ProblemException e) {
                  Platform.runLater(
                      () -> {
                        context
                            .notices()
                            .post(
                                new Notice(Notice.Severity.ERROR, e.problem(), "", -1, List.of()));
                        otherwise.run();
                      });
                }
              });
    }
  }

  /** Compares. */
  void pair(RecordedSession a, RecordedSession b, Consumer<Pair> then) {
    background.execute(
        () -> {
          Pair pair = Pair.of(a, b);
          Platform.runLater(() -> then.accept(pair));
        });
  }
}
