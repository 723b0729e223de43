package org.godwit.engine.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.godwit.engine.kernel.CallHistory;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How the past of a process fades and what that is to the balancer. A program asks its home 5,000
 * times a second for ten seconds and then no more. With k kept of each interval of a second
 * (reference section 5.3: 0.975 slow, 0.926 fast, 1 none), s seconds later the rate that counts is
 * 5000 · k^s · (1 − k^10) / (1 − k^(10 + s)), and 5000 · 10 / (10 + s) without decay.
 *
 * <p>It shares a CPU with another, an equal node is idle: 20 s of work are done in 40 s here and in
 * 20 s there, and there each second has the calls' round trips of 302 µs (2 · 100 µs of link, 2 µs
 * of call, four times 25 µs of message) besides a transfer of 13.6 ms. So it goes if rate · 302 µs
 * · 20 s &lt; 20 s − 13.6 ms: below 3,309 calls a second.
 */
class DecayTest {
  private static final long SECOND = 1_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    // kept in 1/1000, seconds silent, calls a second, goes
    "975, 0, 5000.00, false",
    "975, 4, 3386.41, false",
    "975, 5, 3118.48, true",
    "975, 11, 2052.73, true",
    "926, 0, 5000.00, false",
    "926, 3, 3370.23, false",
    "926, 4, 2991.87, true",
    "926, 11, 1437.38, true",
    "1000, 0, 5000.00, false",
    "1000, 5, 3333.33, false",
    "1000, 6, 3125.00, true",
    "1000, 11, 2380.95, true"
  })
  void theLongerAgoTheLessItCounts(int kept, int silent, double rate, boolean goes) {
    CallHistory history = new CallHistory();
    for (int second = 0; second < 10 + silent; second++) {
      history.add(SECOND, second < 10 ? 5_000 : 0);
      history.decay(SECOND, kept);
    }
    assertThat(history.callsPerSecond()).isCloseTo(rate, within(0.01));
    ProcessId id = new ProcessId(1, 1001);
    String verdict =
        new OpenMosixPolicy()
            .consider(beliefs(id, history.callsPerSecond()), id)
            .targets()
            .getFirst()
            .verdict()
            .key();
    assertThat(verdict).isEqualTo(goes ? "target.best" : "target.cost");
  }

  private static Beliefs beliefs(ProcessId id, double callsPerSecond) {
    long free = 200L << 20;
    Beliefs.Resident process =
        new Beliefs.Resident(
            id, false, "", false, 0.5, 1, 20 * SECOND, 0, 0, 40_000, callsPerSecond, 302_000);
    Beliefs.Peer idle = new Beliefs.Peer(2, 0, 1, 10_000, 0, false, free, 2 * free, 100, 100_000);
    return new Beliefs(
        60 * SECOND,
        1,
        1,
        10_000,
        2,
        2,
        false,
        false,
        free,
        2 * free,
        List.of(process),
        List.of(idle));
  }
}
