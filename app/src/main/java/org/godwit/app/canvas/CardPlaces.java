package org.godwit.app.canvas;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.view.NodeView;

/**
 * Where cards lie, in pixels at zoom 1: as the scenario says, or as the user put them since. Cards
 * that would lie on each other are set out in rows. Plain data, one thread.
 */
final class CardPlaces {
  /** Grid to which a card snaps. */
  static final double SNAP = 8;

  private static final Pattern KEPT = Pattern.compile("(\\d{1,6}):(-?\\d{1,7}),(-?\\d{1,7})");

  private final Map<Integer, Place> places = new TreeMap<>();

  /** Upper left corner of a card. */
  record Place(double x, double y) {
    Place snapped() {
      return new Place(Math.round(x / SNAP) * SNAP, Math.round(y / SNAP) * SNAP);
    }
  }

  /** Forgets everything: another session. */
  void clear() {
    places.clear();
  }

  /** Gives every node a place and forgets those that are gone. */
  void settle(List<NodeView> nodes, double width, double height) {
    places.keySet().removeIf(id -> nodes.stream().noneMatch(n -> n.spec().id() == id));
    boolean first = places.isEmpty();
    if (first && collide(nodes, width, height)) {
      setOut(nodes, width, height);
      return;
    }
    for (NodeView node : nodes) {
      places.computeIfAbsent(node.spec().id(), _ -> free(node.spec(), width, height));
    }
  }

  /** The place of a node; settled before. */
  Place of(int node) {
    return places.getOrDefault(node, new Place(0, 0));
  }

  /** Puts a card somewhere. */
  void put(int node, Place place) {
    places.put(node, place);
  }

  /** Every place as text, to be kept. */
  String text() {
    StringBuilder text = new StringBuilder();
    places.forEach(
        (id, place) ->
            text.append(text.isEmpty() ? "" : ";")
                .append(String.format(Locale.ROOT, "%d:%.0f,%.0f", id, place.x(), place.y())));
    return text.toString();
  }

  /** Takes places over from {@link #text}, for nodes that are there; skips what it cannot read. */
  void recall(String text) {
    Matcher part = KEPT.matcher(text);
    while (part.find()) {
      places.computeIfPresent(
          Integer.valueOf(part.group(1)),
          (_, _) ->
              new Place(Double.parseDouble(part.group(2)), Double.parseDouble(part.group(3))));
    }
  }

  /** A free spot for a new card, at or after the wanted one. */
  Place free(double x, double y, double width, double height) {
    Place wanted = new Place(x, y).snapped();
    while (isTaken(wanted, width, height)) {
      wanted = new Place(wanted.x() + SNAP * 5, wanted.y() + SNAP * 5);
    }
    return wanted;
  }

  private Place free(NodeSpec spec, double width, double height) {
    return places.isEmpty() ? new Place(spec.x(), spec.y()) : freeUnless(spec, width, height);
  }

  private Place freeUnless(NodeSpec spec, double width, double height) {
    Place own = new Place(spec.x(), spec.y());
    return isTaken(own, width, height) ? free(spec.x(), spec.y(), width, height) : own;
  }

  private boolean isTaken(Place wanted, double width, double height) {
    return places.values().stream()
        .anyMatch(
            p -> Math.abs(p.x() - wanted.x()) < width && Math.abs(p.y() - wanted.y()) < height);
  }

  private static boolean collide(List<NodeView> nodes, double width, double height) {
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = 0; j < i; j++) {
        NodeSpec a = nodes.get(i).spec();
        NodeSpec b = nodes.get(j).spec();
        if (Math.abs(a.x() - b.x()) < width && Math.abs(a.y() - b.y()) < height) {
          return true;
        }
      }
    }
    return false;
  }

  private void setOut(List<NodeView> nodes, double width, double height) {
    int columns = Math.max(1, (int) Math.ceil(Math.sqrt(nodes.size() * 1.2)));
    double stepX = Math.ceil((width + 96) / SNAP) * SNAP;
    double stepY = Math.ceil((height + 80) / SNAP) * SNAP;
    for (int i = 0; i < nodes.size(); i++) {
      places.put(
          nodes.get(i).spec().id(),
          new Place(40 + i % columns * stepX, 40 + Math.floorDiv(i, columns) * stepY));
    }
  }
}
