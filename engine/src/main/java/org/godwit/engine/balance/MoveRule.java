package org.godwit.engine.balance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision.Candidate;
import org.godwit.model.event.Decision.Target;

/**
 * What all policies that move have in common: who may go, in which order they are offered, and what
 * a place is worth to a process. Rates follow decision 19, the horizon and the cost of calls
 * decisions 20 and 22, the conditions on age and residency reference section 5.5.
 */
final class MoveRule {
  /**
   * The thresholds.
   *
   * @param leastCpuNanos CPU time that a process must have used before it may move
   * @param leastStayNanos time that it must have been here
   * @param leastReturnNanos the same, if the target is where it came from
   * @param busyWeight runnable tasks that a newcomer counts for at a target that is not idle
   * @param idleLoad load below which a target counts as idle
   * @param shortestHorizonNanos least CPU time that a process is expected to go on for
   * @param longestHorizonNanos most CPU time that it is expected to go on for
   * @param fixedMoveNanos cost of a move beside its bytes
   * @param surplus how far the mean must exceed the CPUs: the kernel's own work is no process
   */
  record Thresholds(
      long leastCpuNanos,
      long leastStayNanos,
      long leastReturnNanos,
      double busyWeight,
      double idleLoad,
      long shortestHorizonNanos,
      long longestHorizonNanos,
      long fixedMoveNanos,
      double surplus) {
    /** Reference section 5.5 and decision 20. */
    static final Thresholds DEFAULT =
        new Thresholds(
            1_000_000_000L,
            3_000_000_000L,
            8_000_000_000L,
            1.3,
            0.25,
            1_000_000_000L,
            60_000_000_000L,
            10_000_000L,
            0.05);
  }

  private static final double NANOS = 1e9;

  private final Thresholds thresholds;

  MoveRule(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  // ---------------------------------------------------------------- when

  /** Why nobody is looked at now, or null. */
  Problem calm(Beliefs beliefs) {
    if (beliefs.stay()) {
      return Problem.of("balance.stay");
    }
    if (beliefs.processes().stream().anyMatch(Beliefs.Resident::moving)) {
      return Problem.of("balance.busy");
    }
    return beliefs.mean() <= beliefs.cpus() + thresholds.surplus
        ? Problem.of("balance.idle", beliefs.mean(), beliefs.cpus())
        : null;
  }

  // ---------------------------------------------------------------- who

  /** The second-heaviest first, then the others by weight, the heaviest last. */
  static List<Beliefs.Resident> inOrder(Beliefs beliefs) {
    List<Beliefs.Resident> order = new ArrayList<>(beliefs.processes());
    order.sort(
        Comparator.comparingDouble((Beliefs.Resident each) -> -each.cpuLoad())
            .thenComparing(Beliefs.Resident::id));
    if (!order.isEmpty()) {
      order.add(order.removeFirst());
    }
    return order;
  }

  /** Why a process may not go by itself, or null. */
  Problem excluded(Beliefs beliefs, Beliefs.Resident process) {
    Problem held = held(beliefs, process);
    if (held != null) {
      return held;
    }
    if (process.cpuNanos() < thresholds.leastCpuNanos) {
      return Problem.of("candidate.young", process.cpuNanos() / NANOS);
    }
    double stayed = (beliefs.nowNanos() - process.arrivedNanos()) / NANOS;
    if (process.cameFrom() != 0 && stayed < thresholds.leastStayNanos / NANOS) {
      return Problem.of("candidate.resident", stayed);
    }
    return null;
  }

  /** Why no policy whatever may move a process, or null. */
  static Problem held(Beliefs beliefs, Beliefs.Resident process) {
    if (process.moving()) {
      return Problem.of("candidate.moving");
    }
    if (process.locked()) {
      return Problem.of("candidate.locked");
    }
    if (!process.reason().isEmpty()) {
      return Problem.of("candidate.reason", process.reason());
    }
    return beliefs.lstay() && process.id().home() == beliefs.node()
        ? Problem.of("candidate.lstay")
        : null;
  }

  // ---------------------------------------------------------------- where

  /** A process against every peer, or why it may not go. */
  Candidate consider(Beliefs beliefs, Beliefs.Resident process) {
    Problem excluded = excluded(beliefs, process);
    return new Candidate(
        process.id(),
        process.cpuLoad(),
        excluded,
        excluded != null
            ? List.of()
            : beliefs.peers().stream().map(peer -> weigh(beliefs, process, peer)).toList());
  }

  /** What a place is worth to a process: rates, gain and costs, and the verdict on them. */
  Target weigh(Beliefs beliefs, Beliefs.Resident process, Beliefs.Peer peer) {
    double here = rateHere(beliefs);
    double there = rateThere(peer);
    double work =
        Math.clamp(
                process.cpuNanos(), thresholds.shortestHorizonNanos, thresholds.longestHorizonNanos)
            / NANOS;
    double timeHere = work * beliefs.speed() / here;
    double timeThere = work * beliefs.speed() / there;
    double calls = process.callsPerSecond() * process.roundTripNanos() / NANOS;
    double callsHere = process.id().home() == beliefs.node() ? 0 : calls * timeHere;
    double callsThere = process.id().home() == peer.node() ? 0 : calls * timeThere;
    double bits = process.bytes() * 8.0;
    double transfer =
        peer.megabitsPerSecond() == 0
            ? Double.MAX_VALUE
            : bits / (peer.megabitsPerSecond() * 1e6)
                + (4.0 * peer.latencyNanos() + thresholds.fixedMoveNanos) / NANOS;
    double gain = timeHere - timeThere;
    double callCost = callsThere - callsHere;
    Problem impossible = impossible(beliefs, process, peer);
    Problem verdict =
        impossible != null
            ? impossible
            : here >= there
                ? Problem.of("target.not-faster")
                : gain > transfer + callCost
                    ? Problem.of("target.best")
                    : Problem.of("target.cost");
    return new Target(
        peer.node(), peer.ageNanos(), peer.load(), here, there, gain, transfer, callCost, verdict);
  }

  /** Why a peer is no target for a process at all, or null. */
  Problem impossible(Beliefs beliefs, Beliefs.Resident process, Beliefs.Peer peer) {
    Problem closed = closed(process, peer);
    if (closed != null) {
      return closed;
    }
    return peer.node() == process.cameFrom()
            && beliefs.nowNanos() - process.arrivedNanos() < thresholds.leastReturnNanos
        ? Problem.of("target.return")
        : null;
  }

  /** Why a peer cannot take a process whatever a policy thinks of it, or null. */
  static Problem closed(Beliefs.Resident process, Beliefs.Peer peer) {
    if (peer.blocked() && peer.node() != process.id().home()) {
      return Problem.of("target.blocked");
    }
    if (process.barred().contains(peer.node())) {
      return Problem.of("target.mask");
    }
    return peer.freeBytes() < process.bytes() ? Problem.of("target.memory") : null;
  }

  /** Speed that each of the runnable processes gets here. */
  static double rateHere(Beliefs beliefs) {
    return beliefs.speed() * Math.min(1, beliefs.cpus() / Math.max(beliefs.runnable(), 1e-9));
  }

  /** Speed that one more process would get there. */
  double rateThere(Beliefs.Peer peer) {
    double newcomer = peer.load() < thresholds.idleLoad ? 1 : thresholds.busyWeight;
    return peer.speed() * Math.min(1, peer.cpus() / (peer.load() + newcomer));
  }

  /** The resident of that identity, or null. */
  static Beliefs.Resident resident(Beliefs beliefs, ProcessId id) {
    return beliefs.processes().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElse(null);
  }
}
