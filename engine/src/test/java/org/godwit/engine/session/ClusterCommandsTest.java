package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.engine.session.Account.MILLISECOND;
import static org.godwit.engine.session.Account.SECOND;

import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.view.LinkView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What commands do to a running cluster: machines and links come and go, switches and speeds change
 * (reference sections 1.3, 3.2 and 4).
 */
@Execution(ExecutionMode.CONCURRENT)
class ClusterCommandsTest {
  /** Long enough for loads to be seen, gossip to arrive and a process to move. */
  private static final long SOON = 10 * SECOND;

  /** Silence after which a partner is given up, and the second at which that is noticed. */
  private static final long GIVEN_UP = 7 * SECOND;

  // ---------------------------------------------------------------- machines join

  @Test
  void aMachineThatJoinsGetsTheSurplus() {
    try (Session session = Variation.cluster(1).launch("spins", "spin", 2).open()) {
      Account account = new Account(session);
      session.advance(SOON);
      assertThat(account.moves()).isEmpty();

      accepted(session, new Command.AddNode(Variation.node(7, 1, 1.0)));
      assertThat(session.view().links()).extracting(each -> each.spec().b()).containsExactly(7);
      session.advance(2 * SOON);
      assertThat(account.moves()).hasSize(1);
      assertThat(account.moves().getFirst().to()).isEqualTo(7);
      assertThat(account.all(Happening.NodeUp.class))
          .containsExactly(new Happening.NodeUp("node7"));
    }
  }

  @Test
  void aMachineWhoseNumberIsTakenIsRefused() {
    try (Session session = Variation.cluster(1, 1).open()) {
      assertThat(refused(session, new Command.AddNode(Variation.node(2, 4, 1.0))))
          .isEqualTo("command.node-exists");
      assertThat(session.view().nodes()).hasSize(2);
    }
  }

  // ---------------------------------------------------------------- machines leave

  @Test
  void aMachineThatLeavesSendsItsGuestsHomeAndTakesItsOwnWithIt() {
    try (Session session =
        Variation.cluster(2, 2).policy("none").launch("guest", "spin", 1).open()) {
      Account account = new Account(session);
      ProcessId guest = account.process("guest", 0);
      accepted(session, new Command.Launch("own", 2, "spin", List.of(), 2, false));
      ProcessId stays = account.process("own", 0);
      ProcessId away = account.process("own", 1);
      session.advance(SECOND);
      migrate(session, guest, 2);
      migrate(session, away, 1);
      session.advance(2 * SECOND);
      assertThat(account.where(guest)).isEqualTo(2);
      assertThat(account.where(away)).isEqualTo(1);

      accepted(session, new Command.RemoveNode(2));
      session.advance(4 * SECOND);
      assertThat(status(session, 2)).isEqualTo(NodeView.Status.LEFT);
      assertThat(account.all(Happening.NodeLeft.class)).hasSize(1);
      assertThat(account.where(guest)).isEqualTo(1);
      assertThat(account.look(guest).isAlive()).isTrue();
      assertThat(account.moves(guest))
          .extracting(Migration::cause)
          .containsExactly(MoveCause.USER, MoveCause.EVACUATION);
      assertThat(account.moves(away))
          .as("it came home before the machine went")
          .extracting(Migration::cause)
          .containsExactly(MoveCause.USER, MoveCause.EVACUATION);
      assertThat(session.view().processes())
          .extracting(ProcessView::id)
          .containsExactly(guest)
          .doesNotContain(stays, away);
      assertThat(session.view().nodes().getFirst().runnable()).isEqualTo(1);
      assertThat(session.view().links()).isEmpty();

      assertThat(refused(session, new Command.RemoveNode(2))).isEqualTo("command.no-node");
      assertThat(refused(session, new Command.CrashNode(2))).isEqualTo("command.no-node");
      assertThat(refused(session, new Command.Launch("x", 2, "spin", List.of(), 1, false)))
          .isEqualTo("command.no-node");
    }
  }

  // ---------------------------------------------------------------- machines crash

