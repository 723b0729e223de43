package org.godwit.app.panel.cluster;

import java.util.List;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;

/**
 * A node of the tree with the processes that run on it.
 *
 * @param node the node
 * @param processes who runs there, by identity; ended ones are left out
 */
public record Branch(NodeView node, List<ProcessView> processes) {
  public Branch {
    processes = List.copyOf(processes);
  }
}
