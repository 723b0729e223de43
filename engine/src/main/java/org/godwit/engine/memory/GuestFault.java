package org.godwit.engine.memory;

/**
 * An access that the guest's mappings do not allow: a signal when the guest's instruction made it,
 * EFAULT when a system call did. Unchecked and without a stack trace, to be caught in the one place
 * that turns it into either.
 */
public final class GuestFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What was attempted. */
  public enum Kind {
    LOAD,
    STORE,
    FETCH
  }

  /** Why it failed, in the kernel's terms (sigaction(2): si_code). */
  public enum Cause {
    /** Nothing is mapped there (SEGV_MAPERR). */
    UNMAPPED,
    /** Mapped, but not for this kind of access (SEGV_ACCERR). */
    DENIED,
    /** Mapped past the end of its file (SIGBUS, BUS_ADRERR). */
    BEYOND_END
  }

  private final Kind kind;
  private final Cause cause;
  private final long address;

  public GuestFault(Kind kind, Cause cause, long address) {
    super(null, null, false, false);
    this.kind = kind;
    this.cause = cause;
    this.address = address;
  }

  public Kind kind() {
    return kind;
  }

  public Cause cause() {
    return cause;
  }

  /** The first guest address that failed. */
  public long address() {
    return address;
  }

  @Override
  public String getMessage() {
    return kind + " " + cause + " at 0x" + Long.toHexString(address);
  }
}