  @Test
  void whenTheRemoteNodeDiesTheProcessIsLostAndItsParentHears() {
    try (Session session =
        Variation.cluster(2, 2)
            .policy("none")
            .launch("pipe", "pipe", 1, "0", "1000")
            .launch("other", "spin", 1)
            .open()) {
      Account account = new Account(session);
      session.advance(SECOND);
      ProcessId parent = account.process("pipe", 0);
      ProcessId child = account.all(Happening.Forked.class).getFirst().process();
      migrate(session, child, 2);
      session.advance(3 * SECOND);
      assertThat(account.where(child)).isEqualTo(2);

      accepted(session, new Command.CrashNode(2));
      assertThat(status(session, 2)).isEqualTo(NodeView.Status.CRASHED);
      session.advance(3 * SECOND + GIVEN_UP);
      assertThat(account.all(Happening.Lost.class)).containsExactly(new Happening.Lost(child, 2));
      // wait told the parent of a child killed by signal 9, and its write got EPIPE.
      assertThat(account.output(parent)).contains("pipe: write: Broken pipe");
      assertThat(account.output(parent)).endsWith("child exit status 137\n");
      assertThat(account.exit(parent)).contains(1);
      assertThat(account.look(account.process("other", 0)).isAlive()).isTrue();
    }
  }

  @Test
  void whenTheHomeNodeDiesItsProcessesDieEverywhere() {
    try (Session session =
        Variation.cluster(4, 2, 2).policy("none").launch("spins", "spin", 3).open()) {
      Account account = new Account(session);
      accepted(session, new Command.Launch("foreign", 2, "spin", List.of(), 2, false));
      session.advance(SECOND);
      migrate(session, account.process("spins", 0), 2);
      migrate(session, account.process("spins", 1), 3);
      migrate(session, account.process("foreign", 0), 1);
      session.advance(3 * SECOND);
      assertThat(session.view().nodes()).extracting(NodeView::guests).containsExactly(1, 1, 1);

      accepted(session, new Command.CrashNode(1));
      session.advance(3 * SECOND + GIVEN_UP);
      assertThat(session.view().processes())
          .filteredOn(ProcessView::isAlive)
          .extracting(ProcessView::id)
          .containsExactly(account.process("foreign", 1));
      assertThat(session.view().nodes()).extracting(NodeView::guests).containsExactly(0, 0, 0);
      assertThat(session.view().nodes()).extracting(NodeView::runnable).containsExactly(0, 1, 0);
      // Of the other home's two, the one that was on the dead machine is lost, the other goes on.
      assertThat(account.all(Happening.Lost.class))
          .extracting(Happening.Lost::process)
          .containsExactlyInAnyOrder(
              account.process("spins", 0),
              account.process("spins", 1),
              account.process("spins", 2),
              account.process("foreign", 0));
      assertThat(account.look(account.process("foreign", 1)).state())
          .isEqualTo(ProcessView.State.RUNNING);
    }
  }

  // ---------------------------------------------------------------- links

  @Test
  void aCutLinkKillsWhatItSeparatesFromItsHomeOnBothSidesAndOnlyThat() {
    try (Session session =
        Variation.cluster(2, 2).policy("none").launch("spins", "spin", 2).open()) {
      Account account = new Account(session);
      ProcessId away = account.process("spins", 0);
      session.advance(SECOND);
      migrate(session, away, 2);
      session.advance(2 * SECOND);

      accepted(session, new Command.CutLink(1, 2));
      assertThat(session.view().links()).extracting(LinkView::up).containsExactly(false);
      session.advance(2 * SECOND + 4 * SECOND);
      assertThat(account.look(away).isAlive()).as("patience is five seconds").isTrue();
      session.advance(2 * SECOND + GIVEN_UP);
      assertThat(account.all(Happening.Lost.class)).containsExactly(new Happening.Lost(away, 2));
      assertThat(session.view().nodes()).extracting(NodeView::runnable).containsExactly(1, 0);
      assertThat(account.look(account.process("spins", 1)).isAlive()).isTrue();
      assertThat(refused(session, new Command.CutLink(1, 2))).isEqualTo("command.no-link");
    }
  }

