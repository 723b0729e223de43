package org.godwit.app.canvas;

import java.util.function.BiConsumer;
import java.util.function.IntToDoubleFunction;
import javafx.geometry.Bounds;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import org.godwit.app.theme.Role;
import org.godwit.app.theme.Theme;

/**
 * The whole cluster at a glance in the lower left corner: cards as dots of heat, a frame around
 * what is seen; a click or drag goes there. FX thread only.
 */
final class MiniMap extends StackPane {
  static final double WIDTH = 168;
  static final double HEIGHT = 112;
  private static final double MARGIN = 6;

  private final Canvas canvas = new Canvas(WIDTH - 2, HEIGHT - 2);
  private final Theme theme;
  private double scale = 1;
  private double left;
  private double top;

  /** A map; {@code go} takes the point of the world to be shown in the middle. */
  MiniMap(Theme theme, BiConsumer<Double, Double> go) {
    this.theme = theme;
    getStyleClass().add("minimap");
    setId("minimap");
    getChildren().setAll(canvas);
    setManaged(false);
    resize(WIDTH, HEIGHT);
    addEventHandler(
        MouseEvent.ANY,
        e -> {
          if (e.getEventType() == MouseEvent.MOUSE_PRESSED
              || e.getEventType() == MouseEvent.MOUSE_DRAGGED) {
            go.accept(left + (e.getX() - 1) / scale, top + (e.getY() - 1) / scale);
          }
          // The canvas below must not pan as well.
          e.consume();
        });
  }

  /**
   * Draws it.
   *
   * @param cards every card
   * @param places where cards lie
   * @param seen what is seen, in the world's coordinates
   * @param perCpu heat of a node
   */
  void draw(Iterable<NodeCard> cards, CardPlaces places, Bounds seen, IntToDoubleFunction perCpu) {
    Bounds all = Viewport.around(cards, places, seen);
    scale =
        Math.min(
            (canvas.getWidth() - 2 * MARGIN) / all.getWidth(),
            (canvas.getHeight() - 2 * MARGIN) / all.getHeight());
    left = all.getCenterX() - canvas.getWidth() / 2 / scale;
    top = all.getCenterY() - canvas.getHeight() / 2 / scale;
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.setFill(theme.color(Role.CANVAS));
    g.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
    for (NodeCard card : cards) {
      CardPlaces.Place place = places.of(card.node());
      double width = Math.max(3, NodeCard.WIDTH * scale);
      double height = Math.max(2, card.height() * scale);
      g.setFill(theme.heat(Theme.heatStep(perCpu.applyAsDouble(card.node()))));
      g.fillRect(x(place.x()), y(place.y()), width, height);
      g.setStroke(theme.color(Role.OUTLINE));
      g.setLineWidth(0.5);
      g.strokeRect(x(place.x()), y(place.y()), width, height);
    }
    g.setStroke(theme.color(Role.ACCENT));
    g.setLineWidth(1.5);
    g.strokeRect(
        x(seen.getMinX()), y(seen.getMinY()), seen.getWidth() * scale, seen.getHeight() * scale);
  }

  private double x(double world) {
    return (world - left) * scale;
  }

  private double y(double world) {
    return (world - top) * scale;
  }
}
