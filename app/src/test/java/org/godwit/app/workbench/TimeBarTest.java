package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.godwit.app.bridge.Pace;
import org.godwit.app.bridge.RunState;
import org.godwit.app.launch.WorkbenchDoor;
import org.godwit.app.notice.NoticeBoard;
import org.godwit.app.panel.processes.ProcessRow;
import org.godwit.engine.session.query.Moment;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.junit.jupiter.api.Test;

/** Back in time by mouse and by key, on the real engine, and on from there. */
class TimeBarTest extends WindowTest {
  private static final long SECOND = 1_000_000_000L;

  @Override
  WorkbenchStart beginning() throws Exception {
    return WorkbenchDoor.start(Locale.ENGLISH);
  }

  @Test
  void theWindowShowsTheMomentAndTheSessionGoesOnFromIt() throws Exception {
    settled(1);
    bridge.setPace(new Pace(8));
    waitFor(() -> bridge.frame().view().nanos() > 4 * SECOND);
    bridge.submit(new Command.Launch("late", 1, "spin", List.of(), 2, false));
    waitFor(() -> table().getItems().size() == 2);
    waitFor(() -> bridge.frame().view().nanos() > 10 * SECOND);
    interact(() -> workbench.context().verbs().submit(new Command.SetPolicy("none")));
    waitFor(this::canUndo);
    bridge.pause();
    waitFor(() -> bridge.frame().state() == RunState.PAUSED);

    // A click on the track where it is second 2: before anything was launched.
    double share = 2.0 * SECOND / bridge.frame().latestNanos();
    Slider time = (Slider) node("#time");
    Bounds track = time.localToScreen(time.getBoundsInLocal());
    clickOn(new Point2D(track.getMinX() + track.getWidth() * share, track.getCenterY()));
    waitFor(() -> bridge.frame().state() == RunState.PAST);
    waitFor(() -> table().getItems().isEmpty());
    assertThat(bridge.frame().view().nanos()).isLessThan(4 * SECOND);
    waitFor(() -> lookup(".chip").queryAll().isEmpty());
    assertThat(((Label) node("#time-where")).getText()).contains(" s of ");

    clickOn("#time-live");
    waitFor(() -> bridge.frame().state() == RunState.PAUSED);
    waitFor(() -> table().getItems().size() == 2);

    // By key to the event before, and again; then on from there.
    interact(() -> workbench.canvas().requestFocus());
    press(KeyCode.COMMA).release(KeyCode.COMMA);
    waitFor(() -> bridge.frame().state() == RunState.PAST);
    long first = bridge.frame().view().nanos();
    press(KeyCode.COMMA).release(KeyCode.COMMA);
    waitFor(() -> bridge.frame().view().nanos() < first);
    // With Shift a second back, and no further than the beginning.
    AtomicLong from = new AtomicLong();
    interact(
        () -> {
          from.set(bridge.frame().view().nanos());
          workbench.context().actions().get("time.second").fire();
        });
    long second = from.get();
    waitFor(() -> bridge.frame().view().nanos() == Math.max(0, second - SECOND));
    bridge.lookAt(second);
    waitFor(() -> bridge.frame().view().nanos() == second);
    // How many events have come since the policy changed depends on the host; go back before that.
    while (bridge.frame().view().policy().equals("none")) {
      long before = bridge.frame().view().nanos();
      press(KeyCode.COMMA).release(KeyCode.COMMA);
      waitFor(() -> bridge.frame().view().nanos() < before);
    }
    clickOn("#time-branch");
    waitFor(() -> bridge.hasOtherFutureProperty().get());
    waitFor(() -> bridge.frame().state() == RunState.PAUSED);
    assertThat(bridge.frame().latestNanos()).isLessThan(first);
    waitFor(() -> !canUndo()); // What could be undone belongs to the other future.

    // Both are tabs; they are compared, and a moment of the comparison is shown in the window.
    bridge.run();
    waitFor(() -> bridge.frame().view().nanos() > 11 * SECOND);
    bridge.pause();
    clickOn("#future-1");
    waitFor(() -> bridge.futuresProperty().get().getFirst().isShown());
    clickOn("#future-compare");
    waitFor(() -> lookup("#compare-verdict").tryQuery().isPresent());
    assertThat(((Label) node("#compare-verdict")).getText()).startsWith("They part at 0:");
    TableView<?> processes = (TableView<?>) node("#compare-table-processes");
    waitFor(() -> processes.getItems().size() == 2);
    // A process that is chosen in the comparison is selected everywhere, and marked there.
    interact(() -> processes.getSelectionModel().select(1));
    waitFor(() -> workbench.context().selection().processes().size() == 1);
    ProcessId chosen = workbench.context().selection().processes().getFirst();
    waitFor(() -> linked("#compare-table-processes").size() == 1);
    fire("time.find");
    interact(() -> ((TextInputControl) node("#moments-query")).setText("event launched"));
    clickOn("#moments-find");
    waitFor(() -> ((TableView<?>) node("#moments-table")).getItems().size() == 2);
    waitFor(() -> linked("#moments-table").size() == 1);
    assertThat(((Moment) linked("#moments-table").getFirst()).process()).isEqualTo(chosen);
    interact(() -> workbench.context().selection().clear());
    waitFor(() -> linked("#moments-table").isEmpty());
    assertThat(linked("#compare-table-processes")).isEmpty();
    interact(() -> processes.getSelectionModel().clearSelection());
    long parting = Math.round(((Slider) node("#compare-moment")).getValue() * 1e9);
    clickOn("#compare-show-b");
    waitFor(() -> bridge.frame().state() == RunState.PAST);
    assertThat(bridge.frame().view().nanos()).isBetween(parting - SECOND / 2, parting);
  }

