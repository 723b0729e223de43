package org.godwit.app.canvas;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.godwit.model.ProcessId;
import org.godwit.model.view.ProcessView;

/**
 * Which process sits in which slot of which card. A chip keeps its slot until it leaves; who is
 * away keeps a hollow slot at home; a newcomer takes the first free one. Plain data, one thread.
 */
final class SlotBoard {
  private final Map<Integer, List<ProcessId>> byNode = new TreeMap<>();
  private List<ProcessId> seated = List.of();
  private List<Integer> seatedAt = List.of();

  /**
   * Seats everybody anew.
   *
   * @param processes who is to have a slot
   * @param shownAt node on which a process is shown (its source while it flies)
   */
  void seat(Collection<ProcessView> processes, ToIntFunction<ProcessView> shownAt) {
    if (isSeated(processes, shownAt)) {
      return;
    }
    Map<Integer, TreeSet<ProcessId>> wanted = new TreeMap<>();
    for (ProcessView process : processes) {
      int at = shownAt.applyAsInt(process);
      wanted.computeIfAbsent(at, _ -> new TreeSet<>()).add(process.id());
      if (at != process.id().home() && process.isAlive()) {
        wanted.computeIfAbsent(process.id().home(), _ -> new TreeSet<>()).add(process.id());
      }
    }
    byNode.keySet().retainAll(wanted.keySet());
    wanted.forEach(
        (node, ids) -> seatNode(byNode.computeIfAbsent(node, _ -> new ArrayList<>()), ids));
  }

  /** From most frames to the next nobody comes, goes or moves. */
  private boolean isSeated(Collection<ProcessView> processes, ToIntFunction<ProcessView> shownAt) {
    List<ProcessId> who = new ArrayList<>(processes.size());
    List<Integer> at = new ArrayList<>(processes.size());
    for (ProcessView process : processes) {
      int node = shownAt.applyAsInt(process);
      who.add(process.id());
      at.add(process.isAlive() ? node : -node);
    }
    boolean same = who.equals(seated) && at.equals(seatedAt);
    seated = who;
    seatedAt = at;
    return same;
  }

  /** The slots of a node, null where one is free. */
  List<ProcessId> slots(int node) {
    return Collections.unmodifiableList(byNode.getOrDefault(node, List.of()));
  }

  private static void seatNode(List<ProcessId> slots, TreeSet<ProcessId> wanted) {
    for (int i = 0; i < slots.size(); i++) {
      ProcessId sitting = slots.get(i);
      if (sitting != null && !wanted.remove(sitting)) {
        slots.set(i, null);
      }
    }
    for (ProcessId newcomer : wanted) {
      int free = slots.indexOf(null);
      if (free < 0) {
        slots.add(newcomer);
      } else {
        slots.set(free, newcomer);
      }
    }
    while (!slots.isEmpty() && slots.getLast() == null) {
      slots.removeLast();
    }
  }
}
