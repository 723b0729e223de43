package org.godwit.app.canvas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.godwit.model.command.Command;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.LinkView;
import org.godwit.model.view.NodeView;

/** Copied machines with the links among them, and what makes new ones of them. Plain data. */
final class NodeClipboard {
  private static final double OFFSET = 40;

  private List<NodeSpec> nodes = List.of();
  private List<LinkSpec> links = List.of();
  private int pasted;

  /** Takes the machines of those numbers. */
  void copy(ClusterView view, Set<Integer> ids, CardPlaces places) {
    nodes =
        view.nodes().stream()
            .map(NodeView::spec)
            .filter(spec -> ids.contains(spec.id()))
            .map(spec -> at(spec, spec.id(), spec.name(), places.of(spec.id())))
            .toList();
    links =
        view.links().stream()
            .map(LinkView::spec)
            .filter(link -> ids.contains(link.a()) && ids.contains(link.b()))
            .toList();
    pasted = 0;
  }

  boolean isEmpty() {
    return nodes.isEmpty();
  }

  private static NodeSpec at(NodeSpec spec, int id, String name, CardPlaces.Place place) {
    return spec.like(id, name, place.x(), place.y());
  }

  /**
   * The commands that make new machines like those copied, beside them, with links of their own.
   */
  List<Command> paste(ClusterView view) {
    pasted++;
    int next = view.nodes().stream().mapToInt(n -> n.spec().id()).max().orElse(0) + 1;
    List<Command> commands = new ArrayList<>();
    Map<Integer, Integer> fresh = new HashMap<>();
    for (NodeSpec spec : nodes) {
      int id = next++;
      fresh.put(spec.id(), id);
      CardPlaces.Place place =
          new CardPlaces.Place(spec.x() + OFFSET * pasted, spec.y() + OFFSET * pasted).snapped();
      commands.add(new Command.AddNode(at(spec, id, "node" + id, place)));
    }
    for (LinkSpec link : links) {
      commands.add(
          new Command.SetLink(
              new LinkSpec(
                  fresh.get(link.a()),
                  fresh.get(link.b()),
                  link.megabitsPerSecond(),
                  link.latencyNanos())));
    }
    return commands;
  }

  /** The numbers of the machines that {@code commands} add. */
  static Set<Integer> added(List<Command> commands) {
    Set<Integer> ids = new TreeSet<>();
    for (Command command : commands) {
      if (command instanceof Command.AddNode add) {
        ids.add(add.node().id());
      }
    }
    return ids;
  }
}
