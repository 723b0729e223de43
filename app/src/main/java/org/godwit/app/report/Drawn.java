package org.godwit.app.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Tokens;
import org.godwit.app.theme.Variant;
import org.godwit.engine.session.file.RecordedSession;

/**
 * The drawings of a recording.
 *
 * @param name of its file, without an ending
 * @param drawing the drawing
 */
public record Drawn(String name, Drawing drawing) {
  /**
   * Cluster, charts and timeline.
   *
   * @param atNanos instant of the cluster
   */
  public static List<Drawn> of(RecordedSession session, long atNanos, Messages messages) {
    List<Drawn> all = new ArrayList<>();
    all.add(new Drawn("cluster", new ClusterDrawing(session, atNanos)));
    for (LoadDrawing.Curve curve : LoadDrawing.Curve.values()) {
      all.add(
          new Drawn(
              curve.key(),
              new LoadDrawing(session, curve, messages.of("report.chart." + curve.key()))));
    }
    all.add(new Drawn("timeline", timeline(session, messages)));
    return all;
  }

  static TimelineDrawing timeline(RecordedSession session, Messages messages) {
    return new TimelineDrawing(
        session, messages.of("report.timeline"), messages.of("report.timeline.more"));
  }

  /** As an SVG file: shapes, paths and text, no bitmap. */
  public String svg(Tokens tokens, Variant variant) {
    return SvgInk.file(drawing, tokens, variant);
  }

  /** As pixels, {@code scale} of them for each of the drawing. */
  public BufferedImage image(Tokens tokens, Variant variant, String languageTag, double scale) {
    return ImageInk.image(drawing, tokens, variant, languageTag, scale);
  }
}
