package org.godwit.app.panel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;

/**
 * Who is who in a session: names of nodes, programs of processes. It outlives both, so that a
 * sentence about something that ended long ago still has a name in it. FX thread only.
 */
public final class Roster {
  private final Map<Integer, String> nodes = new HashMap<>();
  private final Map<ProcessId, String> programs = new HashMap<>();

  /** Forgets everything; for another session. */
  public void clear() {
    nodes.clear();
    programs.clear();
  }

  /** Learns from a picture of the cluster. */
  public void learn(ClusterView view) {
    for (NodeView node : view.nodes()) {
      nodes.put(node.spec().id(), node.spec().name());
    }
    for (ProcessView process : view.processes()) {
      programs.put(process.id(), process.program());
    }
  }

  /** Learns the nodes that a scenario begins with. */
  public void learn(List<NodeSpec> specs) {
    for (NodeSpec spec : specs) {
      nodes.put(spec.id(), spec.name());
    }
  }

  /** Learns from an event; call it in the order of the log. */
  public void learn(Event event) {
    switch (event.what()) {
      case Happening.Launched(var process, var program, _, _) -> programs.put(process, program);
      case Happening.Executed(var process, var program) -> programs.put(process, program);
      case Happening.Forked(var process, var parent) -> {
        String program = programs.get(parent);
        if (program != null) {
          programs.putIfAbsent(process, program);
        }
      }
      case Happening.NodeUp(var name) -> nodes.put(event.node(), name);
      default -> {
        // Nothing else names anybody.
      }
    }
  }

  /** Name of a node; its number if nobody told its name. */
  public String node(int node) {
    return nodes.getOrDefault(node, Integer.toString(node));
  }

  /** Program of a process; empty if nobody told. */
  public String program(ProcessId process) {
    return programs.getOrDefault(process, "");
  }

  /** A process as sentences name it: {@code spin 1042@1}. */
  public String process(ProcessId process) {
    String program = program(process);
    return program.isEmpty() ? process.toString() : program + " " + process;
  }
}
