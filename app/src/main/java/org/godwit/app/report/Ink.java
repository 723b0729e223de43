package org.godwit.app.report;

/** What drawings are made of. Lengths are pixels at zoom 1; y grows downwards. */
public interface Ink {
  /** Where a text's point is. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * A rectangle with round corners.
   *
   * @param opacity of the filling, 0 to 1
   * @param fill null for none
   * @param stroke null for none
   */
  void rect(
      double x, double y, double w, double h, double r, Tint fill, double opacity, Tint stroke);

  /** A rectangle with a dashed edge and no filling. */
  void dashedRect(double x, double y, double w, double h, double r, Tint stroke);

  /** Straight lines through points. */
  void line(double[] xs, double[] ys, Tint stroke, double width, boolean dashed);

  /** A filled circle. */
  void dot(double x, double y, double r, Tint fill);

  /** One line of text on its base line. */
  void text(double x, double y, Anchor anchor, double size, boolean strong, Tint tint, String text);

  /** A line between two points. */
  default void line(double x1, double y1, double x2, double y2, Tint stroke, double width) {
    line(new double[] {x1, x2}, new double[] {y1, y2}, stroke, width, false);
  }
}
