package org.godwit.app.panel.inspector;

import java.util.List;
import org.godwit.model.view.NodeView;

/**
 * What the inspector shows of a node at one instant, worded.
 *
 * @param node the node itself
 * @param title its name
 * @param subtitle its CPUs and memory
 * @param facts its facts
 * @param decision what its balancer said last, a sentence with its time
 * @param nextDecision how long until it speaks again; empty if it never will
 */
public record NodeCard(
    NodeView node,
    String title,
    String subtitle,
    List<Fact> facts,
    String decision,
    String nextDecision) {
  public NodeCard {
    facts = List.copyOf(facts);
  }
}
