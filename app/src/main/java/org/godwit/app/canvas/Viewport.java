package org.godwit.app.canvas;

import java.util.Collection;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.transform.Scale;
import javafx.scene.transform.Translate;
import org.godwit.app.theme.Role;

/**
 * What of the world is seen: one translation and one scale for all its layers, and the grid behind
 * them, which stays as fine as the screen. FX thread only.
 */
final class Viewport {
  private static final double GRID = 24;
  private static final double MARGIN = 40;

  /** Kept free around the cluster when it is fitted. */
  private static final double AROUND = 32;

  /** Kept free under the cluster when it is fitted: the zoom bar, a decision's sentence. */
  private static final double BELOW = 56;

  private static final double MIN_SCALE = 0.04;
  private static final double MAX_SCALE = 2.5;

  private final Region window;
  private final Pane world;
  private final CanvasTools tools;
  private final Runnable zoomed;
  private final Runnable panned;
  private final Canvas grid = new Canvas();
  private final Translate shift = new Translate(24, 24);
  private final Scale scale = new Scale(1, 1);
  private final ReadOnlyDoubleWrapper zoom = new ReadOnlyDoubleWrapper(this, "zoom", 1);
  private double largest = 1;
  private boolean userMoved;

  /**
   * @param window what the world is seen through
   * @param world the layers
   * @param zoomed called when the scale has changed
   * @param panned called when only the place has changed
   */
  Viewport(Region window, Pane world, CanvasTools tools, Runnable zoomed, Runnable panned) {
    this.window = window;
    this.world = world;
    this.tools = tools;
    this.zoomed = zoomed;
    this.panned = panned;
    grid.setMouseTransparent(true);
    world.getTransforms().setAll(shift, scale);
    tools.theme().variantProperty().addListener(_ -> drawGrid());
    tools.switches().grid().subscribe(_ -> drawGrid());
  }

  /** The dots behind the world. */
  Canvas grid() {
    return grid;
  }

  /** The zoom factor, 1 = pixels of the token file. */
  ReadOnlyDoubleProperty zoomProperty() {
    return zoom.getReadOnlyProperty();
  }

  double scale() {
    return scale.getX();
  }

  /** Whether the user has chosen what is seen, so that nothing else may. */
  boolean isUserMoved() {
    return userMoved;
  }

  /** The world is another one. */
  void forgetUser() {
    userMoved = false;
  }

  /** The largest zoom to which {@link #fit} goes; whether that is another than before. */
  boolean setLargest(double factor) {
    boolean changed = factor != largest;
    largest = factor;
    return changed;
  }

  /** Zooms by {@code factor} so that the point of the window under the pointer stays. */
  void zoomAt(double x, double y, double factor) {
    double wanted = Math.clamp(scale.getX() * factor, MIN_SCALE, MAX_SCALE);
    double real = wanted / scale.getX();
    shift.setX(x - (x - shift.getX()) * real);
    shift.setY(y - (y - shift.getY()) * real);
    setScale(wanted);
    userMoved = true;
  }

  /** Zooms at the middle. */
  void zoom(double factor) {
    zoomAt(window.getWidth() / 2, window.getHeight() / 2, factor);
  }

  void pan(double dx, double dy) {
    shift.setX(shift.getX() + dx);
    shift.setY(shift.getY() + dy);
    userMoved = true;
    drawGrid();
    panned.run();
  }

  /** Pans so that a point of the world is in the middle. */
  void centreOn(double x, double y) {
    pan(
        window.getWidth() / 2 - (shift.getX() + x * scale.getX()),
        window.getHeight() / 2 - (shift.getY() + y * scale.getX()));
  }

  /** Shows every card, as large as it may be. */
  void fit(Collection<NodeCard> cards, CardPlaces places) {
    userMoved = false;
    if (cards.isEmpty() || window.getWidth() < 50) {
      return;
    }
    Bounds all = around(cards, places, seen());
    double width = window.getWidth();
    double room = window.getHeight() - AROUND - BELOW;
    double wanted =
        Math.min(
            largest, // larger than life helps nobody, but a room
            Math.min((width - 2 * AROUND) / all.getWidth(), room / all.getHeight()));
    wanted = Math.clamp(wanted, MIN_SCALE, MAX_SCALE);
    shift.setX(Math.round((width - all.getWidth() * wanted) / 2 - all.getMinX() * wanted));
    shift.setY(Math.round(AROUND + (room - all.getHeight() * wanted) / 2 - all.getMinY() * wanted));
    setScale(wanted);
  }

  /** The box around all cards, or around what is seen if there are none. */
  static Bounds around(Iterable<NodeCard> cards, CardPlaces places, Bounds otherwise) {
    double minX = Double.MAX_VALUE;
    double minY = Double.MAX_VALUE;
    double maxX = -Double.MAX_VALUE;
    double maxY = -Double.MAX_VALUE;
    for (NodeCard card : cards) {
      CardPlaces.Place place = places.of(card.node());
      minX = Math.min(minX, place.x());
      minY = Math.min(minY, place.y());
      maxX = Math.max(maxX, place.x() + NodeCard.WIDTH);
      maxY = Math.max(maxY, place.y() + card.height());
    }
    return maxX < minX ? otherwise : new BoundingBox(minX, minY, maxX - minX, maxY - minY);
  }

  private void setScale(double wanted) {
    scale.setX(wanted);
    scale.setY(wanted);
    zoom.set(wanted);
    drawGrid();
    zoomed.run();
  }

  /** What is seen, in the world's coordinates. */
  Bounds seen() {
    return world.parentToLocal(new BoundingBox(0, 0, window.getWidth(), window.getHeight()));
  }

  /** What lies outside the window is not worth the work; it is shown when it is moved into view. */
  boolean isInView(CardPlaces.Place place, double height) {
    double left = shift.getX() + place.x() * scale.getX();
    double top = shift.getY() + place.y() * scale.getX();
    return window.getWidth() == 0
        || (left < window.getWidth() + MARGIN
            && left + NodeCard.WIDTH * scale.getX() > -MARGIN
            && top < window.getHeight() + MARGIN
            && top + height * scale.getX() > -MARGIN);
  }

  /** Follows the window's size; whether that is another than before. */
  boolean resize(double width, double height) {
    if (grid.getWidth() == width && grid.getHeight() == height) {
      return false;
    }
    grid.setWidth(width);
    grid.setHeight(height);
    drawGrid();
    return true;
  }

  private void drawGrid() {
    GraphicsContext g = grid.getGraphicsContext2D();
    g.clearRect(0, 0, grid.getWidth(), grid.getHeight());
    if (!tools.switches().drawsGrid()) {
      return;
    }
    double step = GRID * scale.getX();
    while (step < 16) {
      step *= 2;
    }
    g.setFill(tools.theme().color(Role.GRID));
    double x0 = Math.floorMod((long) shift.getX(), (long) Math.max(1, step));
    double y0 = Math.floorMod((long) shift.getY(), (long) Math.max(1, step));
    for (double x = x0; x < grid.getWidth(); x += step) {
      for (double y = y0; y < grid.getHeight(); y += step) {
        g.fillRect(Math.round(x), Math.round(y), 2, 2);
      }
    }
  }
}
