package org.godwit.app.canvas;

import java.util.Map;
import java.util.TreeMap;
import org.godwit.model.Problem;

/**
 * Lets cards glide to new places, or puts them there at once when motion is reduced. FX thread
 * only.
 */
final class CardMover {
  private static final double MILLIS = 240;

  private final ClusterCanvas canvas;
  private Map<Integer, CardPlaces.Place> from = Map.of();
  private Map<Integer, CardPlaces.Place> to = Map.of();
  private double elapsed;
  private boolean fitting;

  CardMover(ClusterCanvas canvas) {
    this.canvas = canvas;
  }

  /** Moves cards as one deed; {@code fit} shows the whole cluster afterwards. */
  void move(Map<Integer, CardPlaces.Place> target, Problem name, boolean fit) {
    Map<Integer, CardPlaces.Place> before = now(target);
    if (before.equals(target)) {
      return;
    }
    fitting = fit;
    glide(target);
    canvas.noteMove(name, before, target);
  }

  /** Moves cards without a deed: an undo or a redo. */
  void put(Map<Integer, CardPlaces.Place> target) {
    fitting = false;
    glide(target);
    canvas.keepMoved();
  }

  private Map<Integer, CardPlaces.Place> now(Map<Integer, CardPlaces.Place> target) {
    Map<Integer, CardPlaces.Place> before = new TreeMap<>();
    target.keySet().forEach(id -> before.put(id, canvas.places().of(id)));
    return before;
  }

  private void glide(Map<Integer, CardPlaces.Place> target) {
    from = now(target);
    to = new TreeMap<>(target);
    elapsed = canvas.isMotionReduced() ? MILLIS : 0;
    tick(0);
  }

  /** Lets wall time pass. */
  void tick(double millis) {
    if (to.isEmpty()) {
      return;
    }
    elapsed += millis;
    double rest = 1 - Math.min(1, elapsed / MILLIS);
    double way = 1 - rest * rest * rest;
    to.forEach(
        (id, goal) -> {
          if (canvas.cards().containsKey(id)) {
            CardPlaces.Place start = from.get(id);
            canvas.placeCard(
                id,
                new CardPlaces.Place(
                    start.x() + (goal.x() - start.x()) * way,
                    start.y() + (goal.y() - start.y()) * way));
          }
        });
    canvas.redrawBetween();
    if (elapsed >= MILLIS) {
      to = Map.of();
      if (fitting) {
        canvas.fit();
      }
    }
  }
}
