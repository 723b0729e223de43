package org.godwit.engine.kernel.call;

/** Which half of a process executes a call (reference section 1.2). */
public enum Where {
  /** The body's node: memory, handlers, sleeping, futex. */
  BODY,
  /** The home node: descriptors, processes, clocks. Forwarded while the body is away. */
  HOME,
  /** Answered by the body from a value that home gave it when it left (getpid and the like). */
  HOME_CACHED
}
