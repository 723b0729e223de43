package org.godwit.engine.session;

import java.util.List;
import org.godwit.engine.session.Explanation.Remedy;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;

/**
 * Something in the course of a session that a person should look at.
 *
 * @param kind what
 * @param atNanos when it was certain
 * @param process whom it concerns, or null
 * @param node where
 * @param words the sentence: a key with arguments
 * @param remedies what can be done
 */
public record Finding(
    Kind kind, long atNanos, ProcessId process, int node, Problem words, List<Remedy> remedies) {
  public Finding {
    remedies = List.copyOf(remedies);
  }

  /** What was found. */
  public enum Kind {
    /** A process moves again and again within a short time. */
    PING_PONG,
    /** A process wants a CPU all the time and gets next to none. */
    STARVATION,
    /** Processes inherited a lock from one ancestor. */
    LOCKED_SESSION,
    /** A node has too much to do, and every process on it is locked. */
    EVERYBODY_LOCKED,
    /** Nobody who needs it has heard of a node for long. */
    UNKNOWN_NODE,
    /** Exactly as many processes compute as there are CPUs, and others idle. */
    ONE_JOB_TOO_FEW,
    /** A node has too much to do, but its processes end before they may move. */
    JOBS_TOO_SHORT,
    /** A process was sent to a node that was far busier than was believed. */
    STALE_BELIEFS,
    /** A home spends much of its time on calls of its processes that are away. */
    HOME_OVERLOADED,
    /** A policy of the user's own threw, hung or could not be loaded. */
    POLICY_FAILED
  }
}
