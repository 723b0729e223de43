package org.godwit.app.canvas;

import javafx.application.Platform;
import javafx.beans.value.ObservableValue;

/**
 * What the user set for the canvas, as the words of the settings.
 *
 * @param grid {@code true} if the dots are drawn
 * @param snap {@code true} if a card that is moved snaps
 * @param minimap {@code on}, {@code off} or {@code auto}
 * @param motion {@code full}, {@code reduced} or {@code auto}: as the system says
 */
public record CanvasSwitches(
    ObservableValue<String> grid,
    ObservableValue<String> snap,
    ObservableValue<String> minimap,
    ObservableValue<String> motion) {
  boolean drawsGrid() {
    return Boolean.parseBoolean(grid.getValue());
  }

  boolean snaps() {
    return Boolean.parseBoolean(snap.getValue());
  }

  boolean isMotionReduced() {
    return switch (motion.getValue()) {
      case "reduced" -> true;
      case "full" -> false;
      default -> Platform.getPreferences().isReducedMotion();
    };
  }
}
