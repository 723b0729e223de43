package org.godwit.app.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.godwit.model.ProcessId;

/**
 * Where the user has been: selections and moments, to go back and forward through like in a
 * browser. Selecting nothing is no place. FX thread only; keeps the newest {@value #KEPT}.
 */
public final class VisitedPlaces {
  private static final int KEPT = 100;
  private static final long NEAR_NANOS = 1_000_000_000L;

  private final SelectionModel selection;
  private final List<Place> places = new ArrayList<>();
  private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper(this, "canGoBack");
  private final ReadOnlyBooleanWrapper canGoForward =
      new ReadOnlyBooleanWrapper(this, "canGoForward");
  private int here = -1;
  private boolean going;

  /** One place. */
  record Place(List<Integer> nodes, List<ProcessId> processes, long moment) {
    /** Whether only the moment differs, and by less than a virtual second. */
    boolean isNear(Place other) {
      return moment != SelectionModel.LIVE
          && other.moment != SelectionModel.LIVE
          && Math.abs(moment - other.moment) < NEAR_NANOS
          && nodes.equals(other.nodes)
          && processes.equals(other.processes);
    }

    boolean isNothing() {
      return nodes.isEmpty() && processes.isEmpty() && moment == SelectionModel.LIVE;
    }
  }

  /** Begins to follow the selection. */
  public VisitedPlaces(SelectionModel selection) {
    this.selection = selection;
    selection.nodes().subscribe(this::visited);
    selection.processes().subscribe(this::visited);
    selection.momentProperty().subscribe(_ -> visited());
  }

  private Place now() {
    return new Place(
        List.copyOf(selection.nodes()),
        List.copyOf(selection.processes()),
        selection.momentProperty().get());
  }

  private void visited() {
    Place now = now();
    if (going || now.isNothing() || (here >= 0 && places.get(here).equals(now))) {
      return;
    }
    places.subList(here + 1, places.size()).clear();
    if (here >= 0 && places.get(here).isNear(now)) {
      // The time bar is being pulled: where it is left counts, not what it passes.
      places.removeLast();
    }
    places.add(now);
    if (places.size() > KEPT) {
      places.removeFirst();
    }
    here = places.size() - 1;
    tell();
  }

  /** Goes to the place before, skipping what no longer exists. */
  public void back(Predicate<ProcessId> exists) {
    go(-1, exists);
  }

  /** Goes to the place after, skipping what no longer exists. */
  public void forward(Predicate<ProcessId> exists) {
    go(1, exists);
  }

  private void go(int step, Predicate<ProcessId> exists) {
    int to = here + step;
    // From "nothing selected" the way back leads to the last place itself.
    if (step < 0 && here >= 0 && now().isNothing()) {
      to = here;
    }
    while (to >= 0 && to < places.size()) {
      Place place = places.get(to);
      List<ProcessId> left = place.processes.stream().filter(exists).toList();
      if (place.processes.isEmpty() || !left.isEmpty()) {
        here = to;
        show(new Place(place.nodes, left, place.moment));
        break;
      }
      to += step;
    }
    tell();
  }

  private void show(Place place) {
    going = true;
    try {
      selection.momentProperty().set(place.moment);
      if (place.processes.isEmpty()) {
        selection.selectNodes(place.nodes);
      } else {
        selection.selectProcesses(place.processes);
      }
    } finally {
      going = false;
    }
  }

  /** Forgets everything: another session. */
  public void clear() {
    places.clear();
    here = -1;
    tell();
  }

  private void tell() {
    canGoBack.set(here > 0);
    canGoForward.set(here < places.size() - 1);
  }

  /** Whether there is a place before. */
  public ReadOnlyBooleanProperty canGoBackProperty() {
    return canGoBack.getReadOnlyProperty();
  }

  /** Whether there is a place after. */
  public ReadOnlyBooleanProperty canGoForwardProperty() {
    return canGoForward.getReadOnlyProperty();
  }
}
