package org.godwit.app.canvas;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import javafx.animation.FadeTransition;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.util.Duration;
import org.godwit.app.bridge.RunState;
import org.godwit.app.palette.ProgramLooks.Look;
import org.godwit.model.ProcessId;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;

/** The cards with the chips, or the groups of chips, on them. FX thread only. */
final class CardLayer {
  private static final double FADE_MILLIS = 600;
  private static final double CROSS_MILLIS = 120;

  /** So many cards are brought up to date in one frame. */
  private static final int CARDS_A_FRAME = 64;

  /** No card waits longer than so many frames: nobody reads figures that change faster. */
  private static final int MOST_ROUNDS = 4;

  private final ShownCluster shown;
  private final CanvasTools tools;
  private final Viewport viewport;
  private final Pane layer;
  private final IntConsumer leaving;
  private final Map<Integer, Map<ProcessId, ProcessChip>> chips = new TreeMap<>();
  private final Map<Integer, Map<String, ProgramGroup>> groups = new TreeMap<>();
  private int round;

  /**
   * @param leaving hears of each card that is taken away
   */
  CardLayer(
      ShownCluster shown, CanvasTools tools, Viewport viewport, Pane layer, IntConsumer leaving) {
    this.shown = shown;
    this.tools = tools;
    this.viewport = viewport;
    this.layer = layer;
    this.leaving = leaving;
  }

  /**
   * Draws what a frame of a running cluster changed: of many cards a part, the others in the frames
   * after.
   */
  void showSome() {
    int rounds = Math.clamp(shown.cards().size() / CARDS_A_FRAME, 1, MOST_ROUNDS);
    round++;
    show(rounds);
  }

  /** Draws them as they are now. */
  void show() {
    show(1);
  }

  private void show(int rounds) {
    Set<Integer> alive = new HashSet<>();
    for (NodeView node : shown.frame().view().nodes()) {
      if (node.status() == NodeView.Status.LEFT) {
        continue;
      }
      int id = node.spec().id();
      alive.add(id);
      NodeCard card = shown.cards().get(id);
      if (card != null && (id + round) % rounds != 0) {
        continue;
      }
      if (card == null) {
        card = new NodeCard(node, tools.messages());
        shown.cards().put(id, card);
        layer.getChildren().add(card);
        card.setSelected(tools.selection().isNodeSelected(id));
      }
      List<ProcessId> seats = shown.slots().slots(id);
      boolean grouped = seats.size() > NodeCard.CHIPS;
      card.fit(grouped ? showGroups(card, seats) : seats.size());
      card.setLevel(NodeCard.Level.of(NodeCard.WIDTH * viewport.scale()), viewport.scale());
      CardPlaces.Place place = shown.places().of(id);
      card.relocate(place.x(), place.y());
      card.setVisible(viewport.isInView(place, card.height()));
      if (!card.isVisible()) {
        continue;
      }
      if (card.level() == NodeCard.Level.FULL) {
        if (!grouped) {
          dropGroups(id);
          showChips(card, seats);
        } else {
          dropChips(id);
        }
      }
      if (card.level() == NodeCard.Level.COMPACT) {
        card.showCounts(counts(id, seats));
      }
      card.show(
          node,
          shown.notes().perCpu(id),
          // Words cost more than the rest; where none has room they are made for who is asked.
          card.level() == NodeCard.Level.FULL || card.isFocused()
              ? shown.notes().words(node, shown.frame().view().nanos(), tools.messages())
              : "",
          shown.notes().isOverloaded(node),
          tools.messages());
    }
    for (int gone : List.copyOf(shown.cards().keySet())) {
      if (!alive.contains(gone)) {
        layer.getChildren().remove(shown.cards().remove(gone));
        leaving.accept(gone);
        chips.remove(gone);
        groups.remove(gone);
      }
    }
  }

  private Map<Look, Integer> counts(int node, List<ProcessId> seats) {
    Map<Look, Integer> counts = new LinkedHashMap<>();
    for (ProcessId id : seats) {
      ProcessView process = id == null ? null : shown.processes().get(id);
      if (process != null && shown.flights().shownAt(process) == node) {
        counts.merge(tools.looks().of(process.program()), 1, Integer::sum);
      }
    }
    return counts;
  }

  private void showChips(NodeCard card, List<ProcessId> seats) {
    Map<ProcessId, ProcessChip> own = chips.computeIfAbsent(card.node(), _ -> new TreeMap<>());
    boolean paused = shown.frame().state() != RunState.RUNNING;
    Set<ProcessId> seated = new HashSet<>(seats);
    own.entrySet().removeIf(e -> !seated.contains(e.getKey()) && leave(card, e.getValue()));
    for (int i = 0; i < seats.size(); i++) {
      ProcessId id = seats.get(i);
      ProcessView process = id == null ? null : shown.processes().get(id);
      if (process == null) {
        continue;
      }
      ProcessChip chip = own.get(id);
      if (chip == null) {
        chip = new ProcessChip(id, tools.looks().of(process.program()));
        own.put(id, chip);
        card.chips().getChildren().add(chip);
        chip.setSelected(tools.selection().isSelected(id));
      }
      chip.wear(tools.looks().of(process.program()));
      if (shown.flights().shownAt(process) == card.node()) {
        chip.show(process, shown.flights().isFlying(id), paused, tools.messages());
      } else {
        chip.showHome(process, tools.messages());
      }
      chip.resizeRelocate(
          NodeCard.slotX(i), NodeCard.slotY(i), NodeCard.CHIP_WIDTH, ProcessChip.HEIGHT);
    }
  }

