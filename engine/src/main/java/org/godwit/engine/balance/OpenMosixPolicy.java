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
import org.godwit.model.event.Decision.Target;

/**
 * The original's way, as far as it is known: once a second, while more runs here than there are
 * CPUs, the second-heaviest process is offered the place where it would run fastest, and it moves
 * if what it gains is more than what the move and its forwarded calls cost. One leaves at a time.
 * Trigger, candidate and the factor of 1.3 follow Kerrighed's account of the MOSIX functions
 * (reference section 5.5); the rates follow decision 19, since the one-CPU formula contradicts the
 * HOWTO on SMP nodes; gain and cost follow decisions 20 and 22.
 */
public final class OpenMosixPolicy implements Policy {
  private static final double NANOS = 1e9;

  /** Share of its time that a guest may wait for forwarded calls before it is sent home. */
  private static final double HOMESICK = 1.0 / 3;

  private final MoveRule rule = new MoveRule(MoveRule.Thresholds.DEFAULT);

  @Override
  public String name() {
    return "openmosix";
  }

  @Override
  public Candidate consider(Beliefs beliefs, ProcessId process) {
    Beliefs.Resident resident = MoveRule.resident(beliefs, process);
    return resident == null
        ? Policy.super.consider(beliefs, process)
        : rule.consider(beliefs, resident);
  }

  @Override
  public Answer decide(Beliefs beliefs, Memory memory, Draws draws) {
    return new Answer(decide(beliefs), memory);
  }

  private Decision decide(Beliefs beliefs) {
    Problem calm = rule.calm(beliefs);
    boolean mayLeave = calm == null || calm.key().equals("balance.idle");
    Decision homesick = mayLeave ? sendHome(beliefs) : null;
    if (homesick != null) {
      return homesick;
    }
    if (calm != null) {
      return Answers.nobody(name(), beliefs, List.of(), calm);
    }
    List<Candidate> seen = new ArrayList<>();
    for (Beliefs.Resident process : MoveRule.inOrder(beliefs)) {
      Candidate candidate = rule.consider(beliefs, process);
      seen.add(candidate);
      Target best = best(candidate.targets());
      if (best != null) {
        return Answers.moves(name(), beliefs, seen, process.id(), best.node());
      }
    }
    return Answers.inVain(name(), beliefs, seen);
  }

  /**
   * A guest whose forwarded calls cost more than it gains goes home, loaded or not (decision 22).
   */
  private Decision sendHome(Beliefs beliefs) {
    for (Beliefs.Resident process : beliefs.processes()) {
      double waiting = process.callsPerSecond() * process.roundTripNanos() / NANOS;
      if (process.id().home() == beliefs.node()
          || waiting < HOMESICK
          || rule.excluded(beliefs, process) != null) {
        continue;
      }
      for (Beliefs.Peer home : beliefs.peers()) {
        double here = MoveRule.rateHere(beliefs) * Math.max(0, 1 - waiting);
        double there = rule.rateThere(home);
        if (home.node() == process.id().home() && there > here) {
          Target target =
              new Target(
                  home.node(),
                  home.ageNanos(),
                  home.load(),
                  here,
                  there,
                  0,
                  0,
                  -waiting,
                  Problem.of("target.best"));
          return Answers.moves(
              name(),
              beliefs,
              List.of(new Candidate(process.id(), process.cpuLoad(), null, List.of(target))),
              Problem.of("balance.homesick", process.id().toString(), home.node()),
              process.id(),
              home.node());
        }
      }
    }
    return null;
  }

  private static Target best(List<Target> targets) {
    return targets.stream()
        .filter(target -> target.verdict().key().equals("target.best"))
        .min(
            Comparator.comparingDouble(
                    (Target each) -> -(each.gain() - each.transferCost() - each.callCost()))
                .thenComparingDouble(Target::load)
                .thenComparingInt(Target::node))
        .orElse(null);
  }
}