  private boolean canUndo() {
    return workbench.context().actions().get("edit.undo").enabled().get();
  }

  @Test
  void runAgainTheSessionIsTheSameUnlessItIsGivenUp() throws Exception {
    settled(1);
    bridge.submit(new Command.Launch("some", 1, "spin", List.of(), 3, false));
    bridge.setPace(new Pace(8));
    waitFor(() -> bridge.frame().view().nanos() > 4 * SECOND);
    // Before its thread has begun: a short session may be run again sooner than one can click.
    interact(
        () -> {
          workbench.context().actions().get("time.verify").fire();
          NoticeBoard.Task task = workbench.context().notices().tasks().getFirst();
          assertThat(task.name().key()).isEqualTo("verify.progress");
          task.cancel().orElseThrow().run();
        });
    waitFor(() -> isNoted("verify.given-up"));
    assertThat(workbench.context().notices().tasks()).isEmpty();
    assertThat(isNoted("verify.same")).isFalse();
    fire("time.verify");
    waitFor(() -> isNoted("verify.same"));

    // With nothing to compare the session with, the comparison offers to choose a file.
    fire("session.compare");
    waitFor(() -> lookup("#compare-choose-file").tryQuery().isPresent());
    assertThat(((Hyperlink) node("#compare-choose-file")).getText()).startsWith("Choose a file");
  }

  /** Items of the rows of a table that are marked as about what is selected. */
  private List<Object> linked(String table) {
    return lookup(table + " .table-row-cell").queryAll().stream()
        .map(row -> (TableRow<?>) row)
        .filter(row -> row.getPseudoClassStates().contains(PseudoClass.getPseudoClass("linked")))
        .<Object>map(TableRow::getItem)
        .toList();
  }

  private boolean isNoted(String key) {
    return workbench.context().notices().notices().stream()
        .anyMatch(notice -> notice.text().key().equals(key));
  }

  private TableView<ProcessRow> table() {
    return lookup("#process-table").query();
  }
}