  @Test
  void aLinkThatComesBackInTimeLosesNothing() {
    try (Session session =
        Variation.cluster(1, 1).policy("none").launch("pipe", "pipe", 1, "200", "1000").open()) {
      Account account = new Account(session);
      session.advance(SECOND);
      ProcessId parent = account.process("pipe", 0);
      session.advance(2 * SECOND);
      ProcessId child = account.all(Happening.Forked.class).getFirst().process();
      migrate(session, account.process("pipe", 0), 2);
      session.advance(3 * SECOND);
      assertThat(account.where(parent)).isEqualTo(2);

      // Nothing is in flight for most of the time; so cut it where the process is computing.
      while (!account.look(parent).waitingFor().isEmpty()) {
        session.advance(session.now() + MILLISECOND);
      }
      accepted(session, new Command.CutLink(1, 2));
      session.advance(session.now() + MILLISECOND);
      accepted(session, new Command.SetLink(new LinkSpec(1, 2, 10, 500_000)));
      session.advance(60 * SECOND);
      assertThat(account.exit(child)).contains(0);
      assertThat(account.exit(parent)).contains(0);
      assertThat(account.all(Happening.Lost.class)).isEmpty();
      assertThat(account.all(Happening.LinkSet.class))
          .containsExactly(new Happening.LinkSet(1, 2, 10, 500_000));
    }
  }

  @Test
  void framesTakeAnotherWayRoundACutLink() {
    try (Session session =
        Variation.cluster(2, 2, 2).policy("none").launch("spins", "spin", 2).open()) {
      Account account = new Account(session);
      session.advance(SECOND);
      migrate(session, account.process("spins", 0), 2);
      session.advance(2 * SECOND);
      accepted(session, new Command.CutLink(1, 2));
      migrate(session, account.process("spins", 1), 2);
      session.advance(2 * SECOND + 2 * GIVEN_UP);
      assertThat(account.all(Happening.Lost.class)).isEmpty();
      assertThat(account.where(account.process("spins", 0))).isEqualTo(2);
      assertThat(account.where(account.process("spins", 1))).isEqualTo(2);
    }
  }

  @Test
  void aLinkToNowhereOrFasterThanLightIsRefused() {
    try (Session session = Variation.cluster(1, 1).open()) {
      assertThat(refused(session, new Command.SetLink(new LinkSpec(1, 3, 100, 100_000))))
          .isEqualTo("command.no-link");
      assertThat(refused(session, new Command.SetLink(new LinkSpec(1, 2, 100, 19_999))))
          .isEqualTo("command.out-of-range");
    }
  }

  // ---------------------------------------------------------------- switches

  @Test
  void aBlockedNodeTakesNoGuestsAndAnUnblockedOneDoes() {
    try (Session session = Variation.cluster(1, 1).launch("spins", "spin", 2).open()) {
      Account account = new Account(session);
      accepted(session, new Command.SetSwitch(2, NodeSwitch.BLOCK, true));
      session.advance(SOON);
      assertThat(account.moves()).isEmpty();
      assertThat(account.all(Happening.MigrationRequested.class)).isEmpty();
      assertThat(
              account.decisions(1).getLast().candidates().getFirst().targets().getFirst().verdict())
          .extracting(each -> each.key())
          .isEqualTo("target.blocked");

      ProcessId spin = account.process("spins", 0);
      migrate(session, spin, 2);
      session.advance(SOON + SECOND);
      assertThat(account.where(spin)).as("block holds against a move by hand too").isEqualTo(1);
      assertThat(account.all(Happening.MigrationAborted.class, spin))
          .extracting(each -> each.why().key())
          .containsExactly("move.refused.blocked");
      assertThat(account.look(spin).state())
          .isIn(ProcessView.State.RUNNING, ProcessView.State.READY);

      accepted(session, new Command.SetSwitch(2, NodeSwitch.BLOCK, false));
      session.advance(3 * SOON);
      assertThat(account.moves()).hasSize(1);
    }
  }

  @Test
  void aBlockedNodeStillTakesItsOwnBack() {
    try (Session session = Variation.cluster(2, 2).launch("spin", "spin", 1).open()) {
      Account account = new Account(session);
      session.advance(SECOND);
      migrate(session, account.process("spin", 0), 2);
      session.advance(2 * SECOND);
      accepted(session, new Command.SetSwitch(1, NodeSwitch.BLOCK, true));
      migrate(session, account.process("spin", 0), Command.Migrate.HOME);
      session.advance(3 * SECOND);
      assertThat(account.where(account.process("spin", 0))).isEqualTo(1);
    }
  }

