package org.godwit.app.panel.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.app.panel.Clusters.SECOND;
import static org.godwit.app.panel.Clusters.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.godwit.app.notice.Notice;
import org.godwit.app.panel.Clusters;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.Test;

class FindingsViewModelTest {
  private static final ProcessId SPIN = new ProcessId(1, 1001);

  private final List<Command> sent = new ArrayList<>();
  private final FindingsViewModel model =
      new FindingsViewModel(
          new Messages(Locale.ENGLISH),
          new Figures(Locale.ENGLISH),
          new Roster(),
          e -> e.what().getClass().getSimpleName(),
          sent::add);

  private static Event moved(long second) {
    return event(
        second * SECOND,
        1,
        new Happening.Migrated(Clusters.migration(SPIN, 1, 2, second * SECOND)));
  }

  private static ClusterView ready(long second, long cpuNanos) {
    ProcessView process = Clusters.process(1, 1001, "spin").state(ProcessView.State.READY).view();
    ProcessView hungry =
        new ProcessView(
            process.id(),
            "spin",
            List.of(),
            0,
            "l",
            1,
            ProcessView.State.READY,
            "",
            false,
            List.of(),
            1,
            cpuNanos,
            0,
            60,
            41,
            0,
            0,
            1,
            0,
            0,
            -1,
            0,
            null);
    return new ClusterView(
        second * SECOND,
        100,
        "p",
        "k",
        List.of(Clusters.node(1)),
        List.of(),
        List.of(hungry),
        List.of(),
        List.of(),
        0,
        1,
        0);
  }

  @Test
  void faultsAreFoundButNotWhatAPersonKilled() {
    model.append(
        List.of(
            event(1, 1, new Happening.Killed(SPIN, 9, -1, -1)),
            event(2, 1, new Happening.Killed(SPIN, 11, 0x10400, 0)),
            event(3, 2, new Happening.NodeCrashed("node2")),
            event(4, 1, new Happening.UnknownCall(SPIN, 425, "x", 0x10400)),
            event(5, 1, new Happening.Exited(SPIN, 0))));
    assertThat(model.findings())
        .extracting(f -> f.words().get())
        .containsExactly("UnknownCall", "NodeCrashed", "Killed");
    assertThat(model.findings().getFirst().severity()).isEqualTo(Notice.Severity.WARNING);
    assertThat(model.about(model.findings().get(1))).isEqualTo("2");
  }

  @Test
  void fourMovesInTwentySecondsAreToAndFro() {
    model.append(List.of(moved(1), moved(2), moved(3)));
    assertThat(model.findings()).isEmpty();
    model.append(List.of(moved(30), moved(31), moved(32)));
    assertThat(model.findings()).as("the first three are long past").isEmpty();
    model.append(List.of(moved(33)));
    Finding finding = model.findings().getFirst();
    assertThat(finding.words().get())
        .isEqualTo("1001@1 moved 4 times within 3.00 s. Lock it, or choose another policy.");
    model.fix(finding);
    assertThat(sent).containsExactly(new Command.SetLock(new ProcessRef.ById(SPIN), true));
    model.append(List.of(moved(34)));
    assertThat(model.findings()).as("told once, not at every further move").hasSize(1);
  }

  @Test
  void whoGetsNoCpuIsToldOnce() {
    for (int second = 0; second < 5; second++) {
      model.show(ready(second, 100));
    }
    assertThat(model.findings()).isEmpty();
    model.show(ready(5, 100));
    model.show(ready(6, 100));
    assertThat(model.findings()).singleElement().satisfies(f -> assertThat(f.node()).isEqualTo(1));
    model.show(ready(7, 200));
    model.show(ready(11, 200));
    assertThat(model.findings()).hasSize(1);
    model.show(ready(12, 200));
    assertThat(model.findings()).as("hungry again after a meal").hasSize(2);
  }

  @Test
  void warningsOfTheWindowAreProblemsToo() {
    model.notice(new Notice(Notice.Severity.INFO, Problem.of("a"), "", -1, List.of()));
    model.notice(new Notice(Notice.Severity.ERROR, Problem.of("b"), "", -1, List.of()));
    assertThat(model.findings()).extracting(f -> f.words().get()).containsExactly("b");
    model.clear();
    assertThat(model.findings()).isEmpty();
  }
}
