package org.godwit.app.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.godwit.engine.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Which checkpoints are kept. */
@Execution(ExecutionMode.CONCURRENT)
class CheckpointsTest {
  private static final long MILLI = 1_000_000L;

  private static LiveSession open() throws Exception {
    return new EngineSession(BoardSession.open("seed-spin", "clockDivisor=1000"));
  }

  /** Each costs one millisecond of CPU time, or what {@code cost} says. */
  private static void run(Checkpoints kept, LiveSession session, int slices, long cost) {
    AtomicLong cpu = new AtomicLong();
    for (int i = 0; i < slices; i++) {
      session.advance(session.now() + 10 * MILLI);
      kept.ran(session, 10 * MILLI, () -> cpu.getAndAdd(cost));
    }
  }

  @Test
  void theyCostASmallPartOfRunning() throws Exception {
    try (LiveSession session = open()) {
      Checkpoints cheap = new Checkpoints();
      run(cheap, session, 100, MILLI);
      assertThat(cheap.count()).isBetween(11, 13);
      Checkpoints dear = new Checkpoints();
      run(dear, session, 100, 10 * MILLI);
      assertThat(dear.count()).isBetween(6, 8);
      assertThat(dear.madeNanos()).isEqualTo(10 * MILLI * dear.count());
    }
  }

  /** Who looks into a gap waits for as long as it is. */
  @Test
  void oneSlowOneTearsNoGap() throws Exception {
    try (LiveSession session = open()) {
      Checkpoints kept = new Checkpoints();
      run(kept, session, 100, 4 * MILLI);
      long before = session.now();
      run(kept, session, 10, 60 * MILLI);
      long slow = kept.before(session.now()).nanos();
      assertThat(slow).isGreaterThan(before);

      run(kept, session, 17, 4 * MILLI);

      assertThat(kept.before(session.now()).nanos() - slow).isBetween(110 * MILLI, 170 * MILLI);
    }
  }

  @Test
  void theNearestBeforeIsFound() throws Exception {
    try (LiveSession session = open()) {
      Checkpoints kept = new Checkpoints();
      assertThat(kept.before(0)).isNull();
      for (long at : new long[] {30, 10, 20, 20}) {
        try (Session other = at == 30 ? null : ((EngineSession) open()).session()) {
          LiveSession one = other == null ? session : new EngineSession(other);
          one.advance(at * MILLI);
          kept.keep(one);
        }
      }
      assertThat(kept.count()).isEqualTo(3);
      assertThat(kept.before(10 * MILLI - 1)).isNull();
      assertThat(kept.before(10 * MILLI).nanos()).isEqualTo(10 * MILLI);
      assertThat(kept.before(29 * MILLI).nanos()).isEqualTo(20 * MILLI);
      assertThat(kept.before(Long.MAX_VALUE).nanos()).isEqualTo(30 * MILLI);
      assertThat(Checkpoints.shared(kept, 20 * MILLI).count()).isEqualTo(2);
    }
  }

  /** The first stays whatever happens, and the newer half is the denser one. */
  @Test
  void memoryIsBounded() throws Exception {
    try (LiveSession session = open()) {
      Checkpoints kept = new Checkpoints(2 << 20);
      kept.keep(session);
      long most = 0;
      for (int i = 0; i < 60; i++) {
        session.advance(session.now() + 10 * MILLI);
        kept.keep(session);
        most = Math.max(most, kept.bytes());
      }
      assertThat(kept.count()).isBetween(3, 50);
      assertThat(most).isLessThan(3 << 20);
      assertThat(kept.before(0).nanos()).isZero();
      assertThat(kept.before(session.now()).nanos()).isEqualTo(session.now());
    }
  }
}
