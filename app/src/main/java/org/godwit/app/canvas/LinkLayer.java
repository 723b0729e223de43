package org.godwit.app.canvas;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javafx.geometry.Point2D;
import javafx.scene.layout.Pane;
import org.godwit.app.text.Messages;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.view.LinkView;

/** The links between the cards. FX thread only. */
final class LinkLayer {
  /** Above so many only those are drawn on which something happens. */
  private static final int LINKS = 120;

  private final ShownCluster shown;
  private final Messages messages;
  private final Pane layer;
  private final Map<Long, LinkLine> links = new TreeMap<>();

  LinkLayer(ShownCluster shown, Messages messages, Pane layer) {
    this.shown = shown;
    this.messages = messages;
    this.layer = layer;
  }

  /** Draws them where the cards are now. */
  void show() {
    List<LinkView> all = shown.frame().view().links();
    boolean many = all.size() > LINKS;
    Set<Long> drawn = new TreeSet<>();
    Set<Long> flown = new HashSet<>();
    shown.flights().flights().forEach(f -> flown.add(key(f.from(), f.to())));
    for (LinkView view : all) {
      LinkSpec spec = view.spec();
      long key = key(spec.a(), spec.b());
      boolean flying = !flown.isEmpty() && flown.contains(key);
      boolean busy = flying || view.shareForth() > 0.02 || view.shareBack() > 0.02 || !view.up();
      // First of all: a cluster of 256 nodes has 32,640 of them, and next to all are idle.
      if (many && !busy) {
        continue;
      }
      NodeCard a = shown.cards().get(spec.a());
      NodeCard b = shown.cards().get(spec.b());
      if (a == null || b == null) {
        continue;
      }
      drawn.add(key);
      LinkLine line = links.get(key);
      if (line == null) {
        line =
            new LinkLine(
                spec,
                () ->
                    messages.of(
                        "canvas.link", spec.megabitsPerSecond(), spec.latencyNanos() / 1000));
        line.setUserData(spec);
        links.put(key, line);
        layer.getChildren().add(line);
      }
      Point2D from = shown.middle(a);
      Point2D to = shown.middle(b);
      line.place(from.getX(), from.getY(), to.getX(), to.getY());
      line.show(view, flying);
    }
    links
        .entrySet()
        .removeIf(e -> !drawn.contains(e.getKey()) && layer.getChildren().remove(e.getValue()));
  }

  private static long key(int a, int b) {
    return (long) Math.min(a, b) << 32 | Math.max(a, b);
  }

  void clear() {
    layer.getChildren().clear();
    links.clear();
  }
}
