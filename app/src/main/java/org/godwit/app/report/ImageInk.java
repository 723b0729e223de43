package org.godwit.app.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import org.godwit.app.panel.ChartLook;
import org.godwit.app.theme.Tokens;
import org.godwit.app.theme.Variant;

/** Draws into an image with the fonts on board. */
final class ImageInk implements Ink {
  private final Graphics2D g;
  private final Tokens tokens;
  private final Variant variant;
  private final Font font;
  private final Font strong;

  private ImageInk(Graphics2D g, Tokens tokens, Variant variant, String languageTag) {
    this.g = g;
    this.tokens = tokens;
    this.variant = variant;
    ChartLook look = ChartLook.of(tokens, variant, languageTag);
    this.font = look.font();
    this.strong = look.strong();
  }

  /** A picture, opaque; {@code scale} device pixels for each pixel of the drawing. */
  static BufferedImage image(
      Drawing drawing, Tokens tokens, Variant variant, String languageTag, double scale) {
    BufferedImage image =
        new BufferedImage(
            (int) Math.ceil(drawing.width() * scale),
            (int) Math.ceil(drawing.height() * scale),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.scale(scale, scale);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    drawing.draw(new ImageInk(g, tokens, variant, languageTag));
    g.dispose();
    return image;
  }

  @Override
  public void rect(
      double x, double y, double w, double h, double r, Tint fill, double opacity, Tint stroke) {
    RoundRectangle2D shape = new RoundRectangle2D.Double(x, y, w, h, 2 * r, 2 * r);
    if (fill != null) {
      g.setColor(ChartLook.faded(colour(fill), opacity));
      g.fill(shape);
    }
    if (stroke != null) {
      g.setStroke(new BasicStroke(1));
      g.setColor(colour(stroke));
      g.draw(shape);
    }
  }

  @Override
  public void dashedRect(double x, double y, double w, double h, double r, Tint stroke) {
    g.setStroke(stroke(1, new float[] {4, 3}));
    g.setColor(colour(stroke));
    g.draw(new RoundRectangle2D.Double(x, y, w, h, 2 * r, 2 * r));
  }

  @Override
  public void line(double[] xs, double[] ys, Tint stroke, double width, boolean dashed) {
    if (xs.length == 0) {
      return;
    }
    Path2D path = new Path2D.Double();
    path.moveTo(xs[0], ys[0]);
    for (int i = 1; i < xs.length; i++) {
      path.lineTo(xs[i], ys[i]);
    }
    g.setStroke(stroke((float) width, dashed ? new float[] {5, 4} : null));
    g.setColor(colour(stroke));
    g.draw(path);
  }

  @Override
  public void dot(double x, double y, double r, Tint fill) {
    g.setColor(colour(fill));
    g.fill(new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r));
  }

  @Override
  public void text(
      double x, double y, Anchor anchor, double size, boolean isStrong, Tint tint, String text) {
    g.setFont((isStrong ? strong : font).deriveFont((float) size));
    g.setColor(colour(tint));
    double width = g.getFontMetrics().getStringBounds(text, g).getWidth();
    double from =
        switch (anchor) {
          case START -> x;
          case MIDDLE -> x - width / 2;
          case END -> x - width;
        };
    g.drawString(text, (float) from, (float) y);
  }

  private static BasicStroke stroke(float width, float[] dashes) {
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }

  private Color colour(Tint tint) {
    return Color.decode(tint.hex(tokens, variant));
  }
}
