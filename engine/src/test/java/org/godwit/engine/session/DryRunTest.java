package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is foretold of a move is what happens when it is made at that instant. */
@Execution(ExecutionMode.CONCURRENT)
class DryRunTest {
  /** No multiple of a millisecond: a running program looks up only at the next one. */
  private static final long INSTANT = 1_503_370_000L;

  static List<String> programs() {
    return Catalogue.programs().stream().map(each -> each.name()).toList();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void pagesBytesAndFreezeAreExactForEveryProgram(String program) throws Exception {
    Variation variation =
        Variation.cluster(1, 1)
            .policy("none")
            .divisor(1000)
            .launch(
                "it",
                program,
                1,
                Catalogue.program(program).orElseThrow().arguments().toArray(String[]::new));
    try (Session session = variation.open()) {
      session.advance(INSTANT);
      ProcessId id = session.launched("it").getFirst();
      DryRun foretold;
      try (Session copy = session.recipe().cook(_ -> Optional.empty(), 1)) {
        foretold = copy.foretell(id, 2);
      }
      DryRun estimate = session.dryRun(id, 2);
      long calls = session.forwardedCalls();
      session.submit(new Command.Migrate(new ProcessRef.ById(id), 2));
      session.advance(INSTANT + 900_000_000L);

      Account account = new Account(session);
      List<Migration> moves =
          account.all(Happening.Migrated.class).stream()
              .map(Happening.Migrated::migration)
              .toList();
      if (foretold.refusal() != null) {
        assertThat(moves).isEmpty();
        assertThat(estimate.refusal()).isEqualTo(foretold.refusal());
        assertThat(account.all(Happening.MigrationRefused.class))
            .extracting(Happening.MigrationRefused::why)
            .containsExactly(foretold.refusal());
        return;
      }
      Migration move = moves.getFirst();
      assertThat(foretold.exact()).isTrue();
      assertThat(foretold.pages()).isEqualTo(move.pages());
      assertThat(foretold.bytes()).isEqualTo(move.bytes());
      assertThat(foretold.freezeNanos()).isEqualTo(move.resumedNanos() - move.frozenNanos());
      assertThat(estimate.exact()).isFalse();
      assertThat((double) estimate.bytes() / move.bytes()).as("the estimate").isBetween(0.8, 1.25);
      assertThat((double) estimate.freezeNanos() / foretold.freezeNanos()).isBetween(0.5, 2.0);
      if (foretold.callsPerSecond() == 0) {
        assertThat(session.forwardedCalls()).isEqualTo(calls);
      }
    }
  }

  /** What the caption of a drop says is what the move would then be refused with. */
  @ParameterizedTest
  @CsvSource({
    "spin, block, move.refused.blocked",
    "spin, crash, move.refused.down",
    "spin, same, move.refused.same",
    "spin, ended, move.refused.ended",
    "spin, small, move.refused.memory",
    "spin, cut, move.refused.down",
    "spin, full, move.refused.full",
    "spin, mask, move.refused.mask",
    "spin, nowhere, move.refused.down",
    "shmget, none, move.refused.reason"
  })
  void aRefusalIsForetold(String line, String what, String key) throws Exception {
    String[] words = line.split(" ");
    Variation variation =
        Variation.cluster(1, 1)
            .policy("none")
            .divisor(1000)
            .launch("it", words[0], 1, Arrays.copyOfRange(words, 1, words.length));
    if (what.equals("small")) {
      NodeSpec first = variation.base().nodes().getFirst();
      variation =
          variation.nodes(List.of(first, new NodeSpec(2, "n", 1, 800, 8000, 4L * 4096, 0, 0)));
    }
    try (Session session = variation.open()) {
      session.advance(INSTANT);
      ProcessId id = session.launched("it").getFirst();
      switch (what) {
        case "block" -> session.submit(new Command.SetSwitch(2, NodeSwitch.BLOCK, true));
        case "crash" -> session.submit(new Command.CrashNode(2));
        case "ended" -> session.submit(new Command.Signal(new ProcessRef.ById(id), 9));
        case "cut" -> session.submit(new Command.CutLink(1, 2));
        case "full" -> write(session, 2, "/proc/hpc/admin/loadlimit", "1");
        case "mask" -> {
          write(session, 1, "/proc/" + id.pid() + "/mignodes", "2"); // Not to node 2.
          write(session, 1, "/proc/" + id.pid() + "/migfilter", "1");
        }
        default -> {}
      }
      session.advance(session.now() + 1_000_000);
      int to =
          switch (what) {
            case "same" -> 1;
            case "nowhere" -> 9;
            default -> 2;
          };
      Problem refusal = session.dryRun(id, to).refusal();
      Problem said = session.submit(new Command.Migrate(new ProcessRef.ById(id), to)).refused();
      session.advance(session.now() + (what.equals("cut") ? 60_000_000_000L : 500_000_000));
      Account account = new Account(session);
      List<Problem> events =
          Stream.concat(
                  account.all(Happening.MigrationRefused.class).stream()
                      .map(Happening.MigrationRefused::why),
                  account.all(Happening.MigrationAborted.class).stream()
                      .map(Happening.MigrationAborted::why))
              .toList();
      if (what.equals("ended")) {
        // A zombie is refused, and who has been waited for is not found.
        assertThat(refusal.key()).isIn(key, "command.no-process");
        return;
      }
      assertThat(refusal.key()).isEqualTo(key);
      if (what.equals("cut")) {
        assertThat(events).extracting(Problem::key).containsExactly("move.aborted.timeout");
        return;
      }
      assertThat(said != null ? said : events.getFirst()).isEqualTo(refusal);
    }
  }

  private static void write(Session session, int node, String file, String value) {
    NodeShell shell = NodeShell.of(session, 10_000_000, 20 * Account.SECOND);
    String line = "echo " + value + " > " + file;
    assertThat(shell.run(node, List.of("sh", "-c", line)).status()).isZero();
  }

  /**
   * One of two loops on one CPU would run twice as fast on an idle twin; alone it gains nothing.
   */
  @Test
  void theGainIsWhatAFreeCpuIsWorth() {
    for (int loops : List.of(1, 2)) {
      try (Session session =
          Variation.cluster(1, 1).policy("none").launch("spins", "spin", loops).open()) {
        session.advance(10 * Account.SECOND);
        DryRun estimate = session.dryRun(session.launched("spins").getFirst(), 2);
        // 10 s of a CPU used so far by all of them: as much is expected to be left.
        double expected = loops == 1 ? 0 : 5;
        assertThat(estimate.gainSeconds()).isBetween(expected - 0.2, expected + 0.2);
      }
    }
  }
}
