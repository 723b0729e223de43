package org.godwit.engine.isa;

/** Names of the control and status registers that a user-mode program meets (Zicsr, F, Zicntr). */
public final class Csrs {
  public static final int FFLAGS = 0x001;
  public static final int FRM = 0x002;
  public static final int FCSR = 0x003;
  public static final int CYCLE = 0xc00;
  public static final int TIME = 0xc01;
  public static final int INSTRET = 0xc02;

  private static final int[] NUMBERS = {FFLAGS, FRM, FCSR, CYCLE, TIME, INSTRET};
  private static final String[] NAMES = {"fflags", "frm", "fcsr", "cycle", "time", "instret"};

  private Csrs() {}

  /** The GNU name, or the number in hexadecimal where this table has none. */
  static String name(int number) {
    for (int i = 0; i < NUMBERS.length; i++) {
      if (NUMBERS[i] == number) {
        return NAMES[i];
      }
    }
    return "0x" + Integer.toHexString(number);
  }

  static int number(String text) {
    for (int i = 0; i < NAMES.length; i++) {
      if (NAMES[i].equals(text)) {
        return NUMBERS[i];
      }
    }
    return Integer.decode(text);
  }
}
