package org.godwit.app.canvas;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javafx.geometry.Point2D;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.godwit.app.selection.SelectionModel;
import org.godwit.model.ProcessId;

/**
 * The canvas without a mouse: arrows go from card to card, Ctrl and arrows push the selected cards,
 * Enter goes to the processes of a card, arrows go through them, Esc goes back to the card. FX
 * thread only.
 */
final class CanvasKeys {
  private final ClusterCanvas canvas;
  private final SelectionModel selection;

  CanvasKeys(ClusterCanvas canvas, SelectionModel selection) {
    this.canvas = canvas;
    this.selection = selection;
    canvas.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
  }

  private void pressed(KeyEvent e) {
    boolean done =
        switch (e.getCode()) {
          case LEFT, RIGHT, UP, DOWN -> arrow(e);
          case ENTER -> enter();
          case ESCAPE -> back();
          default -> false;
        };
    if (done) {
      e.consume();
    }
  }

  private boolean arrow(KeyEvent e) {
    int dx = e.getCode() == KeyCode.LEFT ? -1 : e.getCode() == KeyCode.RIGHT ? 1 : 0;
    int dy = e.getCode() == KeyCode.UP ? -1 : e.getCode() == KeyCode.DOWN ? 1 : 0;
    if (e.isShortcutDown()) {
      Map<Integer, CardPlaces.Place> before = new TreeMap<>();
      selection.nodes().forEach(node -> before.put(node, canvas.places().of(node)));
      selection.nodes().forEach(node -> push(node, dx, dy));
      canvas.moved(before);
      return !selection.nodes().isEmpty();
    }
    if (!selection.processes().isEmpty()) {
      return nextProcess(dx, dy);
    }
    nearest(dx, dy).ifPresent(card -> selection.selectNode(card.node()));
    return true;
  }

  private void push(int node, int dx, int dy) {
    CardPlaces.Place place = canvas.places().of(node);
    canvas.moveCard(
        node,
        new CardPlaces.Place(place.x() + dx * CardPlaces.SNAP, place.y() + dy * CardPlaces.SNAP));
  }

  private boolean nextProcess(int dx, int dy) {
    ProcessId lead = selection.processes().getLast();
    int node = canvas.shownAt(lead);
    List<ProcessId> here = canvas.processesOn(node);
    int at = here.indexOf(lead) + dx + dy * NodeCard.COLUMNS;
    if (at >= 0 && at < here.size()) {
      selection.select(here.get(at));
    }
    return true;
  }

  private boolean enter() {
    Optional<Integer> node = selection.leadNode();
    if (node.isEmpty()) {
      return false;
    }
    List<ProcessId> here = canvas.processesOn(node.get());
    if (!here.isEmpty()) {
      selection.select(here.getFirst());
    }
    return true;
  }

  private boolean back() {
    Optional<ProcessId> lead = selection.leadProcess();
    if (lead.isPresent()) {
      selection.selectNode(canvas.shownAt(lead.get()));
      return true;
    }
    boolean any = !selection.nodes().isEmpty();
    selection.clear();
    return any;
  }

  /** The nearest card in a direction; distance aside counts double. */
  private Optional<NodeCard> nearest(int dx, int dy) {
    Optional<Integer> from = selection.leadNode();
    if (from.isEmpty() || !canvas.cards().containsKey(from.get())) {
      return canvas.cards().values().stream().findFirst();
    }
    Point2D here = canvas.middle(canvas.cards().get(from.get()));
    NodeCard best = null;
    double least = Double.MAX_VALUE;
    for (NodeCard card : canvas.cards().values()) {
      Point2D way = canvas.middle(card).subtract(here);
      double along = way.getX() * dx + way.getY() * dy;
      double aside = Math.abs(way.getX() * dy) + Math.abs(way.getY() * dx);
      if (along > 1 && along + 2 * aside < least) {
        least = along + 2 * aside;
        best = card;
      }
    }
    return Optional.ofNullable(best);
  }
}