  @Test
  void stayKeepsLocalsAndGuestsAndEndsWhenSwitchedOff() {
    try (Session session = Variation.cluster(1, 1).launch("spins", "spin", 2).open()) {
      Account account = new Account(session);
      accepted(session, new Command.SetSwitch(1, NodeSwitch.STAY, true));
      session.advance(SOON);
      assertThat(account.moves()).isEmpty();
      assertThat(session.view().nodes().getFirst().lastVerdict().key()).isEqualTo("balance.stay");
      accepted(session, new Command.SetSwitch(1, NodeSwitch.STAY, false));
      session.advance(2 * SOON);
      assertThat(account.moves()).hasSize(1);
    }
  }

  @Test
  void lstayKeepsLocalsButLetsGuestsGo() {
    try (Session session = Variation.cluster(1, 1, 1).launch("local", "spin", 1).open()) {
      Account account = new Account(session);
      accepted(session, new Command.SetSwitch(1, NodeSwitch.LSTAY, true));
      accepted(session, new Command.Launch("guest", 2, "spin", List.of(), 1, false));
      session.advance(SECOND);
      ProcessId guest = account.process("guest", 0);
      ProcessId local = account.process("local", 0);
      migrate(session, guest, 1);
      session.advance(3 * SOON);
      // Node 1 is overloaded by the guest; its own process may not leave, the guest may.
      assertThat(account.moves(local)).isEmpty();
      assertThat(account.moves(guest))
          .extracting(Migration::cause)
          .containsExactly(MoveCause.USER, MoveCause.BALANCER);
    }
  }

  @Test
  void aQuietNodeIsUnknownButNotBlocked() {
    try (Session session = Variation.cluster(1, 1).launch("spins", "spin", 2).open()) {
      Account account = new Account(session);
      accepted(session, new Command.SetSwitch(2, NodeSwitch.QUIET, true));
      session.advance(SOON);
      assertThat(account.moves()).isEmpty();
      assertThat(account.decisions(1).getLast().candidates().getFirst().targets()).isEmpty();
      migrate(session, account.process("spins", 1), 2);
      session.advance(SOON + SECOND);
      assertThat(account.where(account.process("spins", 1))).isEqualTo(2);
    }
  }

  // ---------------------------------------------------------------- expel and bring

  @Test
  void expelSendsGuestsHomeLockedOnesTooAndLeavesTheNodeBlocked() {
    try (Session session =
        Variation.cluster(4, 4).policy("none").launch("spins", "spin", 2).open()) {
      Account account = new Account(session);
      List<ProcessId> spins = session.launched("spins");
      session.advance(SECOND);
      spins.forEach(each -> migrate(session, each, 2));
      accepted(session, new Command.SetLock(new ProcessRef.ById(spins.getFirst()), true));
      session.advance(3 * SECOND);
      assertThat(session.view().nodes().getLast().guests()).isEqualTo(2);

      accepted(session, new Command.Expel(2));
      session.advance(5 * SECOND);
      assertThat(session.view().nodes().getLast().guests()).isZero();
      assertThat(session.view().nodes().getLast().switches()).containsExactly(NodeSwitch.BLOCK);
      for (ProcessId each : spins) {
        assertThat(account.where(each)).isEqualTo(1);
        assertThat(account.moves(each).getLast().cause()).isEqualTo(MoveCause.EVACUATION);
      }
      assertThat(account.proc(spins.getFirst(), "lock")).isEqualTo("1\n");
    }
  }

