package org.godwit.app.bridge;

/** Whether virtual time moves. */
public enum RunState {
  /** No session is open. */
  EMPTY,
  /** Virtual time follows the wall clock at the asked pace. */
  RUNNING,
  /** Virtual time stands; commands and questions are still served. */
  PAUSED,
  /** Virtual time stands and an earlier moment is shown; commands are refused. */
  PAST,
  /** The engine threw; what it showed last stays visible, nothing runs any more. */
  FAILED
}
