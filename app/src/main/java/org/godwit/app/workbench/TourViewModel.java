package org.godwit.app.workbench;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.godwit.app.selection.SelectionModel;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.ProcessView;

/**
 * The first tour: five steps, each of which goes on by itself when the user has done it. FX thread
 * only.
 */
final class TourViewModel {
  /** What the tour can see. */
  record Sight(ClusterView view, SelectionModel selection, boolean searchOpen) {
    long alive() {
      return view.processes().stream().filter(ProcessView::isAlive).count();
    }

    boolean anyAway() {
      return view.processes().stream().anyMatch(p -> p.isAlive() && p.isAway());
    }
  }

  /**
   * A step; its words are the messages {@code tour.} + name + {@code .title} and {@code .text}.
   *
   * @param name stable name
   * @param target selector of what it points at
   * @param done whether the user has done it
   */
  record Step(String name, String target, Predicate<Sight> done) {}

  static final List<Step> STEPS =
      List.of(
          new Step("launch", "#program-spin", sight -> sight.alive() >= 3),
          new Step("watch", ".node-card", Sight::anyAway),
          new Step("select", ".chip", sight -> sight.selection().leadProcess().isPresent()),
          new Step("home", ".chip", sight -> sight.alive() > 0 && !sight.anyAway()),
          new Step("search", "#search", Sight::searchOpen));

  private final ReadOnlyObjectWrapper<Optional<Step>> step =
      new ReadOnlyObjectWrapper<>(this, "step", Optional.empty());
  private int number;

  /** Begins at the first step. */
  void begin() {
    go(1);
  }

  /** Ends it. */
  void end() {
    go(0);
  }

  /** On to the next step, or the end. */
  void next() {
    go(number == STEPS.size() ? 0 : number + 1);
  }

  /** Back to the step before. */
  void back() {
    go(Math.max(1, number - 1));
  }

  private void go(int to) {
    number = to;
    step.set(to == 0 ? Optional.empty() : Optional.of(STEPS.get(to - 1)));
  }

  /** Looks whether the step is done. */
  void look(Sight sight) {
    if (number > 0 && STEPS.get(number - 1).done().test(sight)) {
      next();
    }
  }

  /** The step that is open; empty when no tour is. */
  ReadOnlyObjectProperty<Optional<Step>> stepProperty() {
    return step.getReadOnlyProperty();
  }

  /** Number of the step, from 1. */
  int number() {
    return number;
  }
}
