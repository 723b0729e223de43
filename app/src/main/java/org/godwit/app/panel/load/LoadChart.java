package org.godwit.app.panel.load;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.godwit.app.panel.ChartLook;
import org.godwit.app.panel.Figures;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;

/**
 * Draws a {@link LoadPicture} with JFreeChart into an image: lines with their node's name at the
 * end, markers on the lines. No state, no JavaFX; call it from any thread, which is how the window
 * stays fluid (JavaFX's own canvas strokes long lines slowly).
 */
public final class LoadChart {
  /** Below so many pixels the name of the value axis has no room. */
  private static final int LOW = 170;

  private static final double[] STEPS = {1, 2, 5};
  private static final int MARGIN = 8;

  private LoadChart() {}

  /**
   * A drawing and where in it values lie.
   *
   * @param image the pixels, premultiplied ARGB
   * @param area the plot's area in unscaled pixels of the image
   * @param lower value at the plot's lower edge: 0, or less if a line goes below it
   * @param upper value at the plot's upper edge
   */
  public record Drawn(BufferedImage image, Rectangle2D area, double lower, double upper) {}

  /**
   * Draws.
   *
   * @param picture what
   * @param look colours and fonts
   * @param figures how figures are written
   * @param width in unscaled pixels, 1 or more
   * @param height in unscaled pixels, 1 or more
   * @param scale device pixels per unscaled pixel
   * @param fine whether lines are smoothed; costs about three times as much
   */
  public static Drawn draw(
      LoadPicture picture,
      ChartLook look,
      Figures figures,
      int width,
      int height,
      double scale,
      boolean fine) {
    BufferedImage image =
        new BufferedImage(
            (int) Math.ceil(width * scale),
            (int) Math.ceil(height * scale),
            BufferedImage.TYPE_INT_ARGB_PRE);
    Graphics2D g = image.createGraphics();
    try {
      g.scale(scale, scale);
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_ANTIALIASING,
          fine ? RenderingHints.VALUE_ANTIALIAS_ON : RenderingHints.VALUE_ANTIALIAS_OFF);
      g.setColor(look.ground());
      g.fill(new Rectangle2D.Double(0, 0, width, height));
      double names = nameWidth(g, picture, look);
      ChartRenderingInfo info = new ChartRenderingInfo();
      JFreeChart chart = chart(picture, look, figures, names, fine);
      if (height < LOW) {
        // The choice above the chart says what is measured.
        chart.getXYPlot().getRangeAxis().setLabel(null);
      }
      chart.draw(g, new Rectangle2D.Double(0, 0, width, height), null, info);
      Rectangle2D area = info.getPlotInfo().getDataArea();
      double lower = chart.getXYPlot().getRangeAxis().getLowerBound();
      double upper = chart.getXYPlot().getRangeAxis().getUpperBound();
      Scale axes = new Scale(picture, lower, upper, area);
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      drawMarkers(g, picture, look, axes);
      drawNames(g, picture, look, axes);
      return new Drawn(image, area, lower, upper);
    } finally {
      g.dispose();
    }
  }

  /**
   * Draws finely at double size and writes a PNG.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(
      LoadPicture picture, ChartLook look, Figures figures, int width, int height, Path target)
      throws IOException {
    BufferedImage image = draw(picture, look, figures, width, height, 2, true).image();
    try (OutputStream out = Files.newOutputStream(target)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IOException("no PNG writer");
      }
    }
  }

  /** The node whose line passes nearest to a point, within 12 pixels; 0 if there is none. */
  public static int nearest(LoadPicture picture, Drawn drawn, double x, double y) {
    Rectangle2D area = drawn.area();
    Scale axes = new Scale(picture, drawn.lower(), drawn.upper(), area);
    double share = (x - area.getX()) / area.getWidth();
    long at = picture.fromNanos() + Math.round(share * (picture.toNanos() - picture.fromNanos()));
    int found = 0;
    double nearest = 12;
    for (LoadPicture.Series series : picture.series()) {
      double value = series.line().valueAt(at);
      if (!Double.isNaN(value) && Math.abs(axes.y(value) - y) < nearest) {
        nearest = Math.abs(axes.y(value) - y);
        found = series.node();
      }
    }
    return found;
  }

  /** From data to unscaled pixels. */
  private record Scale(LoadPicture picture, double lower, double upper, Rectangle2D area) {
    double x(long nanos) {
      double share =
          (double) (nanos - picture.fromNanos()) / (picture.toNanos() - picture.fromNanos());
      return area.getX() + share * area.getWidth();
    }

    double y(double value) {
      return area.getMaxY() - (value - lower) / (upper - lower) * area.getHeight();
    }
  }

  private static JFreeChart chart(
      LoadPicture picture, ChartLook look, Figures figures, double names, boolean fine) {
    List<LineDataset.Named> lines = new ArrayList<>();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setDefaultEntityRadius(0);
    renderer.setDefaultCreateEntities(false);
    if (picture.isBand()) {
      addBand(picture, look, lines, renderer);
    }
    for (LoadPicture.Series series : picture.series()) {
      if (!picture.isBand() || series.selected()) {
        Color colour = picture.isBand() ? look.accent() : look.series().get(series.colour());
        renderer.setSeriesPaint(lines.size(), colour);
        renderer.setSeriesStroke(lines.size(), stroke(series));
        lines.add(new LineDataset.Named(series.name(), series.line()));
      }
    }
    NumberAxis time = axis(look);
    time.setRange(picture.fromNanos() / 1e9, picture.toNanos() / 1e9);
    time.setTickUnit(timeUnit((picture.toNanos() - picture.fromNanos()) / 1e9));
    time.setNumberFormatOverride(new ClockFormat());
    NumberAxis value = axis(look);
    value.setLabel(picture.axis());
    double top = top(picture);
    double bottom = bottom(picture);
    double unit = unit(picture.metric(), top - bottom);
    value.setRange(Math.floor(bottom / unit) * unit, Math.ceil(top / unit) * unit);
    value.setTickUnit(new NumberTickUnit(unit));
    value.setNumberFormatOverride(new ValueFormat(picture.metric(), figures));
    XYPlot plot = new XYPlot(new LineDataset(lines), time, value, renderer);
    plot.setBackgroundPaint(look.ground());
    plot.setOutlineVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setInsets(RectangleInsets.ZERO_INSETS);
    BasicStroke hair = new BasicStroke(1f);
    plot.setDomainGridlinesVisible(true);
    plot.setDomainGridlinePaint(ChartLook.faded(look.grid(), 0.5));
    plot.setDomainGridlineStroke(hair);
    plot.setRangeGridlinePaint(ChartLook.faded(look.grid(), 0.5));
    plot.setRangeGridlineStroke(hair);
    JFreeChart chart = new JFreeChart(null, null, plot, false);
    chart.setBackgroundPaint(look.ground());
    chart.setAntiAlias(fine);
    chart.setTextAntiAlias(true);
    chart.setPadding(new RectangleInsets(MARGIN, 4, 2, names));
    return chart;
  }

  private static void addBand(
      LoadPicture picture,
      ChartLook look,
      List<LineDataset.Named> lines,
      XYLineAndShapeRenderer renderer) {
    long[] at = longest(picture).at();
    double[][] bounds = new double[3][at.length];
    double[] column = new double[picture.series().size()];
    for (int i = 0; i < at.length; i++) {
      int count = 0;
      for (LoadPicture.Series series : picture.series()) {
        double value = series.line().valueAt(at[i]);
        if (!Double.isNaN(value)) {
          column[count++] = value;
        }
      }
      Arrays.sort(column, 0, count);
      bounds[0][i] = count == 0 ? 0 : column[0];
      bounds[1][i] = count == 0 ? 0 : column[count / 2];
      bounds[2][i] = count == 0 ? 0 : column[count - 1];
    }
    String[] keys = {"min", "median", "max"};
    for (int b = 0; b < 3; b++) {
      renderer.setSeriesPaint(lines.size(), look.muted());
      renderer.setSeriesStroke(
          lines.size(),
          b == 1
              ? new BasicStroke(1.5f)
              : new BasicStroke(
                  1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {2, 3}, 0f));
      lines.add(new LineDataset.Named(keys[b], new SampleRing.Line(at, bounds[b])));
    }
  }

  private static SampleRing.Line longest(LoadPicture picture) {
    return picture.series().stream()
        .map(LoadPicture.Series::line)
        .max(Comparator.comparingInt(line -> line.at().length))
        .orElse(new SampleRing.Line(new long[0], new double[0]));
  }

  private static BasicStroke stroke(LoadPicture.Series series) {
    float width = series.selected() ? 2.5f : 1.5f;
    float[] dashes = series.dashed() ? new float[] {7, 3} : null;
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, dashes, 0f);
  }

  private static NumberAxis axis(ChartLook look) {
    NumberAxis axis = new NumberAxis();
    axis.setTickLabelFont(look.font());
    axis.setTickLabelPaint(look.muted());
    axis.setLabelFont(look.font());
    axis.setLabelPaint(look.muted());
    axis.setAxisLinePaint(look.grid());
    axis.setTickMarksVisible(false);
    axis.setAutoRange(false);
    return axis;
  }

  private static double top(LoadPicture picture) {
    double top =
        switch (picture.metric()) {
          case LOAD -> 1.2;
          case MEMORY -> 1 << 20;
          case FORWARDED -> 10;
          case NETWORK -> 10_240;
        };
    for (LoadPicture.Series series : picture.series()) {
      for (double value : series.line().values()) {
        top = Math.max(top, value * 1.08);
      }
    }
    return top;
  }

  /** The least value that there is room for; differences go below 0. */
  private static double bottom(LoadPicture picture) {
    double bottom = 0;
    for (LoadPicture.Series series : picture.series()) {
      for (double value : series.line().values()) {
        bottom = Math.min(bottom, value * 1.08);
      }
    }
    return bottom;
  }

  /** A round step of which three to six reach the top; bytes step in powers of two. */
  private static double unit(Metric metric, double top) {
    double rough = top / 5;
    double base =
        metric == Metric.MEMORY || metric == Metric.NETWORK
            ? Math.pow(2, Math.floor(Math.log(rough) / Math.log(2)))
            : Math.pow(10, Math.floor(Math.log10(rough)));
    for (double step : STEPS) {
      if (base * step >= rough) {
        return base * step;
      }
    }
    return base * 10;
  }

  /** A round step of which at most ten fit. */
  private static NumberTickUnit timeUnit(double seconds) {
    for (int step : new int[] {1, 5, 10, 30, 60, 300, 600, 1_800}) {
      if (seconds / step <= 10) {
        return new NumberTickUnit(step);
      }
    }
    return new NumberTickUnit(3_600 * Math.ceil(seconds / 36_000));
  }

  // ------------------------------------------------------------------ what stands on the lines

  private static void drawMarkers(Graphics2D g, LoadPicture p, ChartLook look, Scale axes) {
    for (Marker marker : p.markers()) {
      SampleRing.Line line =
          p.series().stream()
              .filter(s -> s.node() == marker.node())
              .map(LoadPicture.Series::line)
              .findFirst()
              .orElse(null);
      double value = line == null ? Double.NaN : line.valueAt(marker.atNanos());
      double x = axes.x(marker.atNanos());
      double y = axes.y(Double.isNaN(value) ? 0 : value);
      Shape sign = sign(marker.kind(), x, Math.max(y, axes.area().getY() + 5));
      g.setColor(marker.kind() == Marker.Kind.FAULT ? look.danger() : look.text());
      if (marker.kind() == Marker.Kind.FAULT) {
        g.setStroke(new BasicStroke(2f));
        g.draw(sign);
      } else {
        g.fill(sign);
        g.setColor(look.ground());
        g.setStroke(new BasicStroke(1f));
        g.draw(sign);
      }
    }
  }

  /** Launch a triangle, move a diamond, lock a square, fault a cross. */
  static Shape sign(Marker.Kind kind, double x, double y) {
    Path2D path = new Path2D.Double();
    switch (kind) {
      case LAUNCH -> polygon(path, x, y - 5, x + 5, y + 4, x - 5, y + 4);
      case MOVE -> polygon(path, x, y - 5.5, x + 5.5, y, x, y + 5.5, x - 5.5, y);
      case LOCK -> polygon(path, x - 4, y - 4, x + 4, y - 4, x + 4, y + 4, x - 4, y + 4);
      case FAULT -> {
        path.moveTo(x - 4, y - 4);
        path.lineTo(x + 4, y + 4);
        path.moveTo(x + 4, y - 4);
        path.lineTo(x - 4, y + 4);
      }
    }
    return path;
  }

  private static void polygon(Path2D path, double... xy) {
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
  }

  /** The name of a line, placed at its end and pushed apart from its neighbours. */
  private static final class EndLabel {
    final LoadPicture.Series series;
    final double x;
    final double wanted;
    double y;

    EndLabel(LoadPicture.Series series, double x, double y) {
      this.series = series;
      this.x = x;
      this.wanted = y;
      this.y = y;
    }
  }

  private static void drawNames(Graphics2D g, LoadPicture p, ChartLook look, Scale axes) {
    List<EndLabel> labels = new ArrayList<>();
    for (LoadPicture.Series series : p.series()) {
      SampleRing.Line line = series.line();
      if (line.at().length > 0 && (!p.isBand() || series.selected())) {
        int last = line.at().length - 1;
        labels.add(new EndLabel(series, axes.x(line.at()[last]), axes.y(line.values()[last])));
      }
    }
    FontMetrics metrics = g.getFontMetrics(look.font());
    int room = (int) (axes.area().getHeight() / (metrics.getHeight() - 1));
    if (labels.size() > room) {
      // What does not fit is left out, the selected last; a line that is pointed at is named
      // anyway.
      labels.sort(Comparator.comparing((EndLabel l) -> !l.series.selected()));
      labels.subList(Math.max(room, 0), labels.size()).clear();
    }
    spread(labels, metrics.getHeight() - 1, axes.area());
    for (EndLabel label : labels) {
      Color colour = p.isBand() ? look.accent() : look.series().get(label.series.colour());
      g.setColor(colour);
      g.fill(new Ellipse2D.Double(label.x - 2.5, label.wanted - 2.5, 5, 5));
      if (Math.abs(label.y - label.wanted) > 3) {
        g.setStroke(new BasicStroke(1f));
        g.draw(new Line2D.Double(label.x + 3, label.wanted, label.x + 8, label.y));
      }
      g.setFont(fontFor(label.series, look));
      g.setColor(look.text());
      float base = (float) (label.y + (metrics.getAscent() - metrics.getDescent()) / 2.0);
      g.drawString(label.series.name(), (float) label.x + 10, base);
    }
  }

  private static void spread(List<EndLabel> labels, double distance, Rectangle2D area) {
    labels.sort(
        Comparator.comparingDouble((EndLabel l) -> l.wanted).thenComparing(l -> l.series.node()));
    double free = area.getY();
    for (EndLabel label : labels) {
      label.y = Math.max(label.wanted, free);
      free = label.y + distance;
    }
    double limit = area.getMaxY() - 2;
    for (int i = labels.size() - 1; i >= 0; i--) {
      labels.get(i).y = Math.min(labels.get(i).y, limit);
      limit = labels.get(i).y - distance;
    }
  }

  private static double nameWidth(Graphics2D g, LoadPicture picture, ChartLook look) {
    double widest = 0;
    for (LoadPicture.Series series : picture.series()) {
      if (!picture.isBand() || series.selected()) {
        FontMetrics metrics = g.getFontMetrics(fontFor(series, look));
        widest = Math.max(widest, metrics.stringWidth(series.name()));
      }
    }
    return widest + 10 + MARGIN;
  }

  /** The bundled font, or the system's if the name has letters that it lacks. */
  private static Font fontFor(LoadPicture.Series series, ChartLook look) {
    Font font = series.selected() ? look.strong() : look.font();
    return font.canDisplayUpTo(series.name()) < 0
        ? font
        : new Font(Font.SANS_SERIF, Font.PLAIN, font.getSize());
  }

  /** Seconds as {@code m:ss}. */
  private static final class ClockFormat extends NumberFormat {
    private static final long serialVersionUID = 1L;

    @Override
    public StringBuffer format(double seconds, StringBuffer to, FieldPosition position) {
      long whole = Math.round(seconds);
      return to.append(String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60));
    }

    @Override
    public StringBuffer format(long seconds, StringBuffer to, FieldPosition position) {
      return format((double) seconds, to, position);
    }

    @Override
    public Number parse(String source, ParsePosition position) {
      throw new UnsupportedOperationException("only writes");
    }
  }

  /** Figures of a metric, short. */
  private static final class ValueFormat extends NumberFormat {
    private static final long serialVersionUID = 1L;

    private final Metric metric;
    private final transient Figures figures;

    ValueFormat(Metric metric, Figures figures) {
      this.metric = metric;
      this.figures = figures;
    }

    @Override
    public StringBuffer format(double value, StringBuffer to, FieldPosition position) {
      return to.append(
          switch (metric) {
            case LOAD -> figures.tenths(value);
            case FORWARDED -> figures.count(Math.round(value));
            case MEMORY, NETWORK -> figures.roundBytes(Math.round(value));
          });
    }

    @Override
    public StringBuffer format(long value, StringBuffer to, FieldPosition position) {
      return format((double) value, to, position);
    }

    @Override
    public Number parse(String source, ParsePosition position) {
      throw new UnsupportedOperationException("only writes");
    }
  }
}
