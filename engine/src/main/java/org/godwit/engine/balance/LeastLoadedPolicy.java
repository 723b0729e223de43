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
 * The yardstick that no cluster reaches: it knows the true load of every node at the instant of its
 * decision (decision 20), and moves one process of an overloaded node at once to wherever it would
 * run fastest, as soon as the node has more runnable tasks than CPUs. It waits for no mean, no age
 * and no residence; it minds only locks, stay reasons, switches, memory and that the move must gain
 * more than it costs. The greedy list scheduling of R. L. Graham (1969), applied each second.
 */
public final class LeastLoadedPolicy implements Policy {
  private static final MoveRule RULE =
      new MoveRule(
          new MoveRule.Thresholds(
              0, 0, 0, 1.0, 0, 1_000_000_000L, 60_000_000_000L, 10_000_000L, 0.05));

  @Override
  public String name() {
    return "least-loaded";
  }

  @Override
  public boolean knowsAll() {
    return true;
  }

  @Override
  public Candidate consider(Beliefs beliefs, ProcessId process) {
    Beliefs.Resident resident = MoveRule.resident(beliefs, process);
    return resident == null
        ? Policy.super.consider(beliefs, process)
        : RULE.consider(beliefs, resident);
  }

  @Override
  public Answer decide(Beliefs beliefs, Memory memory, Draws draws) {
    return new Answer(decide(beliefs), memory);
  }

  private Decision decide(Beliefs beliefs) {
    Problem calm = RULE.calm(beliefs);
    if (calm != null) {
      return Answers.nobody(name(), beliefs, List.of(), calm);
    }
    List<Candidate> seen = new ArrayList<>();
    for (Beliefs.Resident process : MoveRule.inOrder(beliefs)) {
      Candidate candidate = RULE.consider(beliefs, process);
      seen.add(candidate);
      Target best =
          candidate.targets().stream()
              .filter(target -> target.verdict().key().equals("target.best"))
              .min(
                  Comparator.comparingDouble((Target each) -> -each.rateThere())
                      .thenComparingDouble(Target::load)
                      .thenComparingInt(Target::node))
              .orElse(null);
      if (best != null) {
        return Answers.moves(name(), beliefs, seen, process.id(), best.node());
      }
    }
    return Answers.inVain(name(), beliefs, seen);
  }
}
