package org.godwit.app.canvas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javafx.geometry.Point2D;
import org.godwit.app.bridge.Frame;
import org.godwit.model.ProcessId;
import org.godwit.model.view.ProcessView;

/**
 * What the layers of the canvas draw: the frame, who sits where, who is under way, where the cards
 * lie. Taken over frame by frame by {@link ClusterCanvas}; the layers only read it. FX thread only.
 */
final class ShownCluster {
  private final SlotBoard slots = new SlotBoard();
  private final FlightBoard flights = new FlightBoard();
  private final CardPlaces places = new CardPlaces();
  private final CardNotes notes = new CardNotes();
  private final Map<Integer, NodeCard> cards = new TreeMap<>();
  private Frame frame = Frame.EMPTY;
  private Map<ProcessId, ProcessView> processes = Map.of();

  /**
   * Takes a frame over.
   *
   * @param jumped whether time did not just pass: where everybody is counts, not how they came
   *     there
   */
  void accept(Frame next, boolean jumped, boolean past) {
    frame = next;
    Map<ProcessId, ProcessView> byId = new LinkedHashMap<>();
    next.view().processes().forEach(p -> byId.put(p.id(), p));
    processes = byId;
    flights.accept(next, jumped);
    if (past) {
      flights.settle();
    }
    notes.accept(next, jumped);
    places.settle(next.view().nodes(), NodeCard.WIDTH, 220);
  }

  /** Gives everybody a slot on the card where it is shown. */
  void seat() {
    List<ProcessView> seated = new ArrayList<>();
    for (ProcessView process : processes.values()) {
      if (process.state() != ProcessView.State.EXITED) {
        seated.add(process);
      }
    }
    slots.seat(seated, flights::shownAt);
  }

  Frame frame() {
    return frame;
  }

  Map<ProcessId, ProcessView> processes() {
    return processes;
  }

  SlotBoard slots() {
    return slots;
  }

  FlightBoard flights() {
    return flights;
  }

  CardPlaces places() {
    return places;
  }

  CardNotes notes() {
    return notes;
  }

  /** The cards by node number; {@link CardLayer} makes and removes them. */
  Map<Integer, NodeCard> cards() {
    return cards;
  }

  /** The node on whose card a process is shown now; its home if it is not shown. */
  int shownAt(ProcessId id) {
    ProcessView process = processes.get(id);
    return process == null ? id.home() : flights.shownAt(process);
  }

  /** Middle of a process's slot on a card, in world coordinates. */
  Optional<Point2D> seat(int node, ProcessId id) {
    NodeCard card = cards.get(node);
    int slot = slots.slots(node).indexOf(id);
    if (card == null || slot < 0) {
      return Optional.empty();
    }
    CardPlaces.Place place = places.of(node);
    int row = slots.slots(node).size() > NodeCard.CHIPS ? 0 : slot;
    return Optional.of(
        new Point2D(place.x() + card.slotCentreX(row), place.y() + card.slotCentreY(row)));
  }

  Point2D middle(NodeCard card) {
    CardPlaces.Place place = places.of(card.node());
    return new Point2D(place.x() + NodeCard.WIDTH / 2, place.y() + card.height() / 2);
  }
}
