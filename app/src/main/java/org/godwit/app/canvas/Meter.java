package org.godwit.app.canvas;

import javafx.scene.layout.Region;

/** A bar that is filled to a share, with an optional mark on its way. */
final class Meter extends Region {
  private final Region fill = new Region();
  private final Region tick = new Region();
  private final double mark;
  private double share;

  /**
   * An empty bar.
   *
   * @param thickness height in pixels
   * @param mark share at which a tick stands, or 0 for none
   */
  Meter(double thickness, double mark) {
    this.mark = mark;
    getStyleClass().add("meter");
    fill.getStyleClass().add("meter-fill");
    tick.getStyleClass().add("meter-tick");
    tick.setVisible(mark > 0);
    setMinHeight(thickness);
    setPrefHeight(thickness);
    setMaxHeight(thickness);
    getChildren().setAll(fill, tick);
  }

  /** Fills it to {@code newShare}, 0 to 1. */
  void setShare(double newShare) {
    double clamped = Math.clamp(newShare, 0, 1);
    if (Math.abs(clamped - share) > 0.002 || clamped == 0) {
      share = clamped;
      requestLayout();
    }
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    fill.resizeRelocate(0, 0, snapSizeX(width * share), getHeight());
    tick.resizeRelocate(snapPositionX(width * mark), -1, 1, getHeight() + 2);
  }
}