  /** A process that ended fades; one that moved just goes. */
  private boolean leave(NodeCard card, ProcessChip chip) {
    ProcessView process = shown.processes().get(chip.id());
    if (process != null && process.isAlive()) {
      card.chips().getChildren().remove(chip);
      return true;
    }
    chip.setMouseTransparent(true);
    FadeTransition fade =
        new FadeTransition(
            Duration.millis(tools.switches().isMotionReduced() ? CROSS_MILLIS : FADE_MILLIS), chip);
    fade.setToValue(0);
    fade.setOnFinished(_ -> card.chips().getChildren().remove(chip));
    fade.play();
    return true;
  }

  private void dropChips(int node) {
    Map<ProcessId, ProcessChip> own = chips.remove(node);
    if (own != null) {
      shown.cards().get(node).chips().getChildren().removeAll(own.values());
    }
  }

  private void dropGroups(int node) {
    Map<String, ProgramGroup> own = groups.remove(node);
    if (own != null) {
      shown.cards().get(node).chips().getChildren().removeAll(own.values());
    }
  }

  /** Beyond twelve: one plate a program, "spin x37". */
  private int showGroups(NodeCard card, List<ProcessId> seats) {
    Map<String, List<ProcessId>> byProgram = new TreeMap<>();
    int away = 0;
    for (ProcessId id : seats) {
      ProcessView process = id == null ? null : shown.processes().get(id);
      if (process == null) {
        continue;
      }
      if (shown.flights().shownAt(process) == card.node()) {
        byProgram.computeIfAbsent(process.program(), _ -> new ArrayList<>()).add(id);
      } else {
        away++;
      }
    }
    if (away > 0) {
      byProgram.put("", new ArrayList<>());
    }
    Map<String, ProgramGroup> own = groups.computeIfAbsent(card.node(), _ -> new TreeMap<>());
    own.entrySet()
        .removeIf(
            e ->
                !byProgram.containsKey(e.getKey())
                    && card.chips().getChildren().remove(e.getValue()));
    int slot = 0;
    for (Map.Entry<String, List<ProcessId>> entry : byProgram.entrySet()) {
      String program = entry.getKey();
      ProgramGroup group =
          own.computeIfAbsent(
              program,
              name -> {
                ProgramGroup made =
                    name.isEmpty()
                        ? ProgramGroup.away()
                        : new ProgramGroup(name, tools.looks().of(name));
                card.chips().getChildren().add(made);
                return made;
              });
      group.show(
          entry.getValue(),
          program.isEmpty()
              ? tools.messages().of("canvas.away.count", away)
              : tools.messages().of("canvas.group", program, entry.getValue().size()));
      group.resizeRelocate(
          NodeCard.slotX(slot), NodeCard.slotY(slot), NodeCard.CHIP_WIDTH, ProcessChip.HEIGHT);
      slot++;
    }
    return slot;
  }

  void showSelection() {
    shown.cards().forEach((id, card) -> card.setSelected(tools.selection().isNodeSelected(id)));
    chips
        .values()
        .forEach(
            own -> own.forEach((id, chip) -> chip.setSelected(tools.selection().isSelected(id))));
  }

  Optional<NodeCard> cardAt(double sceneX, double sceneY) {
    List<Node> all = layer.getChildren();
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i) instanceof NodeCard card) {
        Bounds bounds = card.localToScene(card.getLayoutBounds());
        if (bounds.contains(sceneX, sceneY)) {
          return Optional.of(card);
        }
      }
    }
    return Optional.empty();
  }

  /** Chips of living shown.processes() whose card shows them, in the rectangle of the scene. */
  List<ProcessId> chipsIn(Bounds scene) {
    List<ProcessId> found = new ArrayList<>();
    chips
        .values()
        .forEach(
            own ->
                own.forEach(
                    (id, chip) -> {
                      if (chip.localToScene(chip.getLayoutBounds()).intersects(scene)) {
                        found.add(id);
                      }
                    }));
    return found;
  }

  /** The chip of a process on a card, or null. */
  ProcessChip chip(int node, ProcessId id) {
    return chips.getOrDefault(node, Map.of()).get(id);
  }

  /** Puts a card above the others. */
  void raise(NodeCard card) {
    if (layer.getChildren().getLast() != card) {
      card.toFront();
    }
  }

  void clear() {
    layer.getChildren().clear();
    shown.cards().clear();
    chips.clear();
    groups.clear();
  }
}
