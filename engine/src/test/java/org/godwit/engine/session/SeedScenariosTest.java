package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.engine.session.Account.SECOND;

import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.StayReason;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.KernelVersion;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The seed text, sentence by sentence (design section 4), each as its scenario on board: over 60
 * virtual seconds, with 20 seeds at a quick divisor ({@link Variation#QUICK}), and with the
 * scenario's own seed and divisor up to where everything has happened.
 */
@Execution(ExecutionMode.CONCURRENT)
class SeedScenariosTest {
  private static final long END = 60 * SECOND;

  /**
   * Past the last step of the scenarios with shared memory and threads. The engine carries those
   * forward one step of the grid at a time, so the rest of a minute would cost most of this class;
   * the slow run has it.
   */
  private static final long ALL_DONE = Variation.OWN_DIVISOR ? END : 24 * SECOND;

  private static final int LOOPS = Variation.QUICK_LOOPS;

  /** A few virtual seconds: the load is seen at the second tick, gossip comes once a second. */
  private static final long A_FEW_SECONDS = 10 * SECOND;

  // ---------------------------------------------------------------- S4: the counting loop

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void ofThreeLoopsOnTwoCpusExactlyOneMovesAndStaysMoved(int peerCpus) {
    Seeds.each(
        seed -> oneOfThree(Variation.of("seed-spin").peerCpus(peerCpus).quick(LOOPS).seed(seed)));
  }

  @Test
  void ofThreeLoopsOneMovesAtTheScenariosOwnDivisor() {
    oneOfThree(Variation.of("seed-spin"));
  }

  private static void oneOfThree(Variation variation) {
    try (Session session = variation.open()) {
      session.advance(END);
      oneOfThree(new Account(session), "spins", 0);
    }
  }

  private static void oneOfThree(Account account, String launch, long startNanos) {
    assertThat(account.moves()).hasSize(1);
    Migration move = account.moves().getFirst();
    assertThat(move.cause()).isEqualTo(MoveCause.BALANCER);
    assertThat(move.from()).isEqualTo(1);
    assertThat(move.resumedNanos()).isLessThan(startNanos + A_FEW_SECONDS);
    assertThat(account.all(Happening.MigrationRequested.class)).hasSize(1);
    for (ProcessId process : account.session().launched(launch)) {
      boolean moved = process.equals(move.process());
      assertThat(account.where(process)).isEqualTo(moved ? move.to() : 1);
      assertThat(account.proc(process, "nmigs")).isEqualTo(moved ? "1\n" : "0\n");
      assertThat(account.proc(process, "where")).isEqualTo(moved ? move.to() + "\n" : "0\n");
      assertThat(account.look(process).state()).isEqualTo(ProcessView.State.RUNNING);
    }
  }

  @Test
  void inTheDemoExactlyOneOfThreeDroppedLoopsMoves() {
    Seeds.each(seed -> demoWithThree(Variation.of("demo").quick(LOOPS).seed(seed), END));
  }

  @Test
  void inTheDemoOneOfThreeMovesAtTheScenariosOwnDivisor() {
    demoWithThree(Variation.of("demo"), 20 * SECOND);
  }

  private static void demoWithThree(Variation variation, long end) {
    try (Session session = variation.open()) {
      long drop = 3 * SECOND / 2;
      session.advance(drop);
      for (int i = 0; i < 3; i++) {
        session.submit(new Command.Launch("drop" + i, 1, "spin", List.of(), 1, false));
        session.advance(session.now() + SECOND / 2);
      }
      session.advance(drop + end);

      Account account = new Account(session);
      assertThat(account.moves()).hasSize(1);
      assertThat(account.moves().getFirst().resumedNanos()).isLessThan(drop + A_FEW_SECONDS);
      int away = 0;
      for (int i = 0; i < 3; i++) {
        away += account.where(account.process("drop" + i, 0)) == 1 ? 0 : 1;
      }
      assertThat(away).isEqualTo(1);
    }
  }

  @Test
  void ofTwoLoopsOnTwoCpusNoneMoves() {
    Seeds.each(seed -> nobodyMoves(Variation.of("seed-spin-two").quick(LOOPS).seed(seed)));
  }

  @Test
  void ofTwoLoopsNoneMovesAtTheScenariosOwnDivisor() {
    nobodyMoves(Variation.of("seed-spin-two"));
  }

  @Test
  void toSlowPeersNoneOfThreeLoopsMoves() {
    Seeds.each(seed -> slowPeers(Variation.of("seed-spin-slow-peers").quick(LOOPS).seed(seed)));
  }

  @Test
  void toSlowPeersNoneMovesAtTheScenariosOwnDivisor() {
    slowPeers(Variation.of("seed-spin-slow-peers"));
  }

  private static Account nobodyMoves(Variation variation) {
    try (Session session = variation.open()) {
      session.advance(END);
      Account account = new Account(session);
      assertThat(account.all(Happening.MigrationRequested.class)).isEmpty();
      assertThat(account.moves()).isEmpty();
      assertThat(session.view().processes()).allMatch(each -> !each.isAway() && each.isAlive());
      return account;
    }
  }

  /** Nobody moves, and the balancer says why: the peers are not faster. */
  private static void slowPeers(Variation variation) {
    List<Decision> decisions = nobodyMoves(variation).decisions(1);
    assertThat(decisions.getLast().verdict().key()).isEqualTo("balance.no-better");
    assertThat(decisions.getLast().candidates())
        .hasSize(3)
        .allSatisfy(
            candidate ->
                assertThat(candidate.targets())
                    .isNotEmpty()
                    .allSatisfy(
                        target -> {
                          assertThat(target.verdict().key()).isEqualTo("target.not-faster");
                          assertThat(target.rateThere()).isEqualTo(4800);
                        }));
  }

  // ---------------------------------------------------------------- S2: lock

  @Test
  void aLockedLoopIsLeftAloneUntilUnlockedAndCanBeMovedByHand() {
    Seeds.each(seed -> lock(Variation.of("seed-lock").quick(LOOPS).seed(seed), END));
  }

  @Test
  void theLockHoldsAtTheScenariosOwnDivisor() {
    lock(Variation.of("seed-lock"), 35 * SECOND);
  }

  private static void lock(Variation variation, long end) {
    try (Session session = variation.open()) {
      Account account = new Account(session);
      List<ProcessId> spins = session.launched("spins");

      session.advance(10 * SECOND - Session.GRID_NANOS);
      assertThat(account.all(Happening.MigrationRequested.class)).isEmpty();
      assertThat(account.decisions(1).getLast().verdict().key()).isEqualTo("balance.nobody");
      for (ProcessId each : spins) {
        assertThat(account.proc(each, "lock")).isEqualTo("1\n");
        assertThat(account.look(each).lock()).isTrue();
        assertThat(account.proc(each, "cantmove")).isEmpty();
      }

      session.advance(30 * SECOND - Session.GRID_NANOS);
      assertThat(account.proc(spins.get(2), "lock")).isEqualTo("0\n");
      assertThat(account.moves()).hasSize(1);
      Migration freed = account.moves().getFirst();
      assertThat(freed.process()).isEqualTo(spins.get(2));
      assertThat(freed.cause()).isEqualTo(MoveCause.BALANCER);
      assertThat(freed.requestedNanos()).isBetween(10 * SECOND, 10 * SECOND + A_FEW_SECONDS);

      session.advance(end);
      assertThat(account.moves()).hasSize(2);
      Migration byHand = account.moves().getLast();
      assertThat(byHand.process()).isEqualTo(spins.getFirst());
      assertThat(byHand.cause()).isEqualTo(MoveCause.USER);
      assertThat(byHand.requestedNanos()).isEqualTo(30 * SECOND);
      assertThat(account.where(spins.getFirst())).isEqualTo(3);
      assertThat(account.proc(spins.getFirst(), "lock")).isEqualTo("1\n");
      assertThat(account.refusals(spins.getFirst())).isEmpty();
    }
  }

  // ---------------------------------------------------------------- S1: cantmove

  @Test
  void cantmoveSaysWhatTiesAProcess() {
    Seeds.each(
        seed ->
            cantmove(
                Variation.of("seed-cantmove").quick(Variation.QUICK_SHARED).seed(seed), ALL_DONE));
  }

  @Test
  void cantmoveAtTheScenariosOwnDivisor() {
    cantmove(Variation.of("seed-cantmove"), 12 * SECOND);
  }

  private static void cantmove(Variation variation, long end) {
    try (Session session = variation.open()) {
      Account account = new Account(session);
      ProcessId shmget = account.process("shmget", 0);
      ProcessId threads = account.process("threads", 0);
      ProcessId spin = account.process("spin", 0);

      session.advance(4 * SECOND);
      assertThat(account.proc(shmget, "cantmove")).isEqualTo("monkey\n");
      assertThat(account.proc(threads, "cantmove")).isEqualTo("clone_vm\n");
      assertThat(account.proc(spin, "cantmove")).isEmpty();

      session.advance(end);
      assertThat(account.refusals(shmget)).containsExactly("move.refused.reason [monkey]");
      assertThat(account.refusals(threads)).containsExactly("move.refused.reason [clone_vm]");
      assertThat(account.refusals(spin)).isEmpty();
      assertThat(account.moves()).extracting(Migration::process).containsExactly(spin);
      assertThat(account.where(spin)).isEqualTo(2);
    }
  }

  @Test
  void aProgramReadsItsOwnCantmoveLockAndPlace() {
    try (Session session =
        Variation.cluster(1, 1).launch("read", "selfread", 1).launch("spin", "spin", 1).open()) {
      session.advance(2 * SECOND);
      Account account = new Account(session);
      ProcessId read = account.process("read", 0);
      assertThat(account.output(read))
          .startsWith("lock:\n0\ncantmove:\nwhere:\n0\nnmigs:\n0\nstatus:\nName:\tselfread\n");
      assertThat(account.exit(read)).contains(0);
    }
  }

  @Test
  void aProgramThatWritesItsLockIsLocked() {
    try (Session session =
        Variation.cluster(1, 1).launch("read", "selfread", 1, "lock", "1").open()) {
      session.advance(2 * SECOND);
      Account account = new Account(session);
      ProcessId read = account.process("read", 0);
      assertThat(account.output(read)).isEqualTo("lock:\n1\n");
      assertThat(account.all(Happening.LockChanged.class, read))
          .containsExactly(new Happening.LockChanged(read, true));
    }
  }

  // ---------------------------------------------------------------- S6: shared memory

  @Test
  void sharedMemoryNeverMigrates() {
    Seeds.each(
        seed ->
            sharedMemory(
                Variation.of("seed-shmget").quick(Variation.QUICK_SHARED).seed(seed), ALL_DONE));
  }

  @Test
  void sharedMemoryNeverMigratesAtTheScenariosOwnDivisor() {
    // Its last step is at 20 s; atomics cost the interpreter much, so no longer than that tells.
    sharedMemory(Variation.of("seed-shmget"), 21 * SECOND);
  }

  private static void sharedMemory(Variation variation, long end) {
    try (Session session = variation.open()) {
      session.advance(end);
      Account account = new Account(session);
      assertThat(account.moves()).isEmpty();
      for (ProcessId each : session.launched("shmget")) {
        List<Happening.ReasonRaised> raised = account.all(Happening.ReasonRaised.class, each);
        assertThat(raised).hasSize(1);
        assertThat(raised.getFirst().evidence().reason()).isEqualTo(StayReason.MONKEY);
        assertThat(raised.getFirst().evidence().call()).isEqualTo("shmget");
        assertThat(raised.getFirst().evidence().argument())
            .as("the segment, as the program was told it")
            .hasToString(account.output(each).replaceAll("[^0-9]", ""));
        assertThat(account.firstNanos(Happening.ReasonRaised.class, each))
            .as("raised by the call, before the program can say what it returned")
            .isLessThan(account.firstNanos(Happening.Output.class, each));
        assertThat(account.proc(each, "cantmove")).isEqualTo("monkey\n");
        assertThat(account.look(each).isAlive()).isTrue();
      }
      for (int i = 0; i < 2; i++) {
        assertThat(account.refusals(account.process("shmget", i)))
            .containsExactly("move.refused.reason [monkey]");
      }
      assertThat(account.decisions(1).getLast().candidates())
          .hasSize(3)
          .allSatisfy(each -> assertThat(each.excluded().key()).isEqualTo("candidate.reason"));
    }
  }

  // ---------------------------------------------------------------- S7: pipes

  /** Passes between two calls: 50 virtual ms. */
  private static final String WORK = Variation.OWN_DIVISOR ? "100000" : "1000";

  /** Messages that a pipe run sends, and the work between them. */
  private static final String[] PIPE_RUN = {"400", WORK};

  @Test
  void parentAndChildOfAPipeRunOnDifferentNodesAndTheirDataArriveIntact() {
    Seeds.each(
        seed ->
            pipe(
                Variation.of("seed-pipe").arguments("pipe", PIPE_RUN).quick().seed(seed),
                true,
                END));
  }

  @Test
  void aPipeMigratesWellAtTheScenariosOwnDivisor() {
    pipe(Variation.of("seed-pipe"), false, 25 * SECOND);
  }

  private static void pipe(Variation variation, boolean ends, long end) {
    try (Session session = variation.open()) {
      Account account = new Account(session);
      ProcessId parent = account.process("pipe", 0);
      session.advance(A_FEW_SECONDS);
      ProcessId child = account.all(Happening.Forked.class).getFirst().process();
      assertThat(account.moves()).hasSize(1);
      assertThat(account.moves().getFirst().process()).isIn(parent, child);
      assertThat(account.where(parent)).isNotEqualTo(account.where(child));
      assertThat(account.reasons(parent)).isEmpty();
      assertThat(account.reasons(child)).isEmpty();

      session.advance(end);
      assertThat(account.moves()).as("nobody moves again").hasSize(1);
      if (ends) {
        assertThat(account.output().lines())
            .containsExactly(
                "pipe: child received 400 messages, 211200 bytes, all intact",
                "pipe: parent sent 400 messages, 211200 bytes; child exit status 0");
        assertThat(account.exit(child)).contains(0);
        assertThat(account.exit(parent)).contains(0);
      } else {
        assertThat(account.output()).isEmpty();
        assertThat(account.look(parent).isAlive()).isTrue();
        assertThat(account.look(child).isAlive()).isTrue();
        ProcessView away = account.look(account.moves().getFirst().process());
        assertThat(away.forwardedCalls()).as("some 20 messages a second").isGreaterThan(200);
      }
    }
  }

  // ---------------------------------------------------------------- S9: sockets and descriptors

  /** At the scenario's own divisor a round takes a fourth to a half of the time. */
  private static final int ROUNDS = Variation.OWN_DIVISOR ? 800 : 100;

  private static final String[] FILES_RUN = {Integer.toString(ROUNDS), WORK};

  @Test
  void withSocketsAndDescriptorsItMigratesAndTheCallsAreForwarded() {
    Seeds.each(
        seed ->
            files(
                Variation.of("seed-files").arguments("files", FILES_RUN).quick().seed(seed),
                true,
                END));
  }

  @Test
  void socketsAndDescriptorsAtTheScenariosOwnDivisor() {
    files(Variation.of("seed-files"), false, 25 * SECOND);
  }

  private static void files(Variation variation, boolean ends, long end) {
    try (Session session = variation.open()) {
      Account account = new Account(session);
      session.advance(A_FEW_SECONDS);
      assertThat(account.moves()).hasSize(1);
      Migration move = account.moves().getFirst();
      ProcessView away = account.look(move.process());
      assertThat(away.where()).isEqualTo(move.to()).isNotEqualTo(1);
      assertThat(away.reasons()).isEmpty();

      session.advance(A_FEW_SECONDS + SECOND);
      long forwarded = account.look(move.process()).forwardedCalls() - away.forwardedCalls();
      assertThat(forwarded)
          .as("13 calls a round on sockets, pipe and files, 3 to 20 rounds a second")
          .isBetween(13 * 3L, 13 * 20L);
      long served =
          session.samples(0).stream()
              .filter(each -> each.node() == 1 && each.atNanos() > A_FEW_SECONDS)
              .mapToLong(Sample::forwardedCalls)
              .sum();
      assertThat(served).as("as the home counts them").isEqualTo(forwarded);

      session.advance(end);
      assertThat(account.moves()).as("nobody moves again").hasSize(1);
      if (ends) {
        for (ProcessId each : session.launched("files")) {
          assertThat(account.exit(each)).contains(0);
          assertThat(account.output(each).lines())
              .containsExactly(
                  "files: tcp " + 2048 * ROUNDS + " bytes",
                  "files: unix socket " + 1024 * ROUNDS + " bytes",
                  "files: pipe " + 1024 * ROUNDS + " bytes",
                  "files: file " + 1024 * ROUNDS + " bytes, 65536 on disk",
                  "files: /dev/null " + 1024 * ROUNDS + " bytes");
        }
      } else {
        assertThat(account.output()).isEmpty();
        assertThat(session.view().processes()).hasSize(2).allMatch(ProcessView::isAlive);
      }
    }
  }

  // ---------------------------------------------------------------- S8: threads

  /**
   * At a greater divisor the start of the C++ program alone would be seconds, and it might move.
   */
  @Test
  void threadsStayAndAreFreeAgainWhenTheyHaveJoined() {
    Seeds.each(seed -> threads(Variation.of("seed-pthread").quick(2_000).seed(seed), ALL_DONE));
  }

  @Test
  void threadsStayAtTheScenariosOwnDivisor() {
    threads(Variation.of("seed-pthread"), 20 * SECOND);
  }

  private static void threads(Variation variation, long end) {
    try (Session session = variation.open()) {
      session.advance(end);
      Account account = new Account(session);
      ProcessId pthread = account.process("pthread", 0);
      ProcessId threads = account.process("threads", 0);
      ProcessId spin = account.process("spin", 0);

      assertThat(account.moves()).extracting(Migration::process).containsExactly(spin);
      assertThat(account.refusals(threads)).containsExactly("move.refused.reason [clone_vm]");
      assertThat(account.proc(threads, "cantmove")).isEqualTo("clone_vm\n");
      assertThat(account.look(threads).threads()).isEqualTo(4);

      assertThat(account.all(Happening.ReasonRaised.class, pthread))
          .extracting(each -> each.evidence().reason())
          .containsExactly(StayReason.CLONE_VM);
      assertThat(account.all(Happening.ReasonRaised.class, pthread).getFirst().evidence().call())
          .isEqualTo("clone");
      assertThat(account.all(Happening.ReasonCleared.class, pthread))
          .containsExactly(new Happening.ReasonCleared(pthread, StayReason.CLONE_VM));
      assertThat(account.firstNanos(Happening.ReasonCleared.class, pthread))
          .as("free when the last thread is gone, not only when the program ends")
          .isLessThan(account.firstNanos(Happening.Exited.class, pthread));
      assertThat(account.output(pthread).lines().sorted())
          .containsExactly(
              "Goodbye",
              "Hello from a thread",
              "Hello from a thread",
              "Hello from a thread",
              "Hello from a thread",
              "I am thread 0",
              "I am thread 1",
              "I am thread 2",
              "I am thread 3");
      assertThat(account.output(pthread)).endsWith("Goodbye\n");
      assertThat(account.exit(pthread)).contains(0);
    }
  }

  @Test
  void underKernel2416AMoveOfThreadsEndsInASegmentationFault() {
    Seeds.each(seed -> segmentationFault(Variation.of("seed-pthread-2.4.16").quick().seed(seed)));
  }

  @Test
  void underKernel2416TheSameAtTheScenariosOwnDivisor() {
    segmentationFault(Variation.of("seed-pthread-2.4.16"));
  }

  private static void segmentationFault(Variation variation) {
    try (Session session = variation.open()) {
      Account account = new Account(session);
      ProcessId threads = account.process("threads", 0);
      while (session.now() < END && account.all(Happening.Killed.class).isEmpty()) {
        session.advance(session.now() + SECOND);
      }
      assertThat(session.now()).isLessThanOrEqualTo(A_FEW_SECONDS);
      assertThat(account.all(Happening.ReasonRaised.class)).isEmpty();
      assertThat(account.all(Happening.MigrationRequested.class, threads))
          .extracting(Happening.MigrationRequested::cause)
          .containsExactly(MoveCause.BALANCER);
      assertThat(account.all(Happening.MigrationAborted.class, threads))
          .extracting(each -> each.why().key())
          .containsExactly("move.aborted.threads");
      assertThat(account.all(Happening.Killed.class, threads))
          .extracting(Happening.Killed::signal)
          .containsExactly(11);
      assertThat(account.look(threads).state()).isEqualTo(ProcessView.State.CRASHED);
      assertThat(account.look(threads).exitStatus()).isEqualTo(128 + 11);
      session.advance(END);
      assertThat(session.anyAlive()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.4.16", "2.4.17"})
  void theKernelDecidesWhatAMoveByHandDoesToThreads(String version) {
    KernelVersion kernel =
        List.of(KernelVersion.values()).stream()
            .filter(each -> each.text().equals(version))
            .findFirst()
            .orElseThrow();
    try (Session session =
        Variation.cluster(4, 1).kernel(kernel).launch("threads", "threads", 1, "3").open()) {
      Account account = new Account(session);
      ProcessId threads = account.process("threads", 0);
      session.advance(3 * SECOND);
      session.submit(new Command.Migrate(new ProcessRef.ByLaunch("threads", 0), 2));
      session.advance(4 * SECOND);
      boolean crashes = version.equals("2.4.16");
      assertThat(account.all(Happening.Killed.class, threads)).hasSize(crashes ? 1 : 0);
      assertThat(account.refusals(threads)).hasSize(crashes ? 0 : 1);
    }
  }
}
