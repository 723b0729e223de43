package org.godwit.model.view;

import java.util.List;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.scenario.NodeSpec;

/**
 * A node at one instant.
 *
 * @param spec its number, name, CPUs, clock, place on the canvas (speed here is the current one)
 * @param status whether it is up
 * @param sinceNanos when it took that status
 * @param switches the switches that are on, in the order of the enum
 * @param cpus one entry a CPU
 * @param memoryUsed bytes of RAM in use
 * @param runnable tasks that run or are ready now
 * @param load smoothed load, normalised by speed and CPUs, 1 = one busy yardstick CPU
 * @param guests foreign processes here
 * @param away own processes elsewhere
 * @param decidesNanos virtual time of the balancer's next tick
 * @param lastDecisionNanos when the balancer last gave a verdict, −1 for never
 * @param lastVerdict the last verdict in words, or null
 */
public record NodeView(
    NodeSpec spec,
    Status status,
    long sinceNanos,
    List<NodeSwitch> switches,
    List<CpuView> cpus,
    long memoryUsed,
    int runnable,
    double load,
    int guests,
    int away,
    long decidesNanos,
    long lastDecisionNanos,
    Problem lastVerdict) {
  public NodeView {
    switches = List.copyOf(switches);
    cpus = List.copyOf(cpus);
  }

  /** Whether a node takes part. */
  public enum Status {
    UP,
    LEAVING,
    LEFT,
    CRASHED
  }

  /**
   * One CPU.
   *
   * @param share share of the last sampling interval that it was busy, 0 to 1
   * @param running whose hart it runs now, or null
   */
  public record CpuView(double share, ProcessId running) {}
}
