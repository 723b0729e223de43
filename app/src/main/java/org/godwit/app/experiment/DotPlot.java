package org.godwit.app.experiment;

import java.util.List;
import java.util.Locale;
import org.godwit.app.report.SvgInk;

/**
 * Means with their confidence intervals, a row each, as SVG: a dot, and a bar as long as the
 * interval. The axis begins at 0, so that lengths may be compared.
 */
final class DotPlot {
  private static final int ROW = 26;
  private static final int LEFT = 190;
  private static final int WIDTH = 380;
  private static final int RIGHT = 70;
  private static final int FOOT = 30;

  private DotPlot() {}

  /** The picture; a row without a mean is left blank. */
  static String svg(String title, List<String> labels, List<Estimate> rows) {
    double most = 0;
    for (Estimate row : rows) {
      double half = Double.isNaN(row.halfWidth()) ? 0 : row.halfWidth();
      if (!Double.isNaN(row.mean())) {
        most = Math.max(most, row.mean() + half);
      }
    }
    double step = step(most);
    int ticks = (int) Math.max(1, Math.ceil(most / step - 1e-9));
    double scale = WIDTH / (ticks * step);
    int height = ROW * rows.size() + FOOT;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n"
            .formatted(LEFT + WIDTH + RIGHT, height, SvgInk.escaped(title)));
    for (int i = 0; i <= ticks; i++) {
      double x = LEFT + i * step * scale;
      svg.append(
          format(
              "<line class=\"grid\" x1=\"%.1f\" y1=\"0\" x2=\"%.1f\" y2=\"%d\"/>"
                  + "<text class=\"tick\" x=\"%.1f\" y=\"%d\">%s</text>%n",
              x, x, height - FOOT + 4, x, height - 8, tick(i * step, step)));
    }
    for (int i = 0; i < rows.size(); i++) {
      row(svg, labels.get(i), rows.get(i), ROW * i + ROW / 2.0, scale);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void row(StringBuilder svg, String label, Estimate row, double y, double scale) {
    svg.append(
        format(
            "<text class=\"label\" x=\"%d\" y=\"%.1f\">%s</text>%n",
            LEFT - 10, y + 4, SvgInk.escaped(label)));
    if (Double.isNaN(row.mean())) {
      return;
    }
    double x = LEFT + row.mean() * scale;
    if (!Double.isNaN(row.halfWidth())) {
      double from = LEFT + Math.max(0, row.mean() - row.halfWidth()) * scale;
      double to = LEFT + (row.mean() + row.halfWidth()) * scale;
      svg.append(
          format(
              "<line class=\"ci\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
              from, y, to, y));
    }
    svg.append(format("<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"/>%n", x, y));
  }

  /** 1, 2 or 5 times a power of ten, so that there are about five steps to {@code most}. */
  private static double step(double most) {
    if (most <= 0) {
      return 1;
    }
    double rough = most / 5;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double part = rough / power;
    return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
  }

  private static String tick(double value, double step) {
    int digits = step >= 1 ? 0 : (int) Math.ceil(-Math.log10(step) - 1e-9);
    return format("%." + digits + "f", value);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
