package org.godwit.model.policy;

import java.util.List;
import org.godwit.model.event.Beliefs;

/**
 * A balancing policy that a user brings along: a class with a public constructor without
 * parameters, named in {@code META-INF/services/org.godwit.model.policy.UserPolicy} of a jar or a
 * folder of classes ({@link java.util.ServiceLoader}).
 *
 * <p>It is asked by one thread at a time, once a virtual second for each node on which something
 * runs, and has 100 ms to answer. The same object answers for all nodes, and for copies of a
 * session that look ahead: what it must remember of a node belongs into {@link Verdict#memory}, not
 * into fields. Each answer is written down as an input of the session, so it may be drawn by lot or
 * learnt: a session that is run again uses what is written and never the class.
 */
public interface UserPolicy {
  /** What scenarios, menus and the command line put before the name of such a policy. */
  String PREFIX = "user:";

  /** Whether a policy may have that name: lower-case letters, digits and hyphens, 64 at most. */
  static boolean isName(String name) {
    return name != null && name.matches("[a-z0-9][a-z0-9-]{0,63}");
  }

  /** Its name, of the kind that {@link #isName} likes. */
  String name();

  /**
   * Whether a process should leave a node, and where to.
   *
   * @param beliefs what the node knows: itself exactly, others by hearsay
   * @param memory what was to be remembered of this node at the last answer; empty at first
   * @return who should move or why nobody; never null
   */
  Verdict decide(Beliefs beliefs, List<Long> memory);
}
