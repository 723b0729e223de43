package org.godwit.engine.balance;

import java.util.List;
import org.godwit.engine.time.Draws;
import org.godwit.model.Problem;
import org.godwit.model.event.Beliefs;

/**
 * Places programs in turn and moves nobody: what PVM did, the static side of the published
 * comparison (reference section 8). The first program that is launched starts where it was asked
 * for, each further one on the next node that is up; that node is its home. Children stay where
 * their parent is.
 */
public final class RoundRobinPolicy implements Policy {
  @Override
  public String name() {
    return "round-robin";
  }

  @Override
  public int place(int asked, List<Integer> up, int before) {
    int first = Math.max(0, up.indexOf(asked));
    return up.get((first + before) % up.size());
  }

  @Override
  public Answer decide(Beliefs beliefs, Memory memory, Draws draws) {
    return new Answer(
        Answers.nobody(name(), beliefs, List.of(), Problem.of("balance.placed")), memory);
  }
}
