package org.godwit.engine.kernel.tty;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.godwit.engine.state.Walk;

/**
 * Settings of a terminal, as the kernel's struct termios has them: four words of flags, the line
 * discipline's number, 19 control characters (termios(3), asm-generic/termbits.h).
 */
public final class Termios {
  /** Bytes of the kernel's struct termios. */
  public static final int BYTES = 36;

  static final int VINTR = 0;
  static final int VQUIT = 1;
  static final int VERASE = 2;
  static final int VKILL = 3;
  static final int VEOF = 4;
  static final int VTIME = 5;
  static final int VMIN = 6;
  static final int VSTART = 8;
  static final int VSTOP = 9;
  static final int VSUSP = 10;
  static final int VEOL = 11;
  static final int VREPRINT = 12;
  static final int VWERASE = 14;
  static final int VLNEXT = 15;
  static final int VEOL2 = 16;

  static final int ISTRIP = 0x20;
  static final int INLCR = 0x40;
  static final int IGNCR = 0x80;
  static final int ICRNL = 0x100;
  static final int IUCLC = 0x200;
  static final int IXON = 0x400;
  static final int IXANY = 0x800;
  static final int IMAXBEL = 0x2000;
  static final int IUTF8 = 0x4000;
  static final int PARMRK = 0x8;

  static final int OPOST = 0x1;
  static final int OLCUC = 0x2;
  static final int ONLCR = 0x4;
  static final int OCRNL = 0x8;
  static final int ONOCR = 0x10;
  static final int ONLRET = 0x20;
  static final int XTABS = 0x1800;

  static final int ISIG = 0x1;
  static final int ICANON = 0x2;
  static final int ECHO = 0x8;
  static final int ECHOE = 0x10;
  static final int ECHOK = 0x20;
  static final int ECHONL = 0x40;
  static final int NOFLSH = 0x80;
  static final int TOSTOP = 0x100;
  static final int ECHOCTL = 0x200;
  static final int ECHOPRT = 0x400;
  static final int ECHOKE = 0x800;
  static final int IEXTEN = 0x8000;

  /** A character slot that is switched off (_POSIX_VDISABLE). */
  private static final int DISABLED = 0;

  private static final int CHARACTERS = 19;

  int input;
  int output;
  int control;
  int local;
  private int line;
  private byte[] characters = new byte[CHARACTERS];

  /** Linux's defaults: cooked, with echo (tty_std_termios, INIT_C_CC). */
  Termios() {
    input = ICRNL | IXON;
    output = OPOST | ONLCR;
    control = 0xbf; // 38400 baud, 8 bits, receiver on (pty_init).
    local = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN;
    byte[] defaults = {3, 0x1c, 0x7f, 0x15, 4, 0, 1, 0, 0x11, 0x13, 0x1a, 0, 0x12, 0xf, 0x17, 0x16};
    System.arraycopy(defaults, 0, characters, 0, defaults.length);
  }

  boolean input(int flag) {
    return (input & flag) != 0;
  }

  boolean output(int flag) {
    return (output & flag) != 0;
  }

  boolean local(int flag) {
    return (local & flag) != 0;
  }

  /** The number in a slot that is one, VMIN or VTIME. */
  int number(int slot) {
    return characters[slot] & 0xff;
  }

  /** Whether ^S and ^Q, those, hold output and let it go on. */
  boolean usualFlow() {
    return input(IXON) && number(VSTOP) == 0x13 && number(VSTART) == 0x11;
  }

  /** Whether {@code c} is the control character of a slot. */
  boolean is(int slot, int c) {
    return c != DISABLED && number(slot) == c;
  }

  /** As struct termios. */
  byte[] bytes() {
    ByteBuffer to = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    to.putInt(input).putInt(output).putInt(control).putInt(local);
    return to.put((byte) line).put(characters).array().clone();
  }

  /** From struct termios. */
  void set(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    input = from.getInt();
    output = from.getInt();
    control = from.getInt();
    local = from.getInt();
    line = from.get() & 0xff;
    from.get(characters);
  }

  void walk(Walk walk) {
    input = walk.i32("input", input);
    output = walk.i32("output", output);
    control = walk.i32("control", control);
    local = walk.i32("local", local);
    line = walk.i32("line", line);
    characters = walk.bytes("characters", characters);
  }
}
