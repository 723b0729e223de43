package org.godwit.app.workbench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import org.godwit.app.theme.Role;
import org.godwit.app.theme.Theme;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;

/**
 * What happened when, as signs over the time bar: a triangle for a launch, a diamond for a move, a
 * square for a lock, a cross for a fault, as the charts mark them. Painted on one canvas, and only
 * when a sign comes to lie on another pixel. FX thread only.
 */
final class TimeTicks extends Region {
  /** Half the width of a sign. */
  private static final double HALF = 3;

  /** Signs of a kind nearer than this many pixels to one before are not drawn. */
  private static final int LEAST_GAP = 5;

  /** The thumb's centre goes from half a thumb to the width less half a thumb. */
  private static final double INSET = 8;

  /** Room between the bar's upper edge and the signs. */
  private static final double BELOW = 3;

  private static final double HEIGHT = 2 * HALF + BELOW + 1;

  /** A sign's shape; later ones are drawn over earlier ones. */
  enum Kind {
    LAUNCH,
    LOCK,
    MOVE,
    FAULT;

    static Optional<Kind> of(Happening what) {
      return switch (what) {
        case Happening.Launched _ -> Optional.of(LAUNCH);
        case Happening.LockChanged _ -> Optional.of(LOCK);
        case Happening.Migrated _ -> Optional.of(MOVE);
        case Happening.Killed _,
            Happening.Lost _,
            Happening.NodeCrashed _,
            Happening.OutOfMemory _ ->
            Optional.of(FAULT);
        default -> Optional.empty();
      };
    }
  }

  /** A sign on the canvas: its kind and the pixel of its middle. */
  record Sign(Kind kind, int x) {}

  private final Theme theme;
  private final Canvas canvas = new Canvas();
  private final Map<Kind, TreeSet<Long>> moments = new EnumMap<>(Kind.class);
  private List<Sign> painted = List.of();
  private int paintings;

  TimeTicks(Theme theme) {
    this.theme = theme;
    for (Kind kind : Kind.values()) {
      moments.put(kind, new TreeSet<>());
    }
    setMouseTransparent(true);
    setMinHeight(HEIGHT);
    getChildren().setAll(canvas);
    theme.variantProperty().addListener(_ -> paint());
  }

  /** Another session: nothing has happened yet. */
  void clear() {
    moments.values().forEach(TreeSet::clear);
  }

  /** Takes over what happened. */
  void add(List<Event> events) {
    for (Event event : events) {
      Kind.of(event.what()).ifPresent(kind -> moments.get(kind).add(event.atNanos()));
    }
  }

  /** Shows everything from the beginning to {@code latest}; what was noted later is dropped. */
  void show(long latest) {
    List<Sign> signs = new ArrayList<>();
    double width = getWidth() - 2 * INSET;
    moments.forEach(
        (kind, times) -> {
          // A future that was left behind is longer than the one that begins here.
          times.tailSet(latest, false).clear();
          if (width > 0 && latest > 0) {
            place(kind, times, latest, width, signs);
          }
        });
    if (!signs.equals(painted) || canvas.getWidth() != getWidth()) {
      painted = signs;
      canvas.setWidth(getWidth());
      canvas.setHeight(HEIGHT);
      paint();
    }
  }

  /** From sign to sign, not from moment to moment: a long session has thousands of them. */
  private static void place(
      Kind kind, TreeSet<Long> times, long latest, double width, List<Sign> signs) {
    for (Long at = times.isEmpty() ? null : times.getFirst(); at != null; ) {
      int x = (int) Math.floor(INSET + width * at / latest + 0.5);
      signs.add(new Sign(kind, x));
      long next = (long) Math.ceil((x + LEAST_GAP - 0.5 - INSET) / width * latest);
      at = times.ceiling(Math.max(next, at + 1));
    }
  }

  /** What is drawn, for tests. */
  List<Sign> signs() {
    return painted;
  }

  /** How often it was drawn, for tests. */
  int paintings() {
    return paintings;
  }

  private void paint() {
    paintings++;
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    double y = HALF + BELOW;
    for (Sign sign : painted) {
      double x = sign.x();
      g.setFill(theme.color(sign.kind() == Kind.MOVE ? Role.ACCENT : Role.MUTED));
      switch (sign.kind()) {
        case LAUNCH ->
            g.fillPolygon(
                new double[] {x - HALF, x, x + HALF},
                new double[] {y + HALF, y - HALF, y + HALF},
                3);
        case LOCK -> g.fillRect(x - HALF + 0.5, y - HALF + 0.5, 2 * HALF - 1, 2 * HALF - 1);
        case MOVE ->
            g.fillPolygon(
                new double[] {x - HALF, x, x + HALF, x},
                new double[] {y, y - HALF, y, y + HALF},
                4);
        case FAULT -> {
          g.setStroke(theme.color(Role.DANGER));
          g.setLineWidth(1.5);
          g.strokeLine(x - HALF, y - HALF, x + HALF, y + HALF);
          g.strokeLine(x - HALF, y + HALF, x + HALF, y - HALF);
        }
      }
    }
  }
}
