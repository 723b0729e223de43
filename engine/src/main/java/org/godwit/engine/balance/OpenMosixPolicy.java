package org.godwit.engine.balance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.godwit.engine.time.Draws;
import org.godwit.model.Problem;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Decision.Candidate;
import org.godwit.model.event.Decision.Target;

/**
 * The original's way, as far as it is known: once a second, while more runs here than there are
 * CPUs, the second-heaviest process is offered the place where it would run fastest, and it moves
 * if what it gains is more than what the move and its forwarded calls cost. Trigger, candidate and
 * the factor of 1.3 follow Kerrighed's account of the MOSIX functions (reference section 5.5); the
 * rates follow decision 19, since the one-CPU formula contradicts the HOWTO on SMP nodes; gain and
 * cost follow decisions 20 and 22.
 */
public final class OpenMosixPolicy implements Policy {
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
  public record Thresholds(
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
    public static final Thresholds DEFAULT =
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

  /** With {@link Thresholds#DEFAULT}. */
  public OpenMosixPolicy() {
    this(Thresholds.DEFAULT);
  }

  /** With thresholds of one's own. */
  public OpenMosixPolicy(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  @Override
  public String name() {
    return "openmosix";
  }

  @Override
  public Answer decide(Beliefs beliefs, Memory memory, Draws draws) {
    return new Answer(decide(beliefs), memory);
  }

  private Decision decide(Beliefs beliefs) {
    if (beliefs.stay()) {
      return nobody(beliefs, List.of(), Problem.of("balance.stay"));
    }
    Decision homesick = sendHome(beliefs);
    if (homesick != null) {
      return homesick;
    }
    if (beliefs.mean() <= beliefs.cpus() + thresholds.surplus) {
      return nobody(beliefs, List.of(), Problem.of("balance.idle", beliefs.mean(), beliefs.cpus()));
    }
    List<Candidate> seen = new ArrayList<>();
    for (Beliefs.Resident process : inOrder(beliefs)) {
      Problem excluded = excluded(beliefs, process);
      if (excluded != null) {
        seen.add(new Candidate(process.id(), process.cpuLoad(), excluded, List.of()));
        continue;
      }
      List<Target> targets = targets(beliefs, process);
      seen.add(new Candidate(process.id(), process.cpuLoad(), null, targets));
      Target best = best(targets, beliefs);
      if (best != null) {
        return new Decision(
            name(),
            beliefs.mean(),
            beliefs.cpus(),
            beliefs.speed(),
            seen,
            Problem.of("balance.moved", process.id().toString(), best.node()),
            process.id(),
            best.node());
      }
    }
    boolean anybody = seen.stream().anyMatch(candidate -> candidate.excluded() == null);
    return nobody(beliefs, seen, Problem.of(anybody ? "balance.no-better" : "balance.nobody"));
  }

  /**
   * A guest whose forwarded calls cost more than it gains goes home, loaded or not (decision 22).
   */
  private Decision sendHome(Beliefs beliefs) {
    for (Beliefs.Resident process : beliefs.processes()) {
      if (process.id().home() == beliefs.node() || excluded(beliefs, process) != null) {
        continue;
      }
      double waiting = process.callsPerSecond() * process.roundTripNanos() / NANOS;
      for (Beliefs.Peer home : beliefs.peers()) {
        if (home.node() != process.id().home() || waiting < 1.0 / 3) {
          continue;
        }
        double here = rateHere(beliefs) * Math.max(0, 1 - waiting);
        double there = rateThere(home);
        if (there > here) {
          Target target =
              new Target(
                  home.node(),
                  home.ageNanos(),
                  home.load(),
                  here,
                  there,
                  0,
                  0,
                  waiting,
                  Problem.of("target.best"));
          return new Decision(
              name(),
              beliefs.mean(),
              beliefs.cpus(),
              beliefs.speed(),
              List.of(new Candidate(process.id(), process.cpuLoad(), null, List.of(target))),
              Problem.of("balance.homesick", process.id().toString(), home.node()),
              process.id(),
              home.node());
        }
      }
    }
    return null;
  }

  /** The second-heaviest first, then the others by weight, the heaviest last. */
  private static List<Beliefs.Resident> inOrder(Beliefs beliefs) {
    List<Beliefs.Resident> order = new ArrayList<>(beliefs.processes());
    order.sort(
        Comparator.comparingDouble((Beliefs.Resident each) -> -each.cpuLoad())
            .thenComparing(Beliefs.Resident::id));
    int heaviest = 0;
    while (heaviest < order.size() && order.get(heaviest).moving()) {
      heaviest++;
    }
    if (heaviest < order.size()) {
      order.add(order.remove(heaviest));
    }
    return order;
  }

  private Problem excluded(Beliefs beliefs, Beliefs.Resident process) {
    if (process.moving()) {
      return Problem.of("candidate.moving");
    }
    if (process.locked()) {
      return Problem.of("candidate.locked");
    }
    if (!process.reason().isEmpty()) {
      return Problem.of("candidate.reason", process.reason());
    }
    if (beliefs.lstay() && process.id().home() == beliefs.node()) {
      return Problem.of("candidate.lstay");
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

  private List<Target> targets(Beliefs beliefs, Beliefs.Resident process) {
    List<Target> targets = new ArrayList<>();
    for (Beliefs.Peer peer : beliefs.peers()) {
      targets.add(weigh(beliefs, process, peer));
    }
    return targets;
  }

  private Target weigh(Beliefs beliefs, Beliefs.Resident process, Beliefs.Peer peer) {
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
    return new Target(
        peer.node(),
        peer.ageNanos(),
        peer.load(),
        here,
        there,
        gain,
        transfer,
        callCost,
        verdict(beliefs, process, peer, here < there, gain > transfer + callCost));
  }

  private Problem verdict(
      Beliefs beliefs,
      Beliefs.Resident process,
      Beliefs.Peer peer,
      boolean faster,
      boolean worthIt) {
    if (peer.blocked()) {
      return Problem.of("target.blocked");
    }
    if (process.barred().contains(peer.node())) {
      return Problem.of("target.mask");
    }
    if (peer.freeBytes() < process.bytes()) {
      return Problem.of("target.memory");
    }
    if (!faster) {
      return Problem.of("target.not-faster");
    }
    if (peer.node() == process.cameFrom()
        && beliefs.nowNanos() - process.arrivedNanos() < thresholds.leastReturnNanos) {
      return Problem.of("target.return");
    }
    return worthIt ? Problem.of("target.best") : Problem.of("target.cost");
  }

  private static Target best(List<Target> targets, Beliefs beliefs) {
    return targets.stream()
        .filter(target -> target.verdict().key().equals("target.best"))
        .min(
            Comparator.comparingDouble(
                    (Target each) -> -(each.gain() - each.transferCost() - each.callCost()))
                .thenComparingDouble(Target::load)
                .thenComparingInt(Target::node))
        .orElse(null);
  }

  /** Speed that each of the runnable processes gets here. */
  private static double rateHere(Beliefs beliefs) {
    return beliefs.speed() * Math.min(1, beliefs.cpus() / Math.max(beliefs.runnable(), 1e-9));
  }

  /** Speed that one more process would get there. */
  private double rateThere(Beliefs.Peer peer) {
    double newcomer = peer.load() < thresholds.idleLoad ? 1 : thresholds.busyWeight;
    return peer.speed() * Math.min(1, peer.cpus() / (peer.load() + newcomer));
  }

  private Decision nobody(Beliefs beliefs, List<Candidate> seen, Problem verdict) {
    return new Decision(
        name(), beliefs.mean(), beliefs.cpus(), beliefs.speed(), seen, verdict, null, 0);
  }
}
