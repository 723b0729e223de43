package org.godwit.app.canvas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import org.godwit.app.palette.ProgramLooks.Look;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Migration;
import org.godwit.model.view.ProcessView;

/**
 * What moves above the cards: capsules of processes under way, captions of those that have landed,
 * decisions in words. FX thread only.
 */
final class FlightLayer {
  private final ShownCluster shown;
  private final CanvasTools tools;
  private final Pane layer;
  private final Map<ProcessId, Capsule> capsules = new TreeMap<>();
  private final Map<Integer, Label> bubbles = new TreeMap<>();
  private final List<Fading> fading = new ArrayList<>();

  /** A node of the scene that goes away by itself. */
  private record Fading(Node node, double[] left) {}

  FlightLayer(ShownCluster shown, CanvasTools tools, Pane layer) {
    this.shown = shown;
    this.tools = tools;
    this.layer = layer;
  }

  /** Draws what is under way. */
  void show() {
    Set<ProcessId> wanted = new TreeSet<>();
    int drawn = 0;
    for (FlightBoard.Flight flight : shown.flights().flights()) {
      NodeCard from = shown.cards().get(flight.from());
      NodeCard to = shown.cards().get(flight.to());
      ProcessView process = shown.processes().get(flight.process());
      boolean flies = !shown.flights().isReduced() && drawn++ < FlightBoard.DRAWN;
      if (from == null || to == null || process == null || !flies) {
        continue;
      }
      wanted.add(flight.process());
      Look look = tools.looks().of(process.program());
      Capsule capsule =
          capsules.computeIfAbsent(
              flight.process(),
              _ -> {
                Capsule made = new Capsule(look);
                layer.getChildren().add(made);
                return made;
              });
      Point2D start = shown.seat(flight.from(), flight.process()).orElse(shown.middle(from));
      Point2D end = shown.middle(to);
      double way = ease(flight.progress());
      capsule.show(
          start.getX() + (end.getX() - start.getX()) * way,
          start.getY() + (end.getY() - start.getY()) * way,
          flight.filled());
    }
    capsules
        .entrySet()
        .removeIf(e -> !wanted.contains(e.getKey()) && layer.getChildren().remove(e.getValue()));
  }

  /** Ease-out of the visual language, (.2, 0, 0, 1), near enough: a cubic. */
  private static double ease(double t) {
    double rest = 1 - t;
    return 1 - rest * rest * rest;
  }

  /** Says what the move of a chip that has landed was. */
  void celebrate(FlightBoard.Flight flight, ProcessChip chip) {
    Migration result = flight.result();
    NodeCard card = shown.cards().get(flight.to());
    if (chip != null) {
      chip.glow();
    }
    if (result != null && card != null && card.level() == NodeCard.Level.FULL) {
      Label caption =
          new Label(
              tools
                  .messages()
                  .of(
                      "canvas.landed",
                      ClusterCanvas.bytes(result.bytes()),
                      ClusterCanvas.millis(result.resumedNanos() - result.frozenNanos())));
      caption.getStyleClass().addAll("flight-caption", "mono");
      CardPlaces.Place place = shown.places().of(flight.to());
      caption.relocate(place.x() + 8, place.y() - 22);
      layer.getChildren().add(caption);
      fading.add(new Fading(caption, new double[] {2_000}));
    }
  }

  /** The last decision of a crowded node, below its card for a few seconds. */
  void showBubbles() {
    for (NodeCard card : shown.cards().values()) {
      Optional<String> words =
          card.level() == NodeCard.Level.FULL
              ? shown.notes().decision(card.node(), tools.messages())
              : Optional.empty();
      Label bubble = bubbles.get(card.node());
      if (words.isEmpty()) {
        if (bubble != null) {
          layer.getChildren().remove(bubbles.remove(card.node()));
        }
        continue;
      }
      if (bubble == null) {
        bubble = new Label();
        bubble.getStyleClass().add("card-bubble");
        bubble.setWrapText(true);
        bubble.setMaxWidth(NodeCard.WIDTH);
        bubbles.put(card.node(), bubble);
        layer.getChildren().add(bubble);
      }
      if (!words.get().equals(bubble.getText())) {
        bubble.setText(words.get());
      }
      CardPlaces.Place place = shown.places().of(card.node());
      bubble.relocate(place.x(), place.y() + card.height() + 6);
    }
  }

  /** Lets captions fade. */
  void tick(double millis) {
    for (Fading each : List.copyOf(fading)) {
      each.left[0] -= millis;
      each.node.setOpacity(Math.clamp(each.left[0] / 400, 0, 1));
      if (each.left[0] <= 0) {
        fading.remove(each);
        layer.getChildren().remove(each.node);
      }
    }
  }

  /** A card is gone, and what it said. */
  void forget(int node) {
    layer.getChildren().remove(bubbles.remove(node));
  }

  void clear() {
    layer.getChildren().clear();
    capsules.clear();
    fading.clear();
    bubbles.clear();
  }
}
