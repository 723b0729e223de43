package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.godwit.engine.session.Checkpoint;
import org.godwit.engine.session.Session;
import org.godwit.model.command.Command;
import org.godwit.model.event.Happening;
import org.godwit.model.scenario.MigrationMethod;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A session that goes on from a checkpoint does what the one does that it was taken of, wherever it
 * was taken: the state's hash is the same at each later stop, and what has happened.
 */
@DisplayName("What goes on from a checkpoint")
class CheckpointTest {
  private static final int CUTS = 8;

  /**
   * Everything that waits, shares, borrows or is on its way, in one of the three ways of moving.
   */
  private static final Set<String> TELLING =
      Set.of(
          "brkalloc",
          "cxx",
          "events",
          "clones",
          "execs",
          "fdtest",
          "files",
          "forktree",
          "futex",
          "mmaps",
          "pipe",
          "pthread",
          "ptys",
          "rights",
          "shmget",
          "signals",
          "sockets",
          "sysvipc",
          "sysvshm",
          "threads");

  record Way(MigrationMethod method, MovedTest.Run run) {}

  static List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    Set<String> found = new TreeSet<>();
    for (MovedTest.Run run : MovedTest.runs()) {
      if (TELLING.contains(run.program()) && found.add(run.program())) {
        MigrationMethod[] methods = MigrationMethod.values();
        ways.add(new Way(methods[ways.size() % methods.length], run));
      }
    }
    assertThat(found).isEqualTo(new TreeSet<>(TELLING));
    return ways;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  @DisplayName("programs that are moved do the same, from copies of copies")
  void doTheSame(Way way) {
    long instructions;
    long end;
    try (Lab still = Lab.Plan.nodes(3).open(way.run.stdin())) {
      MovedTest.start(still, way.run);
      end = still.session.now();
      instructions =
          still.session.view().processes().stream().mapToLong(ProcessView::instructions).sum();
    }
    long every = Math.max(501, instructions / 20) | 1;
    Random draw = new Random(way.run.toString().hashCode());
    try (Lab lab = Lab.Plan.nodes(3).method(way.method).migrateEvery(every).open(way.run.stdin())) {
      lab.launch(way.run.program(), way.run.arguments().toArray(new String[0]));
      Session copy = lab.session.checkpoint().resume(1);
      for (int i = 0; i < CUTS; i++) {
        long part = draw.nextLong(2 * end / CUTS / Session.GRID_NANOS + 2);
        copy = together(lab.session, copy, part * Session.GRID_NANOS, 1 + i % 2);
      }
      for (long limit = 600 * Lab.SECOND; lab.session.anyAlive(); ) {
        assertThat(lab.session.now()).isLessThan(limit);
        copy = together(lab.session, copy, end / 2 + Session.GRID_NANOS, 1);
      }
      assertThat(copy.events(0)).isEqualTo(lab.session.events(0));
      copy.close();
      assertThat(lab.happened(Happening.Exited.class, null)).isNotEmpty();
    }
  }

  /** Carries both on, compares them, and gives a copy of the copy. */
  private static Session together(Session session, Session copy, long nanos, int workers) {
    long at = session.now();
    session.advance(at + nanos);
    copy.advance(at + nanos);
    long hash = session.stateHash();
    assertThat(copy.stateHash()).as("the copy, after " + at).isEqualTo(hash);
    Checkpoint next = copy.checkpoint();
    assertThat(copy.stateHash()).as("the copy, after it was copied").isEqualTo(hash);
    copy.close();
    Session resumed = next.resume(workers);
    assertThat(Likeness.differences(copy, resumed)).as("the copy and its copy").isEmpty();
    assertThat(resumed.stateHash()).as("the copy's copy").isEqualTo(hash);
    assertThat(resumed.view()).as("what is seen of it").isEqualTo(session.view());
    return resumed;
  }

  @Test
  @DisplayName("several go on from one, in other ways, and none disturbs another")
  void severalGoOnFromOne() {
    try (Lab lab = Lab.Plan.nodes(3).open()) {
      lab.launch("forktree", "3", "2");
      lab.launch("spin");
      lab.forNanos(3 * Lab.MILLI);
      Checkpoint checkpoint = lab.session.checkpoint();
      long then = lab.session.stateHash();
      long end = lab.session.now() + 50 * Lab.MILLI;
      try (Session one = checkpoint.resume(1);
          Session two = checkpoint.resume(2);
          Session other = checkpoint.resume(1)) {
        other.submit(new Command.CrashNode(1));
        other.advance(end);
        one.advance(end);
        lab.session.advance(end);
        try (Session late = checkpoint.resume(1)) {
          assertThat(late.stateHash()).isEqualTo(then);
        }
        two.advance(end);
        assertThat(one.stateHash()).isEqualTo(lab.session.stateHash());
        assertThat(two.stateHash()).isEqualTo(lab.session.stateHash());
        assertThat(other.stateHash()).isNotEqualTo(lab.session.stateHash());
      }
    }
  }
}
