package org.godwit.app.bridge;

/**
 * How fast virtual time is asked to follow the wall clock.
 *
 * @param factor virtual seconds per second, positive; infinite for "as fast as it goes"
 */
public record Pace(double factor) {
  /** Virtual time equals the wall clock. */
  public static final Pace REAL_TIME = new Pace(1);

  /** As fast as the host can. */
  public static final Pace MAX = new Pace(Double.POSITIVE_INFINITY);

  public Pace {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("pace must be positive: " + factor);
    }
  }

  /** Whether no wall clock holds it back. */
  public boolean isMax() {
    return Double.isInfinite(factor);
  }
}
