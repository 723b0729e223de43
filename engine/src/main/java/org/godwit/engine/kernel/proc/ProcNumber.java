package org.godwit.engine.kernel.proc;

/** Numbers as programs write them into files of /proc. */
public final class ProcNumber {
  /** What is no number, or out of range. */
  public static final long NONE = Long.MIN_VALUE;

  private static final int LONGEST = 12;

  private ProcNumber() {}

  /** A decimal number within a range, else {@link #NONE}. */
  public static long of(String text, long least, long most) {
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    if (digits.isEmpty() || digits.length() > LONGEST) {
      return NONE;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      if (digit < '0' || digit > '9') {
        return NONE;
      }
      value = value * 10 + digit - '0';
    }
    value = negative ? -value : value;
    return value < least || value > most ? NONE : value;
  }
}
