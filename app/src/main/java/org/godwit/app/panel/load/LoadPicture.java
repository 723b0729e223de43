package org.godwit.app.panel.load;

import java.util.List;

/**
 * Everything that one drawing of the chart needs, taken on the FX thread and drawn on another.
 *
 * @param metric what is shown
 * @param axis name of the value axis, worded
 * @param fromNanos left edge
 * @param toNanos right edge
 * @param series one per node, by number
 * @param markers moments within the edges, by time
 */
public record LoadPicture(
    Metric metric,
    String axis,
    long fromNanos,
    long toNanos,
    List<Series> series,
    List<Marker> markers) {
  public LoadPicture {
    series = List.copyOf(series);
    markers = List.copyOf(markers);
  }

  /** More series than this are drawn as a band, with the selected ones over it (ux.md, Charts). */
  public static final int SINGLE_LINES = 8;

  /**
   * The line of a node.
   *
   * @param node its number
   * @param name its name
   * @param colour its colour's place in the palette
   * @param selected whether it is drawn stronger
   * @param dashed whether it is drawn in dashes
   * @param line its samples
   */
  public record Series(
      int node, String name, int colour, boolean selected, boolean dashed, SampleRing.Line line) {
    /** The value of the last sample at or before an instant; NaN before the first. */
    public double valueAt(long nanos) {
      return line.valueAt(nanos);
    }
  }

  /** Whether the chart draws a band of minimum, median and maximum. */
  public boolean isBand() {
    return series.size() > SINGLE_LINES;
  }
}
