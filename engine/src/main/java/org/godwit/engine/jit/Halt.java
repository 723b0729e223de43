package org.godwit.engine.jit;

/**
 * An instruction did not complete: it is left to the interpreter, unless the {@link Context} notes
 * a reason to stop. Without a stack trace, and one for all: it is an event of the guest's world.
 */
final class Halt extends RuntimeException {
  private static final long serialVersionUID = 1;

  static final Halt INSTANCE = new Halt();

  private Halt() {
    super("halt", null, false, false);
  }
}
