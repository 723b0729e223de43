package org.godwit.app.cli;

import java.util.concurrent.locks.LockSupport;

/**
 * How far to ask the engine to run at a time where a program runs as fast as it goes: short steps
 * while instructions retire, so that output comes while it is written; longer ones while everybody
 * sleeps or waits, so that a long sleep is short.
 */
final class Strides {
  private static final long BUSY_NANOS = 5_000_000;
  private static final long LONGEST_NANOS = 1_000_000_000;

  /**
   * After two virtual days without an instruction (seconds of the host's) the program probably
   * waits for ever; then the host rests between steps, so that pause() costs it next to nothing.
   */
  private static final long RESTLESS_NANOS = 172_800_000_000_000L;

  private static final long REST_NANOS = 20_000_000;

  private long step = BUSY_NANOS;
  private long idle;

  /** Virtual nanoseconds of the next step. */
  long next() {
    return step;
  }

  /** Notes whether instructions retired in the step that was just made. */
  void made(boolean busy) {
    if (busy) {
      idle = 0;
      step = BUSY_NANOS;
      return;
    }
    idle += step;
    step = Math.min(2 * step, LONGEST_NANOS);
    if (idle > RESTLESS_NANOS) {
      LockSupport.parkNanos(REST_NANOS);
    }
  }
}
