package org.godwit.model.view;

import java.util.List;

/**
 * The whole cluster at one instant.
 *
 * @param nanos virtual time
 * @param clockDivisor modelled instructions per retired one
 * @param policy name of the balancing policy
 * @param kernel kernel version
 * @param nodes by number; nodes that went down stay in the list
 * @param links by (a, b)
 * @param processes by identity; ended ones stay for {@link #ENDED_STAY_NANOS}
 * @param transfers migrations under way, by process
 * @param terminals terminals that are open, by node and device
 * @param retired instructions retired by all harts since the start
 * @param efficiency balance efficiency 0 to 1: mean over nodes of load divided by the greatest load
 *     (1 when nothing runs)
 * @param events number of events logged so far
 */
public record ClusterView(
    long nanos,
    int clockDivisor,
    String policy,
    String kernel,
    List<NodeView> nodes,
    List<LinkView> links,
    List<ProcessView> processes,
    List<TransferView> transfers,
    List<TerminalView> terminals,
    long retired,
    double efficiency,
    long events) {
  /** How long an ended process stays listed, in virtual nanoseconds. */
  public static final long ENDED_STAY_NANOS = 3_000_000_000L;

  public ClusterView {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
    processes = List.copyOf(processes);
    transfers = List.copyOf(transfers);
    terminals = List.copyOf(terminals);
  }
}
