package org.godwit.engine.balance;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.time.Draws;
import org.godwit.model.Problem;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Decision.Candidate;
import org.godwit.model.event.Decision.Target;
import org.godwit.model.policy.PolicyAnswer;
import org.godwit.model.policy.Verdict;
import org.godwit.model.policy.Verdict.Opinion;

/**
 * Stands for a policy of the user's own, which the engine never sees: whoever drives the session
 * asks it after each tick and gives the answer as a command (decision 21). What it wants is minded
 * as far as any policy may go: nobody who is held moves, and nobody to where he cannot be.
 */
public final class OutsidePolicy implements Policy {
  private static final MoveRule RULE = new MoveRule(MoveRule.Thresholds.DEFAULT);

  private final String name;

  /** A policy of that name, with {@link org.godwit.model.policy.UserPolicy#PREFIX}. */
  OutsidePolicy(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean asksOutside(Beliefs beliefs) {
    return true;
  }

  /** Without an answer nobody moves, as under {@link NoPolicy}. */
  @Override
  public Answer decide(Beliefs beliefs, Memory memory, Draws draws) {
    return new Answer(
        Answers.nobody(name, beliefs, List.of(), Problem.of("balance.no-answer", name)), memory);
  }

  /**
   * The decision that comes of an answer.
   *
   * @param policy full name of the policy in force
   * @param memory what is kept if there is no verdict
   */
  public static Answer judge(String policy, Beliefs beliefs, Memory memory, PolicyAnswer answer) {
    return switch (answer) {
      case PolicyAnswer.Failed(Problem why) ->
          new Answer(Answers.nobody(policy, beliefs, List.of(), why), memory);
      case PolicyAnswer.Given(Verdict verdict) ->
          new Answer(decision(policy, beliefs, verdict), new Memory(verdict.memory()));
    };
  }

  private static Decision decision(String policy, Beliefs beliefs, Verdict verdict) {
    List<Candidate> seen = new ArrayList<>();
    for (Beliefs.Resident each : beliefs.processes()) {
      List<Target> targets = targets(beliefs, each, verdict);
      if (!targets.isEmpty() || each.id().equals(verdict.process())) {
        seen.add(new Candidate(each.id(), each.cpuLoad(), MoveRule.held(beliefs, each), targets));
      }
    }
    if (verdict.process() == null) {
      return Answers.nobody(
          policy, beliefs, seen, Problem.of("balance.advised-stay", verdict.why()));
    }
    Problem against = against(beliefs, verdict);
    return against != null
        ? Answers.nobody(policy, beliefs, seen, against)
        : Answers.moves(
            policy,
            beliefs,
            seen,
            Problem.of(
                "balance.advised", verdict.process().toString(), verdict.to(), verdict.why()),
            verdict.process(),
            verdict.to());
  }

  /** Which of the few things stands against a wish that no policy can do anything about. */
  private static Problem against(Beliefs beliefs, Verdict verdict) {
    String who = verdict.process().toString();
    Beliefs.Resident process = MoveRule.resident(beliefs, verdict.process());
    if (process == null) {
      return Problem.of("balance.advice-stranger", who, verdict.to());
    }
    if (beliefs.stay() || MoveRule.held(beliefs, process) != null) {
      return Problem.of("balance.advice-held", who, verdict.to());
    }
    Beliefs.Peer peer = peer(beliefs, verdict.to());
    return peer == null || MoveRule.closed(process, peer) != null
        ? Problem.of("balance.advice-no-place", who, verdict.to())
        : null;
  }

  private static List<Target> targets(Beliefs beliefs, Beliefs.Resident process, Verdict verdict) {
    List<Target> targets = new ArrayList<>();
    boolean chosen = process.id().equals(verdict.process());
    for (Opinion each : verdict.opinions()) {
      Beliefs.Peer peer = peer(beliefs, each.node());
      if (each.process().equals(process.id()) && peer != null) {
        targets.add(
            RULE.weigh(beliefs, process, peer).judged(Problem.of("target.said", each.why())));
      }
    }
    Beliefs.Peer wanted = chosen ? peer(beliefs, verdict.to()) : null;
    if (wanted != null && targets.stream().noneMatch(each -> each.node() == wanted.node())) {
      targets.add(
          RULE.weigh(beliefs, process, wanted).judged(Problem.of("target.said", verdict.why())));
    }
    return targets;
  }

  private static Beliefs.Peer peer(Beliefs beliefs, int node) {
    return beliefs.peers().stream().filter(each -> each.node() == node).findFirst().orElse(null);
  }
}
