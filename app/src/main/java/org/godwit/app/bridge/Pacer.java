package org.godwit.app.bridge;

/**
 * Decides how far virtual time should be for a wall clock, and measures how far it got. Only ever
 * chooses where to stop: it cannot change what happens (decision 1).
 *
 * <p>A debt is forgiven: when the engine falls more than {@link #FORGIVEN_NANOS} behind, the clocks
 * are set against each other anew, so a slow stretch is followed by normal pace and not by a rush.
 * Confined to the engine thread.
 */
final class Pacer {
  /** Wall time of debt beyond which it is forgiven. */
  static final long FORGIVEN_NANOS = 100_000_000L;

  /** Length of the measuring window. */
  static final long WINDOW_NANOS = 1_000_000_000L;

  private static final double SLOW_SHARE = 0.9;

  private Pace pace = Pace.REAL_TIME;
  private long wallBase;
  private long virtualBase;
  private long windowWall;
  private long windowVirtual;
  private long windowRetired;
  private double ratio;
  private double mips;
  private boolean slow;
  private boolean measured;

  Pace pace() {
    return pace;
  }

  /** Sets the two clocks against each other; called at run, pace change, open. */
  void restart(Pace newPace, long virtual, long retired, long wall) {
    pace = newPace;
    wallBase = wall;
    virtualBase = virtual;
    windowWall = wall;
    windowVirtual = virtual;
    windowRetired = retired;
    slow = false;
    measured = false;
  }

  /** Forgets what was measured; virtual time stands. */
  void stop() {
    ratio = 0;
    mips = 0;
    slow = false;
    measured = false;
  }

  /** How far virtual time should be at {@code wall}, in virtual nanoseconds. */
  long target(long wall) {
    return pace.isMax() ? Long.MAX_VALUE : virtualBase + (long) ((wall - wallBase) * pace.factor());
  }

  /**
   * Notes that {@code virtual} was reached and {@code retired} instructions ran by {@code wall}.
   */
  void reached(long virtual, long retired, long wall) {
    long elapsed = wall - windowWall;
    if (elapsed >= WINDOW_NANOS || (!measured && elapsed >= WINDOW_NANOS / 4)) {
      ratio = (virtual - windowVirtual) / (double) elapsed;
      mips = (retired - windowRetired) * 1e3 / elapsed;
      slow = !pace.isMax() && elapsed >= WINDOW_NANOS && ratio < SLOW_SHARE * pace.factor();
      if (elapsed >= WINDOW_NANOS) {
        measured = true;
        windowWall = wall;
        windowVirtual = virtual;
        windowRetired = retired;
      }
    }
    if (!pace.isMax() && target(wall) - virtual > FORGIVEN_NANOS * pace.factor()) {
      wallBase = wall;
      virtualBase = virtual;
    }
  }

  double ratio() {
    return ratio;
  }

  double mips() {
    return mips;
  }

  boolean slow() {
    return slow;
  }
}
