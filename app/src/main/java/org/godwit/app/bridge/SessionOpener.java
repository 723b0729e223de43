package org.godwit.app.bridge;

import org.godwit.model.ProblemException;

/** Opens a session; called once, on the engine thread. */
@FunctionalInterface
public interface SessionOpener {
  /**
   * A session at the virtual time at which it is to go on.
   *
   * @throws ProblemException if it cannot be opened; the reason is shown as a notice
   */
  LiveSession open() throws ProblemException;
}