  @Test
  void bringFetchesLocalsFromEverywhereAndLeavesLstayOn() {
    try (Session session = Variation.cluster(1, 1, 1).launch("spins", "spin", 3).open()) {
      Account account = new Account(session);
      List<ProcessId> spins = session.launched("spins");
      session.advance(SECOND);
      migrate(session, spins.get(0), 2);
      migrate(session, spins.get(1), 3);
      session.advance(3 * SECOND);
      assertThat(session.view().nodes().getFirst().away()).isEqualTo(2);

      accepted(session, new Command.Bring(1));
      session.advance(3 * SECOND + 2 * SOON);
      assertThat(session.view().nodes().getFirst().away()).isZero();
      assertThat(session.view().nodes().getFirst().switches()).containsExactly(NodeSwitch.LSTAY);
      assertThat(account.moves())
          .as("there and back, and no more though three share a CPU")
          .hasSize(4);
    }
  }

  // ---------------------------------------------------------------- speed and policy

  @Test
  void speedIsAnOpinionThatRedirectsProcesses() {
    try (Session session = Variation.of("seed-spin-slow-peers").quick().open()) {
      Account account = new Account(session);
      session.advance(SOON);
      assertThat(account.moves()).isEmpty();

      accepted(session, new Command.SetSpeed(3, 8000));
      session.advance(2 * SOON);
      assertThat(account.moves()).hasSize(1);
      Migration move = account.moves().getFirst();
      assertThat(move.to()).isEqualTo(3);
      // The CPU is what it was: 480 MHz, at one instruction for 10,000.
      long before = account.look(move.process()).instructions();
      session.advance(3 * SOON);
      assertThat(account.look(move.process()).instructions() - before)
          .isEqualTo(SOON / 1000 * 480 / Variation.QUICK);
      assertThat(refused(session, new Command.SetSpeed(3, 0))).isEqualTo("command.out-of-range");
    }
  }

  @Test
  void withoutAPolicyNobodyMovesAndWithOneTheyDo() {
    try (Session session = Variation.of("seed-spin").quick().policy("none").open()) {
      Account account = new Account(session);
      session.advance(SOON);
      assertThat(account.moves()).isEmpty();
      accepted(session, new Command.SetPolicy("openmosix"));
      session.advance(2 * SOON);
      assertThat(account.moves()).hasSize(1);
      assertThat(refused(session, new Command.SetPolicy("horoscope")))
          .isEqualTo("command.out-of-range");
    }
  }

  // ---------------------------------------------------------------- how commands are recorded

  @Test
  void everyCommandIsRecordedWithItsInstantARefusedOneWithTheReason() {
    try (Session session = Variation.cluster(1, 1).launch("spin", "spin", 1).open()) {
      session.advance(SECOND + 5_000);
      refused(session, new Command.Launch("x", 1, "no such program", List.of(), 1, false));
      refused(session, new Command.Launch("spin", 1, "spin", List.of(), 1, false));
      refused(session, new Command.Launch("x", 1, "spin", List.of(), 0, false));
      refused(session, new Command.SetLock(new ProcessRef.ById(new ProcessId(1, 1999)), true));
      accepted(session, new Command.Signal(new ProcessRef.ByLaunch("spin", 0), 15));

      assertThat(session.commands())
          .extracting(CommandRecord::sequence)
          .containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(session.commands().subList(1, 6))
          .extracting(CommandRecord::atNanos)
          .containsOnly(SECOND);
      assertThat(session.commands())
          .extracting(each -> each.refused() == null ? "" : each.refused().key())
          .containsExactly(
              "",
              "command.no-program",
              "command.launch-exists",
              "command.out-of-range",
              "command.no-process",
              "");
      assertThat(new Account(session).all(Happening.CommandRefused.class)).hasSize(4);
      session.advance(2 * SECOND);
      assertThat(new Account(session).all(Happening.Killed.class))
          .extracting(Happening.Killed::signal)
          .containsExactly(15);
    }
  }

  // ---------------------------------------------------------------- words

  private static void accepted(Session session, Command command) {
    assertThat(session.submit(command).refused()).isNull();
  }

  private static String refused(Session session, Command command) {
    return session.submit(command).refused().key();
  }

  private static void migrate(Session session, ProcessId process, int to) {
    accepted(session, new Command.Migrate(new ProcessRef.ById(process), to));
  }

  private static NodeView.Status status(Session session, int node) {
    return session.view().nodes().stream()
        .filter(each -> each.spec().id() == node)
        .findFirst()
        .orElseThrow()
        .status();
  }
}
