package org.godwit.engine.balance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.godwit.engine.time.Draws;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Decision.Candidate;
import org.godwit.model.event.Decision.Marginal;
import org.godwit.model.event.Decision.Target;

/**
 * Moves a process to where it costs the cluster least (Amir, Awerbuch, Barak, Borgstrom, Keren: An
 * opportunity cost approach for job assignment in a scalable computing cluster, IEEE TPDS 11(7),
 * 2000; reference section 5.7). A node costs {@code n^(memory used/memory) + n^(load/L)}, where n
 * is the number of nodes that are known, this one included, and L the smallest power of two that is
 * greater than the largest load seen; load counts runnable tasks per CPU of a yardstick node, so
 * that faster and larger nodes are cheaper. A process's marginal cost on a node is what the node
 * costs with it less what it costs without. At each decision the process and place with the
 * greatest fall in cost win, provided that the transfer and its forwarded calls do not eat what is
 * gained; who may go is as in {@link OpenMosixPolicy}, as the paper's enhanced MOSIX has it.
 */
public final class OpportunityCostPolicy implements Policy {
  private static final double YARDSTICK = 10_000;

  /** Falls smaller than this are rounding: two equal places must not trade a process for ever. */
  private static final double LEAST_FALL = 1e-6;

  private final MoveRule rule = new MoveRule(MoveRule.Thresholds.DEFAULT);

  @Override
  public String name() {
    return "opportunity-cost";
  }

  @Override
  public Candidate consider(Beliefs beliefs, ProcessId process) {
    Beliefs.Resident resident = MoveRule.resident(beliefs, process);
    return resident == null
        ? Policy.super.consider(beliefs, process)
        : price(beliefs, resident, scale(beliefs));
  }

  @Override
  public Answer decide(Beliefs beliefs, Memory memory, Draws draws) {
    return new Answer(decide(beliefs), memory);
  }

  private Decision decide(Beliefs beliefs) {
    if (beliefs.stay()) {
      return Answers.nobody(name(), beliefs, List.of(), Problem.of("balance.stay"));
    }
    if (beliefs.processes().stream().anyMatch(Beliefs.Resident::moving)) {
      return Answers.nobody(name(), beliefs, List.of(), Problem.of("balance.busy"));
    }
    if (beliefs.processes().isEmpty()) {
      return Answers.nobody(name(), beliefs, List.of(), Problem.of("balance.empty"));
    }
    double scale = scale(beliefs);
    List<Candidate> seen = new ArrayList<>();
    Candidate chosen = null;
    Target best = null;
    for (Beliefs.Resident process : MoveRule.inOrder(beliefs)) {
      Candidate candidate = price(beliefs, process, scale);
      seen.add(candidate);
      for (Target target : candidate.targets()) {
        if (target.verdict().key().equals("target.best")
            && (best == null || ORDER.compare(target, best) < 0)) {
          chosen = candidate;
          best = target;
        }
      }
    }
    return chosen == null
        ? Answers.inVain(name(), beliefs, seen)
        : Answers.moves(name(), beliefs, seen, chosen.process(), best.node());
  }

  private static final Comparator<Target> ORDER =
      Comparator.comparingDouble(OpportunityCostPolicy::rise)
          .thenComparingDouble(Target::load)
          .thenComparingInt(Target::node);

  /** By how much the cluster's cost would rise; negative for a fall. */
  private static double rise(Target target) {
    return target.marginal().there() - target.marginal().here();
  }

  private Candidate price(Beliefs beliefs, Beliefs.Resident process, double scale) {
    Candidate weighed = rule.consider(beliefs, process);
    List<Target> priced = new ArrayList<>();
    for (int i = 0; i < weighed.targets().size(); i++) {
      Beliefs.Peer peer = beliefs.peers().get(i);
      Target target = weighed.targets().get(i).priced(marginal(beliefs, process, peer, scale));
      Problem impossible = rule.impossible(beliefs, process, peer);
      Problem verdict =
          impossible != null
              ? impossible
              : rise(target) > -LEAST_FALL
                  ? Problem.of("target.dearer")
                  : target.gain() > target.transferCost() + target.callCost()
                      ? Problem.of("target.best")
                      : Problem.of("target.cost");
      priced.add(target.judged(verdict));
    }
    return new Candidate(process.id(), weighed.cpuLoad(), weighed.excluded(), priced);
  }

  private static Marginal marginal(
      Beliefs beliefs, Beliefs.Resident process, Beliefs.Peer peer, double scale) {
    int nodes = beliefs.peers().size() + 1;
    double share = Math.max(process.wanted(), process.cpuLoad());
    double usedHere = beliefs.totalBytes() - beliefs.freeBytes();
    double usedThere = peer.totalBytes() - peer.freeBytes();
    double here =
        cost(nodes, usedHere, beliefs.totalBytes(), loadHere(beliefs), scale)
            - cost(
                nodes,
                usedHere - process.bytes(),
                beliefs.totalBytes(),
                per(Math.max(0, beliefs.runnable() - share), beliefs.cpus(), beliefs.speed()),
                scale);
    double there =
        cost(
                nodes,
                usedThere + process.bytes(),
                peer.totalBytes(),
                per(peer.load() + share, peer.cpus(), peer.speed()),
                scale)
            - cost(nodes, usedThere, peer.totalBytes(), loadThere(peer), scale);
    return new Marginal(here, there);
  }

  private static double cost(int nodes, double used, double total, double load, double scale) {
    return StrictMath.pow(nodes, used / Math.max(1, total)) + StrictMath.pow(nodes, load / scale);
  }

  /** The smallest power of two greater than the largest load seen. */
  private static double scale(Beliefs beliefs) {
    double largest = loadHere(beliefs);
    for (Beliefs.Peer peer : beliefs.peers()) {
      largest = Math.max(largest, loadThere(peer));
    }
    double scale = 1;
    while (scale <= largest) {
      scale *= 2;
    }
    return scale;
  }

  private static double loadHere(Beliefs beliefs) {
    return per(beliefs.runnable(), beliefs.cpus(), beliefs.speed());
  }

  private static double loadThere(Beliefs.Peer peer) {
    return per(peer.load(), peer.cpus(), peer.speed());
  }

  private static double per(double runnable, int cpus, int speed) {
    return runnable * YARDSTICK / speed / cpus;
  }
}
