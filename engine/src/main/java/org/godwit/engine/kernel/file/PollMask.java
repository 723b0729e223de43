package org.godwit.engine.kernel.file;

/** Bits of poll(2), asm-generic/poll.h. */
final class PollMask {
  static final int IN = 0x1;
  static final int PRI = 0x2;
  static final int OUT = 0x4;
  static final int ERR = 0x8;
  static final int HUP = 0x10;
  static final int NVAL = 0x20;
  static final int RDNORM = 0x40;
  static final int WRNORM = 0x100;
  static final int RDHUP = 0x2000;

  /** Reported whether asked for or not. */
  static final int ALWAYS = ERR | HUP | NVAL;

  private PollMask() {}
}
