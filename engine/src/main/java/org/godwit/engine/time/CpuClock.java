package org.godwit.engine.time;

/**
 * When a CPU retires instructions. Instruction slot n (from 1) retires ceil(n · 1000 · divisor /
 * MHz) nanoseconds after the epoch; it belongs to [a, b) if it retires before b (decision 2). Slots
 * pass whether or not an instruction uses them, so where a run is cut cannot be seen.
 *
 * @param epochNanos when slot 0 was, virtual
 * @param mhz clock in MHz, at least 1
 * @param divisor modelled instructions per retired one, at least 1
 */
public record CpuClock(long epochNanos, int mhz, int divisor) {
  /** Slots that retire before {@code nanos}. */
  public long slotsBefore(long nanos) {
    long since = nanos - epochNanos - 1;
    return since <= 0 ? 0 : Math.multiplyExact(since, (long) mhz) / (1000L * divisor);
  }

  /** When slot {@code n} retires. */
  public long retires(long n) {
    return epochNanos - Math.floorDiv(-n * 1000L * divisor, (long) mhz);
  }
}
