package org.godwit.model.event;

import java.util.List;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;

/**
 * What a node's balancer considered at one tick and what it chose: enough to see why nobody moved.
 *
 * @param policy name of the policy
 * @param runnable smoothed number of runnable processes here
 * @param cpus CPUs here
 * @param speed speed here
 * @param candidates every process that was looked at, in the order of looking
 * @param verdict the outcome in words: a key with arguments
 * @param chosen who is to move, or null
 * @param to where to, or 0
 */
public record Decision(
    String policy,
    double runnable,
    int cpus,
    int speed,
    List<Candidate> candidates,
    Problem verdict,
    ProcessId chosen,
    int to) {
  public Decision {
    candidates = List.copyOf(candidates);
  }

  /**
   * A process that was looked at.
   *
   * @param process who
   * @param cpuLoad its smoothed share of one CPU, 0 to 1 per thread
   * @param excluded why it was left out at once (locked, stay reason, too young ...), or null
   * @param targets every target with its cost terms
   */
  public record Candidate(
      ProcessId process, double cpuLoad, Problem excluded, List<Target> targets) {
    public Candidate {
      targets = List.copyOf(targets);
    }
  }

  /**
   * A place that was looked at for a candidate.
   *
   * @param node the target
   * @param beliefAgeNanos how old the information about it is
   * @param load runnable processes believed there
   * @param rateHere CPU speed that the process gets here, in speed units
   * @param rateThere CPU speed that it would get there
   * @param gain seconds of CPU progress won over the horizon
   * @param transferCost seconds that the transfer costs
   * @param callCost seconds that forwarded calls would cost over the horizon
   * @param verdict why not, or that it is the best
   */
  public record Target(
      int node,
      long beliefAgeNanos,
      double load,
      double rateHere,
      double rateThere,
      double gain,
      double transferCost,
      double callCost,
      Problem verdict) {}
}
