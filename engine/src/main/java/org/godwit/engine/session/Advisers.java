package org.godwit.engine.session;

import java.util.List;
import org.godwit.model.event.Beliefs;
import org.godwit.model.policy.PolicyAnswer;

/**
 * The user's own policies, seen from a session. What stands behind it may read host files, load
 * classes and look at the clock: its answers enter the session as commands ({@link
 * org.godwit.model.command.Command.Advise}), and only when the session is run for the first time.
 */
@FunctionalInterface
public interface Advisers {
  /** There are none. */
  Advisers NONE = (name, beliefs, memory) -> null;

  /**
   * Asks a policy; comes back soon whatever it does, and never throws.
   *
   * @param name the policy's own name
   * @param beliefs what the asking node knows
   * @param memory what the policy wanted to be remembered of that node
   * @return what it said; null if nobody is there to be asked, which is not worth a decision
   */
  Reply ask(String name, Beliefs beliefs, List<Long> memory);

  /**
   * What came back.
   *
   * @param code first digits of the SHA-256 of what the policy was loaded from, or empty
   * @param answer what it said, or how it failed
   * @param hangs it does not come back: no other question should be put to it
   */
  record Reply(String code, PolicyAnswer answer, boolean hangs) {}
}
