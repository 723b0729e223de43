package org.godwit.engine.isa;

/**
 * The packed form of a decoded instruction, one {@code long} without objects.
 *
 * <pre>
 *  63            32 31  30 29    24 23 22 21    16 15  14 13     8 7         0
 * | immediate      | 0   0 | rs2   | 0  0 | rs1   | length | rd     | operation |
 * </pre>
 *
 * The immediate is signed. Length is in halfwords (1 or 2). Integer destinations never name x0: a
 * write to x0 goes to {@link #SINK}, so that executing needs no test. Floating-point rows have no
 * immediate; theirs holds rs3 in bits 0 to 4 and the rounding mode in bits 8 to 10.
 */
public final class Decoded {
  /** Register number that receives what a program writes to x0. */
  public static final int SINK = 32;

  private Decoded() {}

  /** Packs the fields; {@code length} is in bytes, 2 or 4. */
  public static long pack(int operation, int rd, int rs1, int rs2, int imm, int length) {
    return operation
        | (long) rd << 8
        | (long) length >>> 1 << 14
        | (long) rs1 << 16
        | (long) rs2 << 24
        | (long) imm << 32;
  }

  public static int operation(long d) {
    return (int) d & 0xff;
  }

  /** Destination: 0 to 31, or {@link #SINK} for an integer destination x0. */
  public static int rd(long d) {
    return (int) (d >>> 8) & 63;
  }

  public static int rs1(long d) {
    return (int) (d >>> 16) & 63;
  }

  public static int rs2(long d) {
    return (int) (d >>> 24) & 63;
  }

  public static int rs3(long d) {
    return (int) (d >>> 32) & 31;
  }

  /** Rounding mode of a floating-point row, 0 to 7; 7 means "as frm says". */
  public static int rounding(long d) {
    return (int) (d >>> 40) & 7;
  }

  public static int imm(long d) {
    return (int) (d >> 32);
  }

  /** Length in bytes: 2 or 4. */
  public static int length(long d) {
    return (int) (d >>> 13) & 6;
  }

  /** The same instruction with another operation number: for engines that specialise operations. */
  public static long withOperation(long d, int operation) {
    return d & ~0xffL | operation;
  }

  /** The same instruction with another immediate. */
  public static long withImm(long d, int imm) {
    return d & 0xffff_ffffL | (long) imm << 32;
  }
}
