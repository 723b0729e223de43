package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.godwit.engine.session.SessionOptions;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.scenario.MigrationMethod;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pre-copy and post-copy beside stop-and-copy: the same programs, the same results, other costs.
 */
@DisplayName("The three ways of crossing")
class MigrationMethodsTest {
  private static final List<String> TABLE = new ArrayList<>();

  record Way(MigrationMethod method, MovedTest.Run run) {}

  /** Memory in every form: mapped, moved, shared for a while, forked, borrowed, replaced. */
  private static final Set<String> TELLING =
      Set.of(
          "brkalloc 500",
          "cold",
          "cxx",
          "clones",
          "execs",
          "files 3 1000",
          "fdtest",
          "forktree 3 2",
          "mmaps",
          "pipe 5 1000",
          "pthread",
          "shmget 0 20000 0600 3",
          "signals",
          "threads 3 4 1000");

  static List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    for (MovedTest.Run run : MovedTest.runs()) {
      if (!TELLING.contains(run.toString())) {
        continue;
      }
      ways.add(new Way(MigrationMethod.PRE_COPY, run));
      ways.add(new Way(MigrationMethod.POST_COPY, run));
    }
    return ways;
  }

  /** About twenty moves in a run, whatever its length: they fall anywhere. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  @DisplayName("programs that are moved do what they do at home")
  void doWhatTheyDoAtHome(Way way) {
    MovedTest.Run run = way.run;
    try (Lab still = Lab.Plan.nodes(3).open(run.stdin())) {
      ProcessId first = MovedTest.start(still, run);
      long instructions =
          still.session.view().processes().stream().mapToLong(ProcessView::instructions).sum();
      long every = Math.max(501, instructions / 20) | 1;
      try (Lab moved = Lab.Plan.nodes(3).method(way.method).migrateEvery(every).open(run.stdin())) {
        MovedTest.start(moved, run);
        for (int descriptor = 1; descriptor <= 2; descriptor++) {
          assertThat(MovedTest.wrote(moved, first, descriptor, run))
              .isEqualTo(MovedTest.wrote(still, first, descriptor, run));
        }
        assertThat(moved.statuses()).isEqualTo(still.statuses());
        for (Happening.Migrated each : moved.happened(Happening.Migrated.class, null)) {
          assertThat(each.migration().early().method()).isEqualTo(way.method);
        }
        assertThat(moved.happened(Happening.Lost.class, null)).isEmpty();
      }
    }
  }

  /** What a move of a program costs, by method. */
  private record Cost(long bytes, long freezeNanos, long totalNanos, int faults) {}

  private static Cost cost(MigrationMethod method, String program, String... arguments) {
    try (Lab lab = Lab.Plan.nodes(2).divisor(100).method(method).open()) {
      ProcessId process = lab.launch(program, arguments);
      lab.forNanos(1_503_370_000L);
      long began = lab.session.now();
      lab.move(process, 2);
      assertThat(
              lab.until(
                  () -> lab.migrations(process).size() == 1 && Inside.settled(lab.session, process),
                  Lab.MILLI,
                  20 * Lab.SECOND))
          .isTrue();
      Migration move = lab.migrations(process).getFirst();
      List<Happening.PagesFetched> fetched = lab.happened(Happening.PagesFetched.class, process);
      long end =
          fetched.isEmpty()
              ? move.resumedNanos()
              : lab.session.events(0).stream()
                  .filter(each -> each.what() instanceof Happening.PagesFetched)
                  .findFirst()
                  .orElseThrow()
                  .atNanos();
      Cost cost =
          new Cost(
              move.bytesInAll() + fetched.stream().mapToLong(each -> each.bytes()).sum(),
              move.resumedNanos() - move.frozenNanos(),
              end - began,
              fetched.stream().mapToInt(each -> each.faults()).sum());
      TABLE.add(
          String.format(
              Locale.ROOT,
              "| %-14s | %-13s | %,9d | %8.2f ms | %8.2f ms | %6s | %6s |",
              (program + " " + String.join(" ", arguments)).strip(),
              method.word(),
              cost.bytes,
              cost.freezeNanos / 1e6,
              cost.totalNanos / 1e6,
              method == MigrationMethod.PRE_COPY ? move.early().rounds() : "",
              method == MigrationMethod.POST_COPY ? cost.faults : ""));
      lab.forNanos(Lab.SECOND / 2);
      assertThat(lab.view(process).isAlive()).isTrue();
      return cost;
    }
  }

  @Test
  @DisplayName("pre-copy and post-copy stand still for less, pre-copy sends more")
  void costs() {
    for (String[] program :
        new String[][] {{"spin"}, {"files"}, {"pipe"}, {"job", "160000", "4096"}}) {
      TreeMap<MigrationMethod, Cost> costs = new TreeMap<>();
      for (MigrationMethod method : MigrationMethod.values()) {
        String[] arguments = java.util.Arrays.copyOfRange(program, 1, program.length);
        costs.put(method, cost(method, program[0], arguments));
      }
      Cost stop = costs.get(MigrationMethod.STOP_AND_COPY);
      Cost pre = costs.get(MigrationMethod.PRE_COPY);
      Cost post = costs.get(MigrationMethod.POST_COPY);
      assertThat(pre.freezeNanos).isLessThan(stop.freezeNanos);
      assertThat(post.freezeNanos).isLessThan(stop.freezeNanos);
      assertThat(pre.bytes).isGreaterThan(stop.bytes);
      if (program[0].equals("job")) {
        assertThat(stop.freezeNanos).isGreaterThan(20 * pre.freezeNanos);
        assertThat(stop.freezeNanos).isGreaterThan(20 * post.freezeNanos);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(MigrationMethod.class)
  @DisplayName("where a run is cut and how many workers there are makes no difference")
  void runsAreRepeatable(MigrationMethod method) {
    long[] hashes = new long[2];
    for (int i = 0; i < 2; i++) {
      try (Lab lab = Lab.Plan.nodes(3).method(method).divisor(1000).open()) {
        ProcessId process = lab.launch("job", "40000", "2048");
        for (int to : new int[] {2, 3, 1, 2}) {
          lab.forNanos(Lab.SECOND);
          lab.move(process, to);
          for (int step = 0; i == 1 && step < 333; step++) {
            lab.forNanos(1_110_000);
            lab.session.stateHash(); // Looking changes nothing.
          }
          lab.session.advance((lab.session.now() / Lab.SECOND + 1) * Lab.SECOND);
        }
        assertThat(lab.migrations(process)).hasSize(4);
        assertThat(lab.toEnd(200 * Lab.SECOND)).isTrue();
        assertThat(lab.status(process)).as("its memory is as it was").isZero();
        lab.session.advance(200 * Lab.SECOND);
        hashes[i] = lab.session.stateHash();
      }
    }
    assertThat(hashes[1]).isEqualTo(hashes[0]);
    assertThat(SessionOptions.DEFAULT.workers()).isOne();
  }

  @Test
  @DisplayName("when the old host dies before all pages have come, the process is lost")
  void theOldHostIsNeededUntilAllHasCome() {
    try (Lab lab =
        Lab.Plan.nodes(3).links(1).method(MigrationMethod.POST_COPY).divisor(1000).open()) {
      ProcessId process = lab.launch("job", "400000", "4096");
      lab.forNanos(2 * Lab.SECOND);
      lab.move(process, 2);
      assertThat(
              lab.until(
                  () -> lab.migrations(process).size() == 1 && Inside.settled(lab.session, process),
                  10 * Lab.MILLI,
                  100 * Lab.SECOND))
          .isTrue();
      lab.move(process, 3);
      assertThat(lab.until(() -> lab.migrations(process).size() == 2, Lab.MILLI, 9 * Lab.SECOND))
          .isTrue();
      assertThat(lab.view(process).where()).isEqualTo(3);
      lab.accept(new org.godwit.model.command.Command.CrashNode(2));
      lab.forNanos(10 * Lab.SECOND);
      assertThat(lab.happened(Happening.Lost.class, process))
          .extracting(Happening.Lost::node)
          .containsExactly(2);
      assertThat(lab.status(process)).isEqualTo(128 + 9);
    }
  }

  @Test
  @DisplayName("what the kernel touches of a program may have been left behind, too")
  void theKernelMeetsPagesThatAreLeftBehind() {
    try (Lab still = Lab.Plan.nodes(2).open();
        Lab lab = Lab.Plan.nodes(2).links(2).method(MigrationMethod.POST_COPY).open()) {
      ProcessId first = MovedTest.start(still, MovedTest.Run.of("cold", "8"));
      ProcessId process = lab.launch("cold", "8");
      lab.forNanos(25 * Lab.MILLI);
      for (int to = 2; lab.view(process).isAlive(); to = 3 - to) {
        lab.move(process, to);
        int moves = lab.migrations(process).size();
        boolean goesOn =
            lab.until(
                () ->
                    !lab.view(process).isAlive()
                        || lab.migrations(process).size() > moves
                            && Inside.settled(lab.session, process),
                Lab.MILLI,
                100 * Lab.SECOND);
        assertThat(goesOn).isTrue();
      }
      assertThat(lab.wrote(process, 1)).isEqualTo(still.wrote(first, 1));
      assertThat(lab.status(process)).isZero();
      assertThat(lab.happened(Happening.PagesFetched.class, process))
          .as("fetches in which somebody waited")
          .anyMatch(each -> each.faults() > 2);
    }
  }

  @AfterAll
  static void print() {
    TABLE.forEach(System.out::println);
  }
}
