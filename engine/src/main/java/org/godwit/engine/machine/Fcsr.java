package org.godwit.engine.machine;

/**
 * The floating-point control and status register of one hart: rounding mode {@code frm} and accrued
 * exceptions {@code fflags} (RISC-V unprivileged specification, chapter "F", section
 * "Floating-Point Control and Status Register").
 *
 * <p>Both fields are plain and public to the package and the translator because every
 * floating-point instruction touches them. <b>Not thread safe</b>: the owning hart is run by one
 * thread at a time. Invariants: {@code 0 <= frm <= 7} (5 to 7 are reserved values that a guest may
 * write and that make dynamically rounded instructions illegal), {@code 0 <= fflags <= 31}.
 *
 * <pre>
 *   31        8 7     5  4  3  2  1  0
 *  +-----------+-------+--+--+--+--+--+
 *  |     0     |  frm  |NV|DZ|OF|UF|NX|
 *  +-----------+-------+--+--+--+--+--+
 * </pre>
 */
public final class Fcsr {
  /** Invalid operation. */
  public static final int NV = 16;

  /** Division of a finite non-zero number by zero. */
  public static final int DZ = 8;

  /** Overflow: the rounded result exceeds the largest finite number. */
  public static final int OF = 4;

  /** Underflow: the result is tiny after rounding and inexact. */
  public static final int UF = 2;

  /** Inexact: the result differs from the infinitely precise one. */
  public static final int NX = 1;

  /** Round to nearest, ties to even. */
  public static final int RNE = 0;

  /** Round towards zero. */
  public static final int RTZ = 1;

  /** Round down, towards minus infinity. */
  public static final int RDN = 2;

  /** Round up, towards plus infinity. */
  public static final int RUP = 3;

  /** Round to nearest, ties to the larger magnitude. */
  public static final int RMM = 4;

  /** The value of an instruction's rm field that means "use frm". */
  public static final int DYN = 7;

  /** Rounding mode, 3 bits as the guest wrote them. */
  public int frm;

  /** Accrued exceptions, 5 bits. */
  public int fflags;

  /** A register as it is after reset: round to nearest even, nothing raised. */
  public Fcsr() {}

  /** The register as CSR 0x003 shows it, 8 bits. */
  public int read() {
    return frm << 5 | fflags;
  }

  /** Writes CSR 0x003; bits above the low 8 are ignored. */
  public void write(long value) {
    frm = (int) value >>> 5 & 7;
    fflags = (int) value & 31;
  }

  /**
   * The rounding mode that an instruction with this rm field uses.
   *
   * @param rm the instruction's 3-bit rm field
   * @return 0 to 4, or -1 when the mode is reserved and the instruction therefore illegal
   */
  public int rounding(int rm) {
    int mode = rm == DYN ? frm : rm;
    return mode <= RMM ? mode : -1;
  }
}
