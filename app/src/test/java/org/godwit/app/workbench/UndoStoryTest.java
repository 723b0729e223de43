package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.godwit.app.launch.WorkbenchDoor;
import org.godwit.model.ProcessId;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.Test;

/**
 * What only time takes back is undone by going back, on the real engine: a kill, a node's leave.
 */
class UndoStoryTest extends WindowTest {
  private static final ProcessId SPIN = new ProcessId(1, 1001);

  @Override
  WorkbenchStart beginning() throws Exception {
    return WorkbenchDoor.start(Locale.ENGLISH);
  }

  @Test
  void aKilledProcessLivesAgainAndANodeThatLeftIsBack() throws Exception {
    settled(1);
    ClusterVerbs verbs = workbench.context().verbs();
    interact(() -> verbs.launch(1, "spin", List.of(), 1, false));
    waitFor(() -> isAlive(SPIN));
    interact(() -> verbs.kill(List.of(SPIN)));
    waitFor(() -> !isAlive(SPIN) && workbench.undoName().equals("kill spin 1001"));
    undo();
    waitFor(() -> futures() == 2 && isAlive(SPIN));
    // It stands there, and a node that leaves needs time to.
    interact(bridge::run);
    interact(() -> workbench.context().selection().selectNode(3));
    interact(() -> workbench.canvas().deleteSelection());
    waitFor(() -> !isUp(3) && workbench.undoName().equals("node 3 leaves"));
    undo();
    waitFor(() -> futures() == 3 && isUp(3));
    assertThat(isAlive(SPIN)).as("what was before the deed is untouched").isTrue();
  }

  private void undo() {
    interact(() -> workbench.context().actions().get("edit.undo").fire());
  }

  /** What was is kept as another future; until it is one, an earlier moment is only looked at. */
  private int futures() {
    return bridge.futuresProperty().get().size();
  }

  private boolean isAlive(ProcessId id) {
    return bridge.frame().view().processes().stream()
        .anyMatch(p -> p.id().equals(id) && p.state() != ProcessView.State.EXITED && p.isAlive());
  }

  private boolean isUp(int node) {
    return bridge.frame().view().nodes().stream()
        .anyMatch(n -> n.spec().id() == node && n.status() == NodeView.Status.UP);
  }
}
