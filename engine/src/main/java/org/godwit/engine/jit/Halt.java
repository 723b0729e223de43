package org.godwit.engine.jit;

/**
 * An instruction that was executed out of line did not complete; why not is noted in the {@link
 * Context}. Without a stack trace, and one for all: it is an event of the guest's world.
 */
final class Halt extends RuntimeException {
  private static final long serialVersionUID = 1;

  static final Halt INSTANCE = new Halt();

  private Halt() {
    super("halt", null, false, false);
  }
}
