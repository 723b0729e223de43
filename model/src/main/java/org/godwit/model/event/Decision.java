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
 * @param inputs what the policy was given: with the session's seed it gives this decision again;
 *     null in recordings from before they were kept
 */
public record Decision(
    String policy,
    double runnable,
    int cpus,
    int speed,
    List<Candidate> candidates,
    Problem verdict,
    ProcessId chosen,
    int to,
    Inputs inputs) {
  public Decision {
    candidates = List.copyOf(candidates);
  }

  /** A decision without its inputs. */
  public Decision(
      String policy,
      double runnable,
      int cpus,
      int speed,
      List<Candidate> candidates,
      Problem verdict,
      ProcessId chosen,
      int to) {
    this(policy, runnable, cpus, speed, candidates, verdict, chosen, to, null);
  }

  /** This decision with what it was made from. */
  public Decision with(Inputs given) {
    return new Decision(policy, runnable, cpus, speed, candidates, verdict, chosen, to, given);
  }

  /**
   * What a policy was given.
   *
   * @param beliefs what the node knew
   * @param memory what the policy had asked to remember at its last tick
   */
  public record Inputs(Beliefs beliefs, List<Long> memory) {
    public Inputs {
      memory = List.copyOf(memory);
    }
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
   * @param gain seconds of CPU progress won over the horizon; it must exceed the two costs
   * @param transferCost seconds that the transfer costs
   * @param callCost seconds that forwarded calls would cost over the horizon
   * @param verdict why not, or that it is the best
   * @param marginal what the process costs here and would cost there, for a policy that prices
   *     places; else null
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
      Problem verdict,
      Marginal marginal) {
    /** A target of a policy that does not price places. */
    public Target(
        int node,
        long beliefAgeNanos,
        double load,
        double rateHere,
        double rateThere,
        double gain,
        double transferCost,
        double callCost,
        Problem verdict) {
      this(
          node,
          beliefAgeNanos,
          load,
          rateHere,
          rateThere,
          gain,
          transferCost,
          callCost,
          verdict,
          null);
    }

    /** The same with another verdict. */
    public Target judged(Problem other) {
      return new Target(
          node,
          beliefAgeNanos,
          load,
          rateHere,
          rateThere,
          gain,
          transferCost,
          callCost,
          other,
          marginal);
    }

    /** The same with prices. */
    public Target priced(Marginal prices) {
      return new Target(
          node,
          beliefAgeNanos,
          load,
          rateHere,
          rateThere,
          gain,
          transferCost,
          callCost,
          verdict,
          prices);
    }
  }

  /**
   * The prices of a process in two places, as opportunity-cost policies reckon them (no unit).
   *
   * @param here by how much this node's cost would fall without it
   * @param there by how much the target's cost would rise with it
   */
  public record Marginal(double here, double there) {}
}
