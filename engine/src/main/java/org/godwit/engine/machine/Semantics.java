package org.godwit.engine.machine;

/**
 * The integer instructions that have a corner, one static method each, called by the interpreter
 * and by translated code. Unprivileged ISA 20191213, chapters 2, 5 and 7.
 */
public final class Semantics {
  private Semantics() {}

  /** DIV: by zero gives -1; the one overflow gives the dividend, as Java's does. */
  public static long div(long a, long b) {
    return b == 0 ? -1 : a / b;
  }

  /** DIVU: by zero gives all ones. */
  public static long divu(long a, long b) {
    return b == 0 ? -1 : Long.divideUnsigned(a, b);
  }

  /** REM: by zero gives the dividend; the overflow gives 0, as Java's does. */
  public static long rem(long a, long b) {
    return b == 0 ? a : a % b;
  }

  /** REMU: by zero gives the dividend. */
  public static long remu(long a, long b) {
    return b == 0 ? a : Long.remainderUnsigned(a, b);
  }

  /** DIVW, on the low halves, sign-extended. */
  public static long divw(long a, long b) {
    return (int) b == 0 ? -1 : (int) a / (int) b;
  }

  /** DIVUW. */
  public static long divuw(long a, long b) {
    return (int) b == 0 ? -1 : Integer.divideUnsigned((int) a, (int) b);
  }

  /** REMW. */
  public static long remw(long a, long b) {
    return (int) b == 0 ? (int) a : (int) a % (int) b;
  }

  /** REMUW. */
  public static long remuw(long a, long b) {
    return (int) b == 0 ? (int) a : Integer.remainderUnsigned((int) a, (int) b);
  }

  /** MULH: upper half of the signed product. */
  public static long mulh(long a, long b) {
    return Math.multiplyHigh(a, b);
  }

  /** MULHU: upper half of the unsigned product. */
  public static long mulhu(long a, long b) {
    return Math.unsignedMultiplyHigh(a, b);
  }

  /** MULHSU: upper half of signed times unsigned. */
  public static long mulhsu(long a, long b) {
    return Math.multiplyHigh(a, b) + (b >> 63 & a);
  }

  /** SLLIW and SLLW: Java takes the shift modulo 32 as RISC-V does. */
  public static long sllw(long a, long b) {
    return (int) a << (int) b;
  }

  /** SRLIW and SRLW. */
  public static long srlw(long a, long b) {
    return (int) a >>> (int) b;
  }

  /** SRAIW and SRAW. */
  public static long sraw(long a, long b) {
    return (int) a >> (int) b;
  }

  /** SLT. */
  public static long slt(long a, long b) {
    return a < b ? 1 : 0;
  }

  /** SLTU. */
  public static long sltu(long a, long b) {
    return a + Long.MIN_VALUE < b + Long.MIN_VALUE ? 1 : 0;
  }
}
