package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.Migration.Course;
import org.godwit.model.scenario.MigrationMethod;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The instants of a migration are those at which its parts really crossed: what is told of them is
 * held against arithmetic on the link, which nothing in the mover knows.
 */
@DisplayName("The course of a migration")
class CourseTest {
  private static final long LATENCY = 100_000;

  /** A body of about 1 MiB, from node 1, its home, to node 2. */
  private static Migration move(MigrationMethod method, int megabits, long latencyNanos) {
    try (Lab lab = Lab.Plan.nodes(2).links(megabits, latencyNanos).method(method).open()) {
      ProcessId process = lab.launch("job", "160000", "1024");
      lab.forNanos(1_500_000_000L);
      lab.move(process, 2);
      assertThat(lab.until(() -> lab.migrations(process).size() == 1, Lab.MILLI, 20 * Lab.SECOND))
          .isTrue();
      return lab.migrations(process).getFirst();
    }
  }

  @ParameterizedTest
  @EnumSource(MigrationMethod.class)
  @DisplayName("is told in the order in which it happened")
  void inOrder(MigrationMethod method) {
    Migration move = move(method, 100, LATENCY);
    Course course = move.course();
    assertThat(
            List.of(
                move.requestedNanos(),
                move.grantedNanos(),
                course.goNanos(),
                move.frozenNanos(),
                course.sentNanos(),
                course.firstNanos(),
                course.stateNanos(),
                course.registersNanos(),
                course.areasNanos(),
                course.pagesNanos(),
                course.installedNanos(),
                move.committedNanos(),
                move.resumedNanos()))
        .isSorted();
    boolean ahead = method == MigrationMethod.PRE_COPY;
    assertThat(course.goNanos() > move.grantedNanos()).isEqualTo(ahead);
    assertThat(course.agreedNanos())
        .isBetween(ahead ? move.grantedNanos() : move.frozenNanos(), course.sentNanos());
    if (ahead) {
      // The pages that went ahead took at least what the wire needs for them.
      assertThat(course.goNanos() - move.grantedNanos())
          .isGreaterThan(wireNanos(move.early().bytes(), 100));
    }
  }

  @Test
  @DisplayName("gives each part the time that the wire needs for its bytes, and no more")
  void partsGoByTheWire() {
    Migration fast = move(MigrationMethod.STOP_AND_COPY, 100, LATENCY);
    Migration slow = move(MigrationMethod.STOP_AND_COPY, 50, LATENCY);
    for (Migration move : List.of(fast, slow)) {
      int megabits = move == fast ? 100 : 50;
      Migration.Cargo cargo = move.cargo();
      Course course = move.course();
      assertThat(course.stateNanos() - course.firstNanos())
          .isCloseTo(wireNanos(64 + cargo.state(), megabits), within(2L));
      assertThat(course.registersNanos() - course.stateNanos())
          .isCloseTo(wireNanos(cargo.registers(), megabits), within(2L));
      assertThat(course.areasNanos() - course.registersNanos())
          .isCloseTo(wireNanos(cargo.areas(), megabits), within(2L));
      // 64 KiB go in one message; each further one has 64 bytes of its own.
      long further = (move.bytes() - 1) / 65_536;
      assertThat(further).isGreaterThan(14);
      assertThat(course.pagesNanos() - course.areasNanos())
          .isCloseTo(wireNanos(cargo.pages() + 64 * further, megabits), within(20L));
    }
    assertThat(asked(slow)).isCloseTo(asked(fast), within(wireNanos(2 * 64, 50)));
  }

  @Test
  @DisplayName("gives the distance to what is asked and answered, not to the parts")
  void distanceIsNoPart() {
    long far = 10_000_000;
    Migration near = move(MigrationMethod.STOP_AND_COPY, 100, LATENCY);
    Migration away = move(MigrationMethod.STOP_AND_COPY, 100, far);
    assertThat(asked(away) - asked(near)).isEqualTo(2 * (far - LATENCY));
    assertThat(
            (away.course().firstNanos() - away.course().sentNanos())
                - (near.course().firstNanos() - near.course().sentNanos()))
        .isEqualTo(far - LATENCY);
    assertThat(away.course().pagesNanos() - away.course().firstNanos())
        .isEqualTo(near.course().pagesNanos() - near.course().firstNanos());
    assertThat(
            (away.committedNanos() - away.course().installedNanos())
                - (near.committedNanos() - near.course().installedNanos()))
        .isEqualTo(far - LATENCY);
    assertThat(
            (away.resumedNanos() - away.committedNanos())
                - (near.resumedNanos() - near.committedNanos()))
        .isEqualTo(far - LATENCY);
  }

  @Test
  @DisplayName("says how long a process has waited for pages that were left behind")
  void waitsForPages() {
    try (Lab lab =
        Lab.Plan.nodes(2).links(1).method(MigrationMethod.POST_COPY).divisor(1000).open()) {
      // It looks at all of its memory when it has counted; until then it touches little of it.
      ProcessId process = lab.launch("job", "2000", "512");
      lab.forNanos(Lab.SECOND);
      lab.move(process, 2);
      assertThat(lab.toEnd(60 * Lab.SECOND)).isTrue();
      assertThat(lab.status(process)).isZero();
      Happening.PagesFetched fetched =
          lab.happened(Happening.PagesFetched.class, process).getFirst();
      Migration move = lab.migrations(process).getFirst();
      assertThat(fetched.faults()).isPositive();
      // A page takes 33 ms on a link of 1 Mbit/s, and not all of the time went by in waiting.
      assertThat(fetched.waitedNanos())
          .isGreaterThanOrEqualTo(wireNanos(4096, 1))
          .isLessThan(lab.session.now() - move.resumedNanos());
    }
  }

  private static long asked(Migration move) {
    return move.course().sentNanos() - move.frozenNanos();
  }

  private static long wireNanos(long bytes, int megabits) {
    return bytes * 8_000 / megabits;
  }
}
