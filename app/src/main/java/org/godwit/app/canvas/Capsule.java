package org.godwit.app.canvas;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.godwit.app.palette.ProgramDisc;
import org.godwit.app.palette.ProgramLooks.Look;

/** A process on its way: a capsule of 40 x 18 that fills with the pages that were sent. */
final class Capsule extends StackPane {
  private static final double WIDTH = 40;
  private static final double HEIGHT = 18;

  private final Region fill = new Region();

  Capsule(Look look) {
    getStyleClass().add("capsule");
    setStyle(ProgramDisc.colours(look.slot()));
    fill.getStyleClass().add("capsule-fill");
    Label letters = new Label(look.monogram());
    letters.getStyleClass().addAll("capsule-monogram", "strong");
    setAlignment(fill, Pos.CENTER_LEFT);
    getChildren().setAll(fill, letters);
    setManaged(false);
    resize(WIDTH, HEIGHT);
  }

  /** Puts its middle at a point of the world. */
  void show(double x, double y, double filled) {
    relocate(x - WIDTH / 2, y - HEIGHT / 2);
    double width = Math.max(6, WIDTH * filled);
    fill.setMinWidth(width);
    fill.setMaxWidth(width);
  }
}
