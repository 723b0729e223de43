package org.godwit.app.panel.inspector;

import java.util.List;
import java.util.Optional;
import org.godwit.app.panel.DecisionLog;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.event.Decision;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.godwit.model.view.TransferView;

/**
 * The answer to "why does my process not migrate?": the first thing that holds it, in the order in
 * which the kernel and then the balancer look. Made of views and decisions only; no words.
 */
public sealed interface Verdict {
  /** It is no more. */
  record Ended() implements Verdict {}

  /** It crosses at this moment. */
  record Moving(TransferView transfer) implements Verdict {}

  /** A stay reason forbids any move, asked for or not. */
  record Blocked(List<StayEvidence> reasons) implements Verdict {
    public Blocked {
      reasons = List.copyOf(reasons);
    }
  }

  /** The lock: the balancer leaves it alone, but it may be moved by hand. */
  record Locked() implements Verdict {}

  /** A switch of the node it is on holds it from automatic moves. */
  record HeldByNode(int node, NodeSwitch which) implements Verdict {}

  /** There is no other node that could take it. */
  record NowhereToGo() implements Verdict {}

  /** The balancer chose it and asks for the move. */
  record WillMove(DecisionLog.Entry entry, int to) implements Verdict {}

  /** The balancer looked at it and left it out at once. */
  record LeftOut(DecisionLog.Entry entry, Decision.Candidate candidate) implements Verdict {}

  /** The balancer weighed it against every target and found none worth the move. */
  record NotWorth(DecisionLog.Entry entry, Decision.Candidate candidate) implements Verdict {}

  /** Nothing holds it; the balancer of its node has had no reason to look at it. */
  record Free(Optional<DecisionLog.Entry> nodeSaid) implements Verdict {}

  /**
   * Judges a process.
   *
   * @param process who
   * @param view the cluster now
   * @param log what the balancers said
   */
  static Verdict of(ProcessView process, ClusterView view, DecisionLog log) {
    if (!process.isAlive()) {
      return new Ended();
    }
    Optional<TransferView> transfer =
        view.transfers().stream().filter(t -> t.process().equals(process.id())).findFirst();
    if (transfer.isPresent()) {
      return new Moving(transfer.get());
    }
    if (!process.reasons().isEmpty()) {
      return new Blocked(process.reasons());
    }
    if (process.lock()) {
      return new Locked();
    }
    Optional<NodeSwitch> held = heldBy(process, view);
    if (held.isPresent()) {
      return new HeldByNode(process.where(), held.get());
    }
    if (view.nodes().stream().noneMatch(node -> couldTake(node, process))) {
      return new NowhereToGo();
    }
    return balancer(process, log);
  }

  private static Verdict balancer(ProcessView process, DecisionLog log) {
    Optional<DecisionLog.Entry> node = log.lastOf(process.where());
    Optional<DecisionLog.Entry> about =
        log.lastAbout(process.id()).filter(entry -> isCurrent(entry, process, node));
    if (about.isEmpty()) {
      return new Free(node);
    }
    ProcessId id = process.id();
    DecisionLog.Entry entry = about.get();
    if (id.equals(entry.decision().chosen())) {
      return new WillMove(entry, entry.decision().to());
    }
    Decision.Candidate candidate = entry.candidate(id).orElseThrow();
    return candidate.excluded() != null
        ? new LeftOut(entry, candidate)
        : new NotWorth(entry, candidate);
  }

  /** A decision counts while it is the last of the node that the process is on, since it came. */
  private static boolean isCurrent(
      DecisionLog.Entry about, ProcessView process, Optional<DecisionLog.Entry> lastOfNode) {
    return about.node() == process.where()
        && about.atNanos() >= process.arrivedNanos()
        && lastOfNode.isPresent()
        && lastOfNode.get().atNanos() == about.atNanos();
  }

  private static Optional<NodeSwitch> heldBy(ProcessView process, ClusterView view) {
    for (NodeView node : view.nodes()) {
      if (node.spec().id() == process.where()) {
        if (node.switches().contains(NodeSwitch.STAY)) {
          return Optional.of(NodeSwitch.STAY);
        }
        if (node.switches().contains(NodeSwitch.LSTAY) && !process.isAway()) {
          return Optional.of(NodeSwitch.LSTAY);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean couldTake(NodeView node, ProcessView process) {
    return node.spec().id() != process.where()
        && node.status() == NodeView.Status.UP
        && (!node.switches().contains(NodeSwitch.BLOCK) || node.spec().id() == process.id().home());
  }
}
