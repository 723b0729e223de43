package org.godwit.app.canvas;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.godwit.app.bridge.Frame;
import org.godwit.app.text.Messages;
import org.godwit.model.Problem;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.view.NodeView;

/**
 * What stands in the footer of a card, and how hot its header is. The seconds before a move must
 * not look broken: an overloaded node says that it has one too many and when it decides; the
 * decision then stays for {@link #NOTE_MILLIS}. Plain data, one thread.
 */
final class CardNotes {
  /** How long a decision's sentence stays, in wall ms. */
  static final double NOTE_MILLIS = 4_000;

  private static final double SMOOTH_NANOS = 500e6;

  private final Map<Integer, Note> notes = new TreeMap<>();
  private final Map<Integer, Double> perCpu = new TreeMap<>();
  private double clock;
  private long seenNanos;

  private record Note(Problem words, double until) {}

  /** Takes over what is new in a frame. */
  void accept(Frame frame, boolean newSession) {
    if (newSession) {
      notes.clear();
      perCpu.clear();
      seenNanos = 0;
    }
    double weight = 1 - Math.exp(-(frame.view().nanos() - seenNanos) / SMOOTH_NANOS);
    seenNanos = frame.view().nanos();
    for (NodeView node : frame.view().nodes()) {
      double now = (double) node.runnable() / Math.max(1, node.spec().cpus());
      perCpu.merge(node.spec().id(), now, (old, fresh) -> approach(old, fresh, weight));
    }
    for (Event event : newSession ? List.<Event>of() : frame.events()) {
      if (event.what() instanceof Happening.Decided(var decision)
          && (decision.chosen() != null || decision.runnable() > decision.cpus())) {
        notes.put(event.node(), new Note(decision.verdict(), clock + NOTE_MILLIS));
      }
    }
  }

  /** Towards {@code goal}, and wholly there when it is near: 1.001 per CPU is not more than 1. */
  private static double approach(double from, double goal, double weight) {
    double next = from + (goal - from) * weight;
    return Math.abs(goal - next) < 0.02 ? goal : next;
  }

  /** Lets wall time pass. */
  void tick(double millis) {
    clock += millis;
    notes.values().removeIf(note -> note.until <= clock);
  }

  /** Runnable tasks per CPU, smoothed over half a virtual second. */
  double perCpu(int node) {
    return perCpu.getOrDefault(node, 0.0);
  }

  /** Whether a node has had more to run than CPUs for a while. */
  boolean isOverloaded(NodeView node) {
    return perCpu(node.spec().id()) * node.spec().cpus() > node.spec().cpus() + 0.4;
  }

  /** The footer of a node's card. */
  String words(NodeView node, long nowNanos, Messages messages) {
    switch (node.status()) {
      case CRASHED, LEFT -> {
        return messages.of("canvas.down", clockText(node.sinceNanos()));
      }
      case LEAVING -> {
        return messages.of("canvas.leaving");
      }
      case UP -> {}
    }
    if (isOverloaded(node)) {
      long tooMany =
          Math.max(
              1, Math.round(perCpu(node.spec().id()) * node.spec().cpus() - node.spec().cpus()));
      double in = Math.max(0, (node.decidesNanos() - nowNanos) / 1e9);
      return messages.of("canvas.toomany", tooMany, in);
    }
    if (node.guests() == 0 && node.away() == 0) {
      return node.runnable() == 0 && perCpu(node.spec().id()) < 0.05
          ? messages.of("canvas.idle")
          : "";
    }
    return messages.of("canvas.guests", node.guests(), node.away());
  }

  /** The decision that a node took a moment ago, in words. */
  Optional<String> decision(int node, Messages messages) {
    return Optional.ofNullable(notes.get(node)).map(note -> messages.problem(note.words));
  }

  /** Virtual time as minutes and seconds, 0:41. */
  static String clockText(long nanos) {
    long seconds = nanos / 1_000_000_000L;
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
