package org.godwit.engine.memory;

/**
 * A store that completed, and by completing changed what is behind an executable address: whoever
 * runs translated code leaves it before the next instruction. Without a stack trace, and one for
 * all: it is an event of the guest's world and has no details.
 */
public final class CodeChanged extends RuntimeException {
  private static final long serialVersionUID = 1;

  static final CodeChanged INSTANCE = new CodeChanged();

  private CodeChanged() {
    super("code changed", null, false, false);
  }
}
