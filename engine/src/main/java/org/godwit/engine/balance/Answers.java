package org.godwit.engine.balance;

import java.util.List;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Decision.Candidate;

/** Makes decisions with the deciding node's own figures in them. */
final class Answers {
  private Answers() {}

  static Decision nobody(String policy, Beliefs beliefs, List<Candidate> seen, Problem why) {
    return of(policy, beliefs, seen, why, null, 0);
  }

  static Decision moves(
      String policy, Beliefs beliefs, List<Candidate> seen, Problem why, ProcessId chosen, int to) {
    return of(policy, beliefs, seen, why, chosen, to);
  }

  /** The usual words of a decision that chose somebody. */
  static Decision moves(
      String policy, Beliefs beliefs, List<Candidate> seen, ProcessId chosen, int to) {
    Problem why = Problem.of("balance.moved", chosen.toString(), to);
    return of(policy, beliefs, seen, why, chosen, to);
  }

  /** The usual words when all were looked at in vain. */
  static Decision inVain(String policy, Beliefs beliefs, List<Candidate> seen) {
    boolean anybody = seen.stream().anyMatch(candidate -> candidate.excluded() == null);
    String key = anybody ? "balance.no-better" : "balance.nobody";
    return nobody(policy, beliefs, seen, Problem.of(key));
  }

  private static Decision of(
      String policy, Beliefs beliefs, List<Candidate> seen, Problem why, ProcessId chosen, int to) {
    return new Decision(
        policy, beliefs.mean(), beliefs.cpus(), beliefs.speed(), seen, why, chosen, to);
  }
}
