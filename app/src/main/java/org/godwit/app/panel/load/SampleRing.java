package org.godwit.app.panel.load;

import java.util.Arrays;
import org.godwit.model.event.Sample;

/**
 * The newest samples of one node as flat arrays, one column per metric. Appending overwrites the
 * oldest; nothing is allocated per sample. Not thread safe.
 */
final class SampleRing {
  private final long[] at;
  private final double[][] values;
  private int next;
  private int size;

  SampleRing(int capacity) {
    at = new long[capacity];
    values = new double[Metric.values().length][capacity];
  }

  void append(Sample sample) {
    long before = size == 0 ? 0 : at[index(size - 1)];
    double seconds = Math.max(1, sample.atNanos() - before) / 1e9;
    at[next] = sample.atNanos();
    for (Metric metric : Metric.values()) {
      values[metric.ordinal()][next] =
          switch (metric) {
            case LOAD -> sample.load();
            case MEMORY -> sample.memoryBytes();
            case FORWARDED -> sample.forwardedCalls() / seconds;
            case NETWORK -> sample.networkBytes() / seconds;
          };
    }
    next = (next + 1) % at.length;
    size = Math.min(size + 1, at.length);
  }

  int size() {
    return size;
  }

  long lastNanos() {
    return size == 0 ? 0 : at[index(size - 1)];
  }

  /** Samples from just before {@code from} on, so that a line enters from the left edge. */
  Line copy(Metric metric, long from) {
    int first = 0;
    while (first + 1 < size && at[index(first + 1)] <= from) {
      first++;
    }
    long[] times = new long[size - first];
    double[] figures = new double[size - first];
    double[] column = values[metric.ordinal()];
    for (int i = first; i < size; i++) {
      times[i - first] = at[index(i)];
      figures[i - first] = column[index(i)];
    }
    return new Line(times, figures);
  }

  private int index(int position) {
    return Math.floorMod(next - size + position, at.length);
  }

  /**
   * A polyline of one node, immutable by convention: nobody writes the arrays once they are made.
   *
   * @param at instants, virtual nanoseconds, ascending
   * @param values figures of one metric
   */
  record Line(long[] at, double[] values) {
    /** The value of the last sample at or before an instant; NaN before the first. */
    double valueAt(long nanos) {
      int found = Arrays.binarySearch(at, nanos);
      int i = found >= 0 ? found : -found - 2;
      return i < 0 ? Double.NaN : values[i];
    }
  }
}
