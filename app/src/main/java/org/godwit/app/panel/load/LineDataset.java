package org.godwit.app.panel.load;

import java.util.List;
import org.jfree.data.xy.AbstractXYDataset;

/** Lines as JFreeChart reads them, x in seconds. Reads the arrays in place; never changes. */
final class LineDataset extends AbstractXYDataset {
  private static final long serialVersionUID = 1L;

  private final transient List<Named> lines;

  /** A line with its key. */
  record Named(String key, SampleRing.Line line) {}

  LineDataset(List<Named> lines) {
    this.lines = lines;
  }

  @Override
  public int getSeriesCount() {
    return lines.size();
  }

  @Override
  public Comparable<?> getSeriesKey(int series) {
    return lines.get(series).key();
  }

  @Override
  public int getItemCount(int series) {
    return lines.get(series).line().at().length;
  }

  @Override
  public Number getX(int series, int item) {
    return getXValue(series, item);
  }

  @Override
  public double getXValue(int series, int item) {
    return lines.get(series).line().at()[item] / 1e9;
  }

  @Override
  public Number getY(int series, int item) {
    return getYValue(series, item);
  }

  @Override
  public double getYValue(int series, int item) {
    return lines.get(series).line().values()[item];
  }
}
