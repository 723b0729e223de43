package org.godwit.app.report;

/** Something that can be drawn, of a fixed size. */
public interface Drawing {
  /** Width in pixels at zoom 1. */
  double width();

  /** Height in pixels at zoom 1. */
  double height();

  /** Draws all of it. */
  void draw(Ink ink);
}
