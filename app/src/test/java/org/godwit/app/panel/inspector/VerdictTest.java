package org.godwit.app.panel.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.app.panel.Clusters.SECOND;
import static org.godwit.app.panel.Clusters.node;
import static org.godwit.app.panel.Clusters.process;

import java.util.List;
import org.godwit.app.panel.Clusters;
import org.godwit.app.panel.DecisionLog;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.StayReason;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Happening;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.godwit.model.view.TransferView;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final ProcessId SPIN = new ProcessId(1, 1001);

  private final DecisionLog log = new DecisionLog();

  @Test
  void theKernelIsAskedBeforeTheLockAndTheLockBeforeTheBalancer() {
    decided(3, Clusters.weighed(SPIN));
    assertThat(judge(process(1, 1001, "spin").stays(StayReason.MONKEY).locked()))
        .isInstanceOf(Verdict.Blocked.class);
    assertThat(judge(process(1, 1001, "spin").locked())).isEqualTo(new Verdict.Locked());
    assertThat(judge(process(1, 1001, "spin"))).isInstanceOf(Verdict.NotWorth.class);
  }

  @Test
  void endedAndMovingComeFirst() {
    assertThat(judge(process(1, 1001, "spin").state(ProcessView.State.ZOMBIE)))
        .isEqualTo(new Verdict.Ended());
    TransferView transfer =
        new TransferView(SPIN, 1, 2, TransferView.Phase.SENDING, 0, 10, 100, 41);
    ClusterView view =
        Clusters.of(
            List.of(node(1), node(2)), List.of(transfer), process(1, 1001, "spin").locked());
    assertThat(Verdict.of(view.processes().getFirst(), view, log))
        .isEqualTo(new Verdict.Moving(transfer));
  }

  @Test
  void switchesOfItsNodeHoldIt() {
    List<NodeView> stay = List.of(node(1, NodeSwitch.STAY), node(2));
    List<NodeView> lstay = List.of(node(1, NodeSwitch.LSTAY), node(2));
    assertThat(judge(stay, process(1, 1001, "spin")))
        .isEqualTo(new Verdict.HeldByNode(1, NodeSwitch.STAY));
    assertThat(judge(lstay, process(1, 1001, "spin")))
        .isEqualTo(new Verdict.HeldByNode(1, NodeSwitch.LSTAY));
    assertThat(judge(lstay, process(2, 2001, "guest").on(1)))
        .as("lstay lets guests go")
        .isInstanceOf(Verdict.Free.class);
  }

  @Test
  void blockedPeersAreNowhereButHomeAlwaysIs() {
    List<NodeView> blocked = List.of(node(1), node(2, NodeSwitch.BLOCK));
    assertThat(judge(blocked, process(1, 1001, "spin"))).isEqualTo(new Verdict.NowhereToGo());
    assertThat(judge(blocked, process(2, 2001, "guest").on(1))).isInstanceOf(Verdict.Free.class);
  }

  @Test
  void aDecisionCountsOnlyWhileItIsTheLastOfItsNodeSinceTheProcessCame() {
    decided(3, Clusters.weighed(SPIN));
    assertThat(judge(process(1, 1001, "spin").arrived(4 * SECOND)))
        .as("it came after that decision")
        .isInstanceOf(Verdict.Free.class);
    decided(4, nobody());
    assertThat(judge(process(1, 1001, "spin")))
        .as("a later tick had no reason to look at it")
        .isInstanceOf(Verdict.Free.class);
  }

  @Test
  void chosenAndLeftOutAreTold() {
    decided(3, new Decision("p", 3, 2, 1, candidates(null), Problem.of("moves"), SPIN, 2));
    assertThat(judge(process(1, 1001, "spin")))
        .isInstanceOfSatisfying(Verdict.WillMove.class, will -> assertThat(will.to()).isEqualTo(2));
    decided(
        4, new Decision("p", 3, 2, 1, candidates(Problem.of("young")), Problem.of("n"), null, 0));
    assertThat(judge(process(1, 1001, "spin")))
        .isInstanceOfSatisfying(
            Verdict.LeftOut.class,
            left -> assertThat(left.candidate().excluded().key()).isEqualTo("young"));
  }

  private static List<Decision.Candidate> candidates(Problem excluded) {
    return List.of(new Decision.Candidate(SPIN, 1, excluded, List.of()));
  }

  private static Decision nobody() {
    return new Decision("p", 1, 2, 1, List.of(), Problem.of("enough"), null, 0);
  }

  private void decided(int second, Decision decision) {
    log.append(List.of(Clusters.event(second * SECOND, 1, new Happening.Decided(decision))));
  }

  private Verdict judge(Clusters.Proc process) {
    return judge(List.of(node(1), node(2)), process);
  }

  private Verdict judge(List<NodeView> nodes, Clusters.Proc process) {
    ClusterView view = Clusters.of(nodes, process);
    return Verdict.of(view.processes().getFirst(), view, log);
  }
}
