package org.godwit.app.canvas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.godwit.app.canvas.CardPlaces.Place;

/**
 * Works out where cards go when they are put in order. Aligning and spreading are what their names
 * say. The layered layout sets rows by distance from the best connected card and orders each row by
 * the mean place of its neighbours (the barycentre method of Sugiyama, Tagawa and Toda, 1981); the
 * force layout is that of Fruchterman and Reingold (1991), begun from where the cards are, so that
 * it is the same each time. The last two leave no card on another. Pure functions; the force layout
 * is quadratic in the cards, times {@value #ROUNDS}: not for the FX thread beyond a few dozen.
 */
final class CardArranger {
  static final int ROUNDS = 200;
  private static final double GAP_X = 96;
  private static final double GAP_Y = 80;
  private static final double LEAST_GAP = 40;
  private static final int SWEEPS = 8;

  private CardArranger() {}

  /** A card: its upper left corner and size. */
  record Box(double x, double y, double width, double height) {
    double middleX() {
      return x + width / 2;
    }

    double middleY() {
      return y + height / 2;
    }
  }

  /** A link between two cards. */
  record Edge(int a, int b) {}

  /**
   * New places for cards.
   *
   * @param how the order
   * @param boxes the cards by node
   * @param edges links; those to other cards are ignored
   * @return a place for each card, on the grid
   */
  static Map<Integer, Place> arrange(
      Arranging how, SortedMap<Integer, Box> boxes, List<Edge> edges) {
    if (boxes.isEmpty()) {
      return Map.of();
    }
    List<Edge> inner =
        edges.stream()
            .filter(e -> e.a != e.b && boxes.containsKey(e.a) && boxes.containsKey(e.b))
            .toList();
    return switch (how) {
      case LEFT -> shift(boxes, b -> least(boxes, Box::x) - b.x, b -> 0);
      case RIGHT -> shift(boxes, b -> most(boxes, x -> x.x + x.width) - b.x - b.width, b -> 0);
      case CENTRE -> shift(boxes, b -> mean(boxes, Box::middleX) - b.middleX(), b -> 0);
      case TOP -> shift(boxes, b -> 0, b -> least(boxes, Box::y) - b.y);
      case BOTTOM -> shift(boxes, b -> 0, b -> most(boxes, x -> x.y + x.height) - b.y - b.height);
      case MIDDLE -> shift(boxes, b -> 0, b -> mean(boxes, Box::middleY) - b.middleY());
      case ACROSS -> spread(boxes, true);
      case DOWN -> spread(boxes, false);
      case GRID -> rows(boxes, List.of(List.copyOf(boxes.keySet())), 1.2);
      case LAYERED -> rows(boxes, layers(boxes, inner), 1.6);
      case FORCE -> force(boxes, inner);
    };
  }

  private static double least(Map<Integer, Box> boxes, ToDoubleFunction<Box> what) {
    return boxes.values().stream().mapToDouble(what).min().orElseThrow();
  }

  private static double most(Map<Integer, Box> boxes, ToDoubleFunction<Box> what) {
    return boxes.values().stream().mapToDouble(what).max().orElseThrow();
  }

  private static double mean(Map<Integer, Box> boxes, ToDoubleFunction<Box> what) {
    return boxes.values().stream().mapToDouble(what).average().orElseThrow();
  }

  private static Map<Integer, Place> shift(
      Map<Integer, Box> boxes, ToDoubleFunction<Box> dx, ToDoubleFunction<Box> dy) {
    Map<Integer, Place> places = new TreeMap<>();
    boxes.forEach(
        (id, box) ->
            places.put(
                id,
                new Place(box.x + dx.applyAsDouble(box), box.y + dy.applyAsDouble(box)).snapped()));
    return places;
  }

  /** The outermost stay; between them all gaps are equal. */
  private static Map<Integer, Place> spread(Map<Integer, Box> boxes, boolean across) {
    List<Map.Entry<Integer, Box>> order = new ArrayList<>(boxes.entrySet());
    ToDoubleFunction<Box> start = across ? Box::x : Box::y;
    ToDoubleFunction<Box> size = across ? Box::width : Box::height;
    order.sort(Comparator.comparingDouble(e -> start.applyAsDouble(e.getValue())));
    double from = start.applyAsDouble(order.getFirst().getValue());
    double to =
        start.applyAsDouble(order.getLast().getValue())
            + size.applyAsDouble(order.getLast().getValue());
    double taken = order.stream().mapToDouble(e -> size.applyAsDouble(e.getValue())).sum();
    double gap = order.size() < 2 ? 0 : Math.max(8, (to - from - taken) / (order.size() - 1));
    Map<Integer, Place> places = new TreeMap<>();
    double at = from;
    for (Map.Entry<Integer, Box> each : order) {
      Box box = each.getValue();
      places.put(each.getKey(), (across ? new Place(at, box.y) : new Place(box.x, at)).snapped());
      at += size.applyAsDouble(box) + gap;
    }
    return places;
  }

