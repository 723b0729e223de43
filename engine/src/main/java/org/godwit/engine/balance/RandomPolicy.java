package org.godwit.engine.balance;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.time.Draws;
import org.godwit.engine.time.Purpose;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Decision.Candidate;
import org.godwit.model.event.Decision.Target;

/**
 * Sends the second-heaviest process that may go to a node drawn from those that it knows, without
 * asking how loaded that is: the random policy with a threshold of Eager, Lazowska and Zahorjan
 * (Adaptive load sharing in homogeneous distributed systems, IEEE TSE 12(5), 1986). What a policy
 * that weighs is worth shows in the distance between the two.
 */
public final class RandomPolicy implements Policy {
  private final MoveRule rule = new MoveRule(MoveRule.Thresholds.DEFAULT);

  @Override
  public String name() {
    return "random";
  }

  @Override
  public Candidate consider(Beliefs beliefs, ProcessId process) {
    Beliefs.Resident resident = MoveRule.resident(beliefs, process);
    return resident == null ? Policy.super.consider(beliefs, process) : look(beliefs, resident);
  }

  @Override
  public Answer decide(Beliefs beliefs, Memory memory, Draws draws) {
    return new Answer(decide(beliefs, draws), memory);
  }

  private Decision decide(Beliefs beliefs, Draws draws) {
    Problem calm = rule.calm(beliefs);
    if (calm != null) {
      return Answers.nobody(name(), beliefs, List.of(), calm);
    }
    List<Candidate> seen = new ArrayList<>();
    for (Beliefs.Resident process : MoveRule.inOrder(beliefs)) {
      Candidate candidate = look(beliefs, process);
      List<Target> possible =
          candidate.targets().stream()
              .filter(target -> target.verdict().key().equals("target.chance"))
              .toList();
      if (possible.isEmpty()) {
        seen.add(candidate);
        continue;
      }
      long drawn = draws.below(possible.size(), Purpose.POLICY, beliefs.node(), beliefs.nowNanos());
      int to = possible.get((int) drawn).node();
      seen.add(
          new Candidate(
              candidate.process(),
              candidate.cpuLoad(),
              null,
              candidate.targets().stream()
                  .map(each -> each.node() == to ? each.judged(Problem.of("target.drawn")) : each)
                  .toList()));
      return Answers.moves(
          name(),
          beliefs,
          seen,
          Problem.of("balance.drawn", process.id().toString(), to),
          process.id(),
          to);
    }
    return Answers.inVain(name(), beliefs, seen);
  }

  private Candidate look(Beliefs beliefs, Beliefs.Resident process) {
    Candidate weighed = rule.consider(beliefs, process);
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < weighed.targets().size(); i++) {
      Problem impossible = rule.impossible(beliefs, process, beliefs.peers().get(i));
      targets.add(
          weighed
              .targets()
              .get(i)
              .judged(impossible != null ? impossible : Problem.of("target.chance")));
    }
    return new Candidate(process.id(), weighed.cpuLoad(), weighed.excluded(), targets);
  }
}
