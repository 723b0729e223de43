package org.godwit.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.godwit.app.panel.Figures;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Names;
import org.godwit.model.event.Sample;

/** A figure of every node over a whole recording: a line each, its name at the end. */
final class LoadDrawing implements Drawing {
  private static final double WIDTH = 860;
  private static final double HEIGHT = 240;
  private static final double LEFT = 64;
  private static final double RIGHT = 96;
  private static final double TOP = 34;
  private static final double BOTTOM = 34;
  private static final double[] STEPS = {1, 2, 5};

  /** More points than pixels say nothing. */
  private static final int MOST_POINTS = 800;

  private final RecordedSession session;
  private final Curve curve;
  private final String title;
  private final Figures figures = new Figures(Locale.ENGLISH);

  /** What is drawn. */
  enum Curve {
    LOAD(Sample::load),
    RUNNABLE(Sample::runnable),
    MEMORY(Sample::memoryBytes),
    CALLS(Sample::forwardedCalls),
    NETWORK(Sample::networkBytes);

    private final ToDoubleFunction<Sample> value;

    Curve(ToDoubleFunction<Sample> value) {
      this.value = value;
    }

    boolean isBytes() {
      return this == MEMORY || this == NETWORK;
    }

    /** Its part of message keys and file names. */
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param title stands above it, worded
   */
  LoadDrawing(RecordedSession session, Curve curve, String title) {
    this.session = session;
    this.curve = curve;
    this.title = title;
  }

  @Override
  public double width() {
    return WIDTH;
  }

  @Override
  public double height() {
    return HEIGHT;
  }

  @Override
  public void draw(Ink ink) {
    ink.rect(0, 0, WIDTH, HEIGHT, 0, Tint.CARD, 1, null);
    ink.text(LEFT, 20, Ink.Anchor.START, 13, true, Tint.TEXT, title);
    SortedMap<Integer, List<Sample>> byNode = new TreeMap<>();
    double most = 0;
    for (Sample sample : session.samples()) {
      byNode.computeIfAbsent(sample.node(), _ -> new ArrayList<>()).add(sample);
      most = Math.max(most, curve.value.applyAsDouble(sample));
    }
    long end = Math.max(1, session.facts().endNanos());
    double step = step(most, curve.isBytes());
    double upper = Math.max(step, Math.ceil(most / step) * step);
    values(ink, step, upper);
    times(ink, end);
    SortedMap<Integer, String> names = new Names(session).nodes();
    List<double[]> ends = new ArrayList<>();
    int number = 0;
    for (int node : names.keySet()) {
      List<Sample> samples = byNode.getOrDefault(node, List.of());
      if (!samples.isEmpty()) {
        line(ink, samples, end, upper, Tint.series(number));
        double last = curve.value.applyAsDouble(samples.getLast());
        ends.add(new double[] {y(last, upper), number, node});
      }
      number++;
    }
    ends.sort((a, b) -> Double.compare(a[0], b[0]));
    // Downwards, none over the one above; then upwards, none below the axis.
    double edge = TOP;
    for (double[] each : ends) {
      each[0] = Math.max(edge, each[0] + 4);
      edge = each[0] + 13;
    }
    edge = HEIGHT - BOTTOM + 4;
    for (double[] each : ends.reversed()) {
      each[0] = Math.min(edge, each[0]);
      edge = each[0] - 13;
    }
    for (double[] each : ends) {
      double y = each[0];
      ink.text(
          WIDTH - RIGHT + 8,
          y,
          Ink.Anchor.START,
          11,
          true,
          Tint.series((int) each[1]),
          ClusterDrawing.cut(names.get((int) each[2]), 12));
    }
  }

  private void line(Ink ink, List<Sample> samples, long end, double upper, Tint tint) {
    int stride = Math.max(1, (samples.size() + MOST_POINTS - 1) / MOST_POINTS);
    int points = (samples.size() + stride - 1) / stride;
    double[] xs = new double[points];
    double[] ys = new double[points];
    for (int i = 0; i < points; i++) {
      // Of the samples that share a pixel the greatest is shown: a peak must not vanish.
      double greatest = 0;
      int until = Math.min(samples.size(), (i + 1) * stride);
      for (int j = i * stride; j < until; j++) {
        greatest = Math.max(greatest, curve.value.applyAsDouble(samples.get(j)));
      }
      xs[i] = x(samples.get(until - 1).atNanos(), end);
      ys[i] = y(greatest, upper);
    }
    ink.line(xs, ys, tint, 1.8, false);
  }

  private void values(Ink ink, double step, double upper) {
    for (double value = 0; value <= upper + step / 2; value += step) {
      double y = y(value, upper);
      ink.line(LEFT, y, WIDTH - RIGHT, y, Tint.LINE, 1);
      String label =
          curve.isBytes() ? figures.roundBytes(Math.round(value)) : figures.tenths(value);
      ink.text(LEFT - 8, y + 4, Ink.Anchor.END, 11, false, Tint.MUTED, label);
    }
  }

  private void times(Ink ink, long end) {
    double seconds = end / 1e9;
    double step = step(seconds * 5 / 8, false);
    for (double at = 0; at <= seconds + 1e-9; at += step) {
      ink.text(
          x(Math.round(at * 1e9), end),
          HEIGHT - BOTTOM + 18,
          Ink.Anchor.MIDDLE,
          11,
          false,
          Tint.MUTED,
          figures.tenths(at) + " s");
    }
  }

  /** A round distance of which about five fit into {@code most}. */
  static double step(double most, boolean bytes) {
    if (most <= 0) {
      return 1;
    }
    double rough = most / 5;
    if (bytes) {
      double step = 1;
      while (step < rough) {
        step *= 2;
      }
      return step;
    }
    double decade = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double each : STEPS) {
      if (each * decade >= rough) {
        return each * decade;
      }
    }
    return 10 * decade;
  }

  private static double x(long nanos, long end) {
    return LEFT + (WIDTH - LEFT - RIGHT) * nanos / end;
  }

  private static double y(double value, double upper) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / upper;
  }
}