  /** Sets rows out, wrapping long ones, the upper left corner where it was. */
  private static Map<Integer, Place> rows(
      Map<Integer, Box> boxes, List<List<Integer>> layers, double breadth) {
    int most = Math.max(1, (int) Math.ceil(Math.sqrt(boxes.size() * breadth)));
    double stepX = most(boxes, Box::width) + GAP_X;
    List<List<Integer>> rows = new ArrayList<>();
    for (List<Integer> layer : layers) {
      int wrapped = Math.ceilDiv(layer.size(), most);
      int each = Math.ceilDiv(layer.size(), Math.max(1, wrapped));
      for (int i = 0; i < layer.size(); i += each) {
        rows.add(layer.subList(i, Math.min(layer.size(), i + each)));
      }
    }
    int widest = rows.stream().mapToInt(List::size).max().orElse(1);
    double left = least(boxes, Box::x);
    double y = least(boxes, Box::y);
    Map<Integer, Place> places = new TreeMap<>();
    for (List<Integer> row : rows) {
      double x = left + (layers.size() > 1 ? (widest - row.size()) * stepX / 2 : 0);
      double tallest = 0;
      for (int id : row) {
        places.put(id, new Place(x, y).snapped());
        x += stepX;
        tallest = Math.max(tallest, boxes.get(id).height);
      }
      y += tallest + GAP_Y;
    }
    return places;
  }

