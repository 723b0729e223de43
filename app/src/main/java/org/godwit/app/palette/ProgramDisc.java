package org.godwit.app.palette;

import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;

/**
 * A program's mark: its monogram on a disc of its colour; from the ninth program on a square, then
 * a hexagon, so that shape and letters repeat what the colour says.
 */
public final class ProgramDisc extends StackPane {
  private static final int COLOURS = 8;

  /** A mark of {@code size} pixels. */
  public ProgramDisc(int slot, String monogram, double size) {
    Shape shape =
        switch (slot / COLOURS) {
          case 0 -> new Circle(size / 2);
          case 1 -> {
            Rectangle square = new Rectangle(size, size);
            square.setArcWidth(6);
            square.setArcHeight(6);
            yield square;
          }
          default -> hexagon(size / 2);
        };
    shape.getStyleClass().add("chip-disc");
    Label letters = new Label(monogram);
    letters.getStyleClass().addAll("chip-monogram", "strong");
    getChildren().setAll(shape, letters);
    setMinSize(size, size);
    setMaxSize(size, size);
    setMouseTransparent(true);
  }

  /** The inline style that hands a program's colours to the style sheet. */
  public static String colours(int slot) {
    int colour = Math.floorMod(slot, COLOURS);
    return "-chip: -godwit-program-%d; -chip-tint: -godwit-tint-%d; -chip-ink: -godwit-program-ink-%d;"
        .formatted(colour, colour, colour);
  }

  private static Polygon hexagon(double radius) {
    Polygon hexagon = new Polygon();
    for (int i = 0; i < 6; i++) {
      hexagon
          .getPoints()
          .addAll(radius * Math.cos(Math.PI / 3 * i), radius * Math.sin(Math.PI / 3 * i));
    }
    return hexagon;
  }
}
