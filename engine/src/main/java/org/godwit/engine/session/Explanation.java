package org.godwit.engine.session;

import java.util.List;
import org.godwit.model.LockOrigin;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.command.Command;
import org.godwit.model.event.Decision.Target;

/**
 * The answer to "why does my process not migrate?" at one instant, as data.
 *
 * @param atNanos the instant
 * @param process who
 * @param program what it runs
 * @param where the node that it is on, 0 while it crosses
 * @param to the target that was asked about, 0 for any
 * @param kind the answer in one word
 * @param because everything that holds it, the weightiest first
 * @param targets what the policy thinks of each place that it knows
 * @param nodeSays the last verdict of the balancer on its node, or null
 * @param forecast what a hidden copy did that ran ahead, or null if none did
 */
public record Explanation(
    long atNanos,
    ProcessId process,
    String program,
    int where,
    int to,
    Kind kind,
    List<Because> because,
    List<Target> targets,
    Problem nodeSays,
    Forecast forecast) {
  public Explanation {
    because = List.copyOf(because);
    targets = List.copyOf(targets);
  }

  /** The answer in one word. */
  public enum Kind {
    /** It is no more. */
    ENDED,
    /** It crosses now. */
    MOVING,
    /** No move at all is possible. */
    BLOCKED,
    /** It may be moved by hand; by itself it will not go. */
    HELD,
    /** Nothing holds it, but no place is worth the move, or nobody needs to leave. */
    NOT_WORTH,
    /** It will leave by itself if nobody intervenes. */
    WILL_MOVE
  }

  /**
   * One thing that holds it.
   *
   * @param what which
   * @param evidence the call that raised a stay reason, or null
   * @param lock where a lock comes from, or null
   * @param remedies what can be done
   */
  public record Because(
      Problem what, StayEvidence evidence, LockOrigin lock, List<Remedy> remedies) {
    public Because {
      remedies = List.copyOf(remedies);
    }
  }

  /**
   * Something to do.
   *
   * @param words what it is
   * @param commands what does it; empty for advice that no command can carry out
   */
  public record Remedy(Problem words, List<Command> commands) {
    public Remedy {
      commands = List.copyOf(commands);
    }
  }

  /**
   * What happens if nobody intervenes, as a hidden copy of the session has found.
   *
   * @param leavesNanos when it freezes to move, −1 if it did not within the time
   * @param to where it goes, 0 if it does not
   * @param untilNanos how far the copy ran
   */
  public record Forecast(long leavesNanos, int to, long untilNanos) {}

  /** The same with what a copy has found; a move that is foretold becomes the answer. */
  public Explanation with(Forecast found) {
    boolean moves =
        found.leavesNanos() >= 0
            && (to == 0 || to == found.to())
            && kind != Kind.BLOCKED
            && kind != Kind.ENDED;
    return new Explanation(
        atNanos,
        process,
        program,
        where,
        to,
        moves ? Kind.WILL_MOVE : kind,
        because,
        targets,
        nodeSays,
        found);
  }
}
