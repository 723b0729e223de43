package org.godwit.app.panel.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.app.panel.Clusters.process;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.collections.ListChangeListener;
import org.godwit.app.panel.Clusters;
import org.godwit.model.ProcessId;
import org.godwit.model.StayReason;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.Test;

class ProcessesViewModelTest {
  private static final ProcessId A = new ProcessId(1, 1001);
  private static final ProcessId B = new ProcessId(1, 1002);
  private static final ProcessId C = new ProcessId(2, 2001);

  private final List<Command> sent = new ArrayList<>();
  private final ProcessesViewModel model = new ProcessesViewModel(sent::add);

  @Test
  void aRowLivesAsLongAsItsProcess() {
    model.show(Clusters.of(process(1, 1001, "spin"), process(1, 1002, "spin")));
    ProcessRow first = model.rows().getFirst();

    model.show(
        Clusters.of(
            process(1, 1001, "spin").on(2), process(1, 1002, "spin"), process(2, 2001, "x")));

    assertThat(model.rows().getFirst()).isSameAs(first);
    assertThat(first.now().onName()).isEqualTo("node2");
    assertThat(ids()).containsExactly(A, B, C);
    model.show(Clusters.of(process(2, 2001, "x")));
    assertThat(ids()).containsExactly(C);
    assertThat(model.total().get()).isEqualTo(1);
  }

  @Test
  void figuresThatChangeNoOrderLeaveTheListAlone() {
    model.show(Clusters.of(process(1, 1001, "spin").cpu(0.9), process(1, 1002, "spin").cpu(0.2)));
    model.orderBy(Comparator.comparing(row -> row.now().process().cpuShare()));
    List<Object> changes = new ArrayList<>();
    model.rows().addListener((ListChangeListener<ProcessRow>) changes::add);

    model.show(Clusters.of(process(1, 1001, "spin").cpu(0.8), process(1, 1002, "spin").cpu(0.3)));
    assertThat(changes).isEmpty();
    assertThat(ids()).containsExactly(B, A);

    model.show(Clusters.of(process(1, 1001, "spin").cpu(0.1), process(1, 1002, "spin").cpu(0.3)));
    assertThat(changes).hasSize(1);
    assertThat(ids()).containsExactly(A, B);
  }

  @Test
  void whileTheListIsReplacedItSaysSo() {
    List<Boolean> seen = new ArrayList<>();
    model
        .rows()
        .addListener((ListChangeListener<ProcessRow>) _ -> seen.add(model.arranging().get()));
    model.show(Clusters.of(process(1, 1001, "spin")));
    assertThat(seen).containsExactly(true);
    assertThat(model.arranging().get()).isFalse();
  }

  @Test
  void everyWordOfTheFilterMustOccur() {
    model.show(
        Clusters.of(
            process(1, 1001, "spin"),
            process(1, 1002, "spin").on(2).locked(),
            process(2, 2001, "shmget").stays(StayReason.MONKEY)));
    model.filter().set("SPIN node2");
    assertThat(ids()).containsExactly(B);
    model.filter().set("monkey");
    assertThat(ids()).containsExactly(C);
    model.filter().set(" away lock ");
    assertThat(ids()).containsExactly(B);
    model.filter().set("spin monkey");
    assertThat(ids()).isEmpty();
    assertThat(model.total().get()).isEqualTo(3);
    model.filter().set("");
    assertThat(ids()).containsExactly(A, B, C);
  }

  @Test
  void speedSearchGoesRoundFromWhereItIs() {
    model.show(
        Clusters.of(
            process(1, 1001, "spin"), process(1, 1002, "shmget"), process(2, 2001, "Spin")));
    assertThat(model.find("sp", 0)).isZero();
    assertThat(model.find("sp", 1)).isEqualTo(2);
    assertThat(model.find("1002", 2)).isEqualTo(1);
    assertThat(model.find("q", 0)).isEqualTo(-1);
  }

  @Test
  void theLockBoxOfASelectedRowWritesTheSameToAllSelected() {
    model.show(
        Clusters.of(
            process(1, 1001, "spin"),
            process(1, 1002, "spin").locked(),
            process(2, 2001, "spin").state(ProcessView.State.EXITED)));
    model.toggleLock(A, List.of(A, B, C));
    assertThat(sent).containsExactly(lock(A, true));
    sent.clear();
    model.toggleLock(B, List.of(A, B));
    assertThat(sent).containsExactly(lock(B, false));
    sent.clear();
    model.toggleLock(A, List.of(B));
    assertThat(sent).as("a row outside the selection goes alone").containsExactly(lock(A, true));
  }

  @Test
  void commandsGoOnlyToWhomTheyConcern() {
    model.show(
        Clusters.of(
            process(1, 1001, "spin").on(2),
            process(1, 1002, "spin"),
            process(2, 2001, "spin").state(ProcessView.State.CRASHED)));
    List<ProcessId> all = List.of(C, B, A);
    model.sendHome(all);
    assertThat(sent).containsExactly(new Command.Migrate(ref(A), Command.Migrate.HOME));
    sent.clear();
    model.migrate(all, 2);
    assertThat(sent).containsExactly(new Command.Migrate(ref(B), 2));
    sent.clear();
    model.kill(all);
    assertThat(sent).containsExactly(new Command.Signal(ref(A), 9), new Command.Signal(ref(B), 9));
  }

  private List<ProcessId> ids() {
    return model.rows().stream().map(ProcessRow::id).toList();
  }

  private static ProcessRef ref(ProcessId id) {
    return new ProcessRef.ById(id);
  }

  private static Command lock(ProcessId id, boolean locked) {
    return new Command.SetLock(ref(id), locked);
  }
}
