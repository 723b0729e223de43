package org.godwit.app.workbench;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.ProcessView;

/**
 * The first tour: five steps, each of which goes on by itself when the user has done it. FX thread
 * only.
 */
final class TourViewModel {
  /** What the tour can see. */
  record Sight(ClusterView view, boolean askedWhy, boolean searchOpen) {
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
   * @param target what it points at
   * @param done whether the user has done it
   */
  record Step(String name, Target target, Predicate<Sight> done) {}

  /**
   * Something that is seen.
   *
   * @param selector finds those it may be
   * @param state a pseudo-class by which the right one is told; empty if any will do
   * @param wanted whether the right one has it, or has it not
   */
  record Target(String selector, String state, boolean wanted) {
    static Target any(String selector) {
      return new Target(selector, "", false);
    }
  }

  static final List<Step> STEPS =
      List.of(
          new Step("launch", Target.any("#program-spin"), sight -> sight.alive() >= 3),
          new Step("watch", Target.any(".node-card"), Sight::anyAway),
          // The hollow place that a process has left is no process.
          new Step("select", new Target(".chip", "home", false), Sight::askedWhy),
          new Step(
              "home",
              new Target(".chip", "away", true),
              sight -> sight.alive() > 0 && !sight.anyAway()),
          new Step("search", Target.any("#search"), Sight::searchOpen));

  private final ReadOnlyObjectWrapper<Optional<Step>> step =
      new ReadOnlyObjectWrapper<>(this, "step", Optional.empty());
  private int number;
  private boolean askedWhy;

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
    askedWhy = false;
    step.set(to == 0 ? Optional.empty() : Optional.of(STEPS.get(to - 1)));
  }

  /** Somebody has asked why a process moves or stays. */
  void whyAsked() {
    askedWhy = true;
  }

  /** Looks whether the step is done. */
  void look(ClusterView view, boolean searchOpen) {
    Sight sight = new Sight(view, askedWhy, searchOpen);
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
