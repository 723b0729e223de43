package org.godwit.app.panel.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.godwit.model.event.Sample;

/**
 * The load of two sessions over the time that both have: their curves side by side, or the first
 * less the second. Built once; pictures may be taken on any thread.
 */
public final class TwoLoads {
  /** More nodes than this make too many pairs of curves; their means are drawn instead. */
  public static final int MOST_PAIRS = 4;

  private static final long LEAST_SPAN_NANOS = 1_000_000_000L;

  private final SortedMap<Integer, String> names;
  private final SortedMap<Integer, SampleRing> a;
  private final SortedMap<Integer, SampleRing> b;
  private final long untilNanos;

  /** Which nodes a picture shows. */
  public enum Nodes {
    /** A curve a node. */
    EACH,
    /** The mean of all nodes that there are at an instant. */
    MEAN
  }

  /**
   * @param names nodes of either, by number
   * @param samplesOfA samples of the first, in order
   * @param samplesOfB samples of the second, in order
   * @param untilNanos end of the time that both have
   */
  public TwoLoads(
      SortedMap<Integer, String> names,
      List<Sample> samplesOfA,
      List<Sample> samplesOfB,
      long untilNanos) {
    this.names = names;
    this.a = rings(samplesOfA);
    this.b = rings(samplesOfB);
    this.untilNanos = untilNanos;
  }

  private static SortedMap<Integer, SampleRing> rings(List<Sample> samples) {
    SortedMap<Integer, Integer> counts = new TreeMap<>();
    samples.forEach(sample -> counts.merge(sample.node(), 1, Integer::sum));
    SortedMap<Integer, SampleRing> rings = new TreeMap<>();
    for (Sample sample : samples) {
      int node = sample.node();
      rings.computeIfAbsent(node, _ -> new SampleRing(counts.get(node))).append(sample);
    }
    return rings;
  }

  /** A curve with its name. */
  private record Curve(int node, String name, SampleRing.Line line) {}

  /**
   * The curves of both, the second's dashed.
   *
   * @param axis name of the value axis, worded
   * @param meanName what the mean is called
   * @param fromNanos left edge
   */
  public LoadPicture both(
      Metric metric, Nodes nodes, String axis, String meanName, long fromNanos) {
    Nodes shown = names.size() > MOST_PAIRS ? Nodes.MEAN : nodes;
    List<LoadPicture.Series> series = new ArrayList<>();
    List<Curve> curvesOfA = curves(a, metric, shown, meanName, fromNanos);
    List<Curve> curvesOfB = curves(b, metric, shown, meanName, fromNanos);
    for (Curve curve : curvesOfA) {
      series.add(series(curve, " A", false));
    }
    for (Curve curve : curvesOfB) {
      series.add(series(curve, " B", true));
    }
    return picture(metric, axis, fromNanos, series);
  }

  /** The first less the second at each instant that both have; parameters as of {@link #both}. */
  public LoadPicture difference(
      Metric metric, Nodes nodes, String axis, String meanName, long fromNanos) {
    List<LoadPicture.Series> series = new ArrayList<>();
    List<Curve> curvesOfB = curves(b, metric, nodes, meanName, fromNanos);
    for (Curve ofA : curves(a, metric, nodes, meanName, fromNanos)) {
      for (Curve ofB : curvesOfB) {
        if (ofB.node() == ofA.node()) {
          SampleRing.Line line = difference(ofA.line(), ofB.line());
          series.add(series(new Curve(ofA.node(), ofA.name(), line), "", false));
        }
      }
    }
    return picture(metric, axis, fromNanos, series);
  }

  private LoadPicture picture(
      Metric metric, String axis, long fromNanos, List<LoadPicture.Series> series) {
    long until = Math.max(untilNanos, fromNanos + LEAST_SPAN_NANOS);
    return new LoadPicture(metric, axis, fromNanos, until, series, List.of());
  }

  private LoadPicture.Series series(Curve curve, String suffix, boolean dashed) {
    int colour = Math.max(0, new ArrayList<>(names.keySet()).indexOf(curve.node())) % 8;
    return new LoadPicture.Series(
        curve.node(), curve.name() + suffix, colour, false, dashed, curve.line());
  }

  private List<Curve> curves(
      SortedMap<Integer, SampleRing> rings,
      Metric metric,
      Nodes nodes,
      String meanName,
      long fromNanos) {
    List<Curve> curves = new ArrayList<>();
    for (Map.Entry<Integer, SampleRing> each : rings.entrySet()) {
      SampleRing.Line line = until(each.getValue().copy(metric, fromNanos), untilNanos);
      curves.add(new Curve(each.getKey(), names.getOrDefault(each.getKey(), ""), line));
    }
    return nodes == Nodes.EACH || curves.isEmpty()
        ? curves
        : List.of(new Curve(0, meanName, mean(curves)));
  }

  private static SampleRing.Line until(SampleRing.Line line, long untilNanos) {
    int length = 0;
    while (length < line.at().length && line.at()[length] <= untilNanos) {
      length++;
    }
    return new SampleRing.Line(
        Arrays.copyOf(line.at(), length), Arrays.copyOf(line.values(), length));
  }

  private static SampleRing.Line mean(List<Curve> curves) {
    SortedMap<Long, double[]> sums = new TreeMap<>();
    for (Curve curve : curves) {
      for (int i = 0; i < curve.line().at().length; i++) {
        double[] sum = sums.computeIfAbsent(curve.line().at()[i], _ -> new double[2]);
        sum[0] += curve.line().values()[i];
        sum[1]++;
      }
    }
    return new SampleRing.Line(
        sums.keySet().stream().mapToLong(Long::longValue).toArray(),
        sums.values().stream().mapToDouble(sum -> sum[0] / sum[1]).toArray());
  }

  private static SampleRing.Line difference(SampleRing.Line a, SampleRing.Line b) {
    TreeSet<Long> instants = new TreeSet<>();
    for (long at : b.at()) {
      instants.add(at);
    }
    int count = 0;
    long[] at = new long[a.at().length];
    double[] values = new double[a.at().length];
    for (int i = 0; i < a.at().length; i++) {
      if (instants.contains(a.at()[i])) {
        at[count] = a.at()[i];
        values[count++] = a.values()[i] - b.valueAt(a.at()[i]);
      }
    }
    return new SampleRing.Line(Arrays.copyOf(at, count), Arrays.copyOf(values, count));
  }
}