  private static List<List<Integer>> layers(SortedMap<Integer, Box> boxes, List<Edge> edges) {
    Map<Integer, List<Integer>> near = new TreeMap<>();
    boxes.keySet().forEach(id -> near.put(id, new ArrayList<>()));
    for (Edge edge : edges) {
      near.get(edge.a).add(edge.b);
      near.get(edge.b).add(edge.a);
    }
    Map<Integer, Integer> depth = new HashMap<>();
    List<Integer> byDegree = new ArrayList<>(near.keySet());
    byDegree.sort(Comparator.comparingInt((Integer id) -> -near.get(id).size()));
    // Each part of the cluster that hangs together begins at its best connected card.
    for (int root : byDegree) {
      if (!depth.containsKey(root)) {
        walk(root, near, depth);
      }
    }
    int deepest = depth.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    List<List<Integer>> layers = new ArrayList<>();
    for (int i = 0; i <= deepest; i++) {
      layers.add(new ArrayList<>());
    }
    boxes.keySet().forEach(id -> layers.get(depth.get(id)).add(id));
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 0; i < layers.size(); i++) {
        order(layers, sweep % 2 == 0 ? i : layers.size() - 1 - i, near);
      }
    }
    return layers;
  }

  private static void walk(
      int root, Map<Integer, List<Integer>> near, Map<Integer, Integer> depth) {
    List<Integer> ring = List.of(root);
    depth.put(root, 0);
    for (int far = 1; !ring.isEmpty(); far++) {
      List<Integer> next = new ArrayList<>();
      for (int id : ring) {
        for (int other : near.get(id)) {
          if (depth.putIfAbsent(other, far) == null) {
            next.add(other);
          }
        }
      }
      ring = next;
    }
  }

  /** Orders one layer by where the neighbours of its cards are, as shares of their layers. */
  private static void order(
      List<List<Integer>> layers, int which, Map<Integer, List<Integer>> near) {
    Map<Integer, Double> where = new HashMap<>();
    for (List<Integer> layer : layers) {
      for (int i = 0; i < layer.size(); i++) {
        where.put(layer.get(i), (i + 0.5) / layer.size());
      }
    }
    Map<Integer, Double> wanted = new HashMap<>();
    for (int id : layers.get(which)) {
      wanted.put(
          id,
          near.get(id).stream()
              .filter(other -> !layers.get(which).contains(other))
              .mapToDouble(where::get)
              .average()
              .orElse(where.get(id)));
    }
    layers.get(which).sort(Comparator.comparingDouble(wanted::get));
  }

  private static Map<Integer, Place> force(SortedMap<Integer, Box> boxes, List<Edge> edges) {
    int count = boxes.size();
    List<Integer> ids = List.copyOf(boxes.keySet());
    Map<Integer, Integer> index = new HashMap<>();
    double[] x = new double[count];
    double[] y = new double[count];
    for (int i = 0; i < count; i++) {
      index.put(ids.get(i), i);
      // Cards exactly on each other would never part; a turn of a spiral by number parts them.
      x[i] = boxes.get(ids.get(i)).middleX() + Math.cos(i * 2.4) * (1 + i);
      y[i] = boxes.get(ids.get(i)).middleY() + Math.sin(i * 2.4) * (1 + i);
    }
    double size = Math.max(most(boxes, Box::width), most(boxes, Box::height)) + LEAST_GAP;
    double[] dx = new double[count];
    double[] dy = new double[count];
    double area = size * Math.sqrt(count);
    for (int round = 0; round < ROUNDS; round++) {
      pushApart(x, y, dx, dy, size);
      for (Edge edge : edges) {
        pull(x, y, dx, dy, index.get(edge.a), index.get(edge.b), size);
      }
      double heat = area * 0.2 * (1 - (double) round / ROUNDS) + 1;
      for (int i = 0; i < count; i++) {
        // A little towards the middle, or parts without a link would drift away for ever.
        dx[i] -= x[i] * 0.02;
        dy[i] -= y[i] * 0.02;
        double far = Math.max(1e-9, Math.hypot(dx[i], dy[i]));
        x[i] += dx[i] / far * Math.min(far, heat);
        y[i] += dy[i] / far * Math.min(far, heat);
      }
    }
    return settled(boxes, ids, x, y);
  }

  private static void pushApart(double[] x, double[] y, double[] dx, double[] dy, double size) {
    for (int i = 0; i < x.length; i++) {
      dx[i] = 0;
      dy[i] = 0;
    }
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < i; j++) {
        double awayX = x[i] - x[j];
        double awayY = y[i] - y[j];
        double square = Math.max(1, awayX * awayX + awayY * awayY);
        double push = size * size / square;
        dx[i] += awayX * push;
        dy[i] += awayY * push;
        dx[j] -= awayX * push;
        dy[j] -= awayY * push;
      }
    }
  }

  private static void pull(
      double[] x, double[] y, double[] dx, double[] dy, int a, int b, double size) {
    double awayX = x[a] - x[b];
    double awayY = y[a] - y[b];
    double pull = Math.hypot(awayX, awayY) / size;
    dx[a] -= awayX * pull;
    dy[a] -= awayY * pull;
    dx[b] += awayX * pull;
    dy[b] += awayY * pull;
  }

  /** On the grid, the whole where it was, and spread until no card lies on another. */
  private static Map<Integer, Place> settled(
      Map<Integer, Box> boxes, List<Integer> ids, double[] x, double[] y) {
    double wide = 1;
    while (overlaps(boxes, ids, x, y, wide)) {
      wide *= 1.08;
    }
    double left = Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    for (int i = 0; i < x.length; i++) {
      left = Math.min(left, x[i] * wide - boxes.get(ids.get(i)).width / 2);
      top = Math.min(top, y[i] * wide - boxes.get(ids.get(i)).height / 2);
    }
    Map<Integer, Place> places = new TreeMap<>();
    for (int i = 0; i < x.length; i++) {
      Box box = boxes.get(ids.get(i));
      places.put(
          ids.get(i),
          new Place(
                  x[i] * wide - box.width / 2 - left + least(boxes, Box::x),
                  y[i] * wide - box.height / 2 - top + least(boxes, Box::y))
              .snapped());
    }
    return places;
  }

  private static boolean overlaps(
      Map<Integer, Box> boxes, List<Integer> ids, double[] x, double[] y, double wide) {
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < i; j++) {
        Box a = boxes.get(ids.get(i));
        Box b = boxes.get(ids.get(j));
        if (Math.abs(x[i] - x[j]) * wide < (a.width + b.width) / 2 + LEAST_GAP / 2
            && Math.abs(y[i] - y[j]) * wide < (a.height + b.height) / 2 + LEAST_GAP / 2) {
          return true;
        }
      }
    }
    return false;
  }
}
