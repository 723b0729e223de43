package org.godwit.engine.info;

import org.godwit.engine.state.Walk;

/**
 * Two smoothed figures of the number of runnable tasks, folded once a second (Kerrighed's account
 * of MOSIX, reference 5.1): the <b>mean</b> rises slowly and falls at once and is used to decide;
 * the <b>upper</b> rises at once and falls slowly and is told to others, so that they do not all
 * send work to a node that is briefly idle.
 */
public final class LoadMeter {
  private static final double[] SECONDS = {60, 300, 900};

  private double last;
  private double mean;
  private double upper;
  private final double[] averages = new double[3];

  /** Takes the mean number of runnable tasks over the last second. */
  public void fold(double runnable) {
    last = runnable;
    for (int i = 0; i < averages.length; i++) {
      double kept = StrictMath.exp(-1 / SECONDS[i]);
      averages[i] = averages[i] * kept + runnable * (1 - kept);
    }
    mean = runnable < mean ? runnable : (5 * mean + 3 * runnable) / 8;
    upper = runnable > upper ? runnable : (7 * upper + runnable) / 8;
  }

  /** Load averages over 1, 5 and 15 minutes (proc_loadavg(5)). */
  public double[] averages() {
    return averages.clone();
  }

  /** The last second as it was. */
  public double last() {
    return last;
  }

  /** For deciding. */
  public double mean() {
    return mean;
  }

  /** For telling others. */
  public double upper() {
    return upper;
  }

  /** Every field. */
  public void walk(Walk walk) {
    last = Double.longBitsToDouble(walk.i64("last", Double.doubleToRawLongBits(last)));
    mean = Double.longBitsToDouble(walk.i64("mean", Double.doubleToRawLongBits(mean)));
    upper = Double.longBitsToDouble(walk.i64("upper", Double.doubleToRawLongBits(upper)));
    for (int i = 0; i < averages.length; i++) {
      long bits = walk.i64("average", Double.doubleToRawLongBits(averages[i]));
      averages[i] = Double.longBitsToDouble(bits);
    }
  }
}
