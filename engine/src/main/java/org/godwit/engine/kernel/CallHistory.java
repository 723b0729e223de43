package org.godwit.engine.kernel;

import org.godwit.engine.state.Walk;

/**
 * How often a process asks its home, over a past that fades: every interval both the time and the
 * calls that were counted are multiplied by the same factor (reference section 5.3), so the rate is
 * a mean in which what is longer ago weighs less. Goes with the body.
 */
public final class CallHistory {
  private static final long MILLIONTHS = 1_000_000L;
  private static final double NANOS = 1e9;

  private long nanos;

  /** In millionths of a call, so that fading loses little. */
  private long calls;

  private long sinceDecayNanos;

  /** Counts a stretch of time. */
  public void add(long spanNanos, long count) {
    nanos += spanNanos;
    calls += count * MILLIONTHS;
    sinceDecayNanos += spanNanos;
  }

  /** Fades what was counted, once for each interval that has gone by; {@code kept} is in 1/1000. */
  public void decay(long intervalNanos, int kept) {
    while (sinceDecayNanos >= intervalNanos) {
      sinceDecayNanos -= intervalNanos;
      nanos = nanos / 1000 * kept;
      calls = calls / 1000 * kept;
    }
  }

  /** Calls a second, 0 if nothing is known. */
  public double callsPerSecond() {
    return nanos <= 0 ? 0 : (double) calls / MILLIONTHS / (nanos / NANOS);
  }

  void clear() {
    nanos = 0;
    calls = 0;
    sinceDecayNanos = 0;
  }

  void walk(Walk walk) {
    nanos = walk.i64("nanos", nanos);
    calls = walk.i64("calls", calls);
    sinceDecayNanos = walk.i64("sinceDecay", sinceDecayNanos);
  }
}
