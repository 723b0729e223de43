package org.godwit.engine.time;

/** The absolute instants at which runs may be cut and running harts may be disturbed. */
public final class Grid {
  /** Every stop of the engine lies on multiples of this (decision 1). */
  public static final long STEP_NANOS = 10_000;

  /** A running hart notices signals, preemption and freezes at multiples of this (decision 4). */
  public static final long NOTICE_NANOS = 1_000_000;

  private Grid() {}

  /** The greatest multiple of {@code step} that is not after {@code nanos}. */
  public static long floor(long nanos, long step) {
    return Math.floorDiv(nanos, step) * step;
  }

  /** The least multiple of {@code step} that is not before {@code nanos}. */
  public static long ceil(long nanos, long step) {
    return -Math.floorDiv(-nanos, step) * step;
  }

  /** The least multiple of {@code step} after {@code nanos}. */
  public static long after(long nanos, long step) {
    return (Math.floorDiv(nanos, step) + 1) * step;
  }
}
