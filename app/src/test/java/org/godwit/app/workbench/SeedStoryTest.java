package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import org.godwit.app.bridge.Frame;
import org.godwit.app.bridge.Pace;
import org.godwit.app.launch.WorkbenchDoor;
import org.godwit.app.panel.processes.ProcessRow;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The seed's story by mouse, on the demo as the workbench opens it: the real engine, the real
 * programs, every panel. Three spins dragged onto the two-way node: one leaves, and no more; a lock
 * keeps the balancer's hands off, not the user's.
 */
class SeedStoryTest extends WindowTest {
  private static final int HOME = 1;
  private static final long SECOND = 1_000_000_000L;

  private final List<Migration> migrations = new CopyOnWriteArrayList<>();

  @Override
  WorkbenchStart beginning() throws Exception {
    return WorkbenchDoor.start(Locale.ENGLISH);
  }

  @BeforeEach
  void settle() throws Exception {
    settled(HOME);
    bridge.onFrame(this::note);
    bridge.setPace(new Pace(4));
  }

  private void note(Frame frame) {
    for (Event event : frame.events()) {
      if (event.what() instanceof Happening.Migrated migrated) {
        migrations.add(migrated.migration());
      }
    }
  }

  @Test
  void ofThreeSpinsOneLeavesAndALockHoldsOnlyTheBalancer() throws Exception {
    dragSpin(1);
    dragSpin(2);
    watch(5);
    assertThat(away()).as("two copies on two CPUs").isEmpty();

    dragSpin(3);
    waitFor(() -> away().size() == 1);
    watch(10);
    assertThat(away()).as("the third, and only one").hasSize(1);
    ProcessView gone = away().getFirst();
    assertThat(migrations)
        .extracting(Migration::process, Migration::cause)
        .containsExactly(tuple(gone.id(), MoveCause.BALANCER));
    waitFor(() -> chipOn(gone.where(), gone.id()) != null);
    waitFor(() -> lookup(".tether").queryAll().size() == 1); // Tethered to its home.
    assertThat(runnable(HOME)).isEqualTo(2);
    assertThat(runnable(gone.where())).isEqualTo(1);
    assertThat(table().getItems()).hasSize(3);
    assertThat(table().getItems())
        .filteredOn(row -> row.id().equals(gone.id()))
        .extracting(row -> row.now().onName())
        .containsExactly("node" + gone.where());

    // Tick Lock of one that stayed, in the table; then a fourth copy makes one too many again.
    ProcessView kept = at(HOME).getFirst();
    ProcessView free = at(HOME).getLast();
    clickOn(lockBox(kept.id()));
    waitFor(() -> process(kept.id()).lock());
    clickOn(lockBox(free.id()));
    waitFor(() -> process(free.id()).lock());
    dragSpin(4);
    waitFor(() -> away().size() == 2);
    watch(10);
    assertThat(process(kept.id()).where()).as("locked").isEqualTo(HOME);
    assertThat(process(free.id()).where()).as("locked").isEqualTo(HOME);

    int other = gone.where() == 2 ? 3 : 2;
    grab(chipOn(HOME, kept.id()), centre(card(other)));
    drop();
    waitFor(() -> process(kept.id()).where() == other);
    assertThat(process(kept.id()).lock()).as("still locked").isTrue();
    assertThat(migrations)
        .filteredOn(each -> each.process().equals(kept.id()))
        .extracting(Migration::cause)
        .containsExactly(MoveCause.USER);
  }

  /** Drags spin onto the first node and waits for the process. */
  private void dragSpin(int wanted) throws Exception {
    grab(node("#program-spin"), centre(card(HOME)));
    drop();
    waitFor(() -> bridge.frame().view().processes().size() == wanted);
    waitFor(() -> lookup(".chip").queryAll().size() >= wanted);
  }

  /** Lets virtual seconds pass. */
  private void watch(int seconds) throws Exception {
    long until = bridge.frame().view().nanos() + seconds * SECOND;
    waitFor(() -> bridge.frame().view().nanos() >= until);
  }

  private List<ProcessView> at(int node) {
    return bridge.frame().view().processes().stream().filter(p -> p.where() == node).toList();
  }

  private List<ProcessView> away() {
    return bridge.frame().view().processes().stream()
        .filter(p -> p.where() != p.id().home())
        .toList();
  }

  private ProcessView process(ProcessId id) {
    return bridge.frame().view().processes().stream()
        .filter(p -> p.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private int runnable(int node) {
    return bridge.frame().view().nodes().stream()
        .filter(n -> n.spec().id() == node)
        .findFirst()
        .orElseThrow()
        .runnable();
  }

  private TableView<ProcessRow> table() {
    return lookup("#process-table").query();
  }

  private Node lockBox(ProcessId id) {
    return lookup(".lock-cell .check-box").queryAll().stream()
        .filter(box -> ((TableCell<?, ?>) box.getParent()).getTableRow().getItem() == row(id))
        .findFirst()
        .orElseThrow();
  }

  private ProcessRow row(ProcessId id) {
    return table().getItems().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
  }
}
