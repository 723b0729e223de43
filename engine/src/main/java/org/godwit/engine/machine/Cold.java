package org.godwit.engine.machine;

import org.godwit.engine.isa.Decoded;
import org.godwit.engine.isa.Op;
import org.godwit.engine.memory.AddressSpace;

/**
 * What the interpreter's loop does not do itself: rare integer rows, system rows, and the way to
 * atomics, CSRs and floating point.
 */
public final class Cold {
  private Cold() {}

  /**
   * Executes one instruction of the table other than a transfer of control, an ecall or an access
   * to a CSR, for engines that have no code of their own for it. pc and retired of the hart are not
   * looked at and not moved.
   *
   * @param d the instruction as {@link Decoded}, not a load, a store or a plain integer row
   * @return null when it completed, else why not
   */
  public static Stop execute(Hart hart, AddressSpace memory, long d) {
    return execute(hart, memory, hart.x, Codes.plain(d));
  }

  /**
   * Executes one instruction that the loop left over. pc and retired of the hart stand at it and
   * are not moved.
   *
   * @param x integer registers with the sink
   * @return null when it completed, else why not
   */
  static Stop execute(Hart hart, AddressSpace memory, long[] x, long d) {
    int code = (int) d & 0xff;
    if (code == Codes.ILLEGAL) {
      return Stop.ILLEGAL;
    }
    Op op = Codes.cold(code);
    return switch (op.extension()) {
      case I, ZIFENCEI -> base(op);
      case M -> multiply(x, op, d);
      case A -> Atomics.execute(hart, memory, x, op, d);
      case ZICSR -> CsrAccess.execute(hart, x, op, d);
      case F -> SingleFloats.execute(hart, x, op, d);
      case D -> DoubleFloats.execute(hart, x, op, d);
      case C -> throw new IllegalStateException("compressed rows decode to base rows: " + op);
    };
  }

  private static Stop base(Op op) {
    return switch (op) {
      case ECALL -> Stop.ECALL;
      case EBREAK -> Stop.EBREAK;
      // Harts of one address space run on one thread, and stores reach decoded code by themselves.
      case FENCE, FENCE_TSO, FENCE_I -> null;
      default -> throw new IllegalStateException("not a row without operands: " + op);
    };
  }

  private static Stop multiply(long[] x, Op op, long d) {
    long a = x[Decoded.rs1(d)];
    long b = x[Decoded.rs2(d)];
    x[Decoded.rd(d)] =
        switch (op) {
          case MULH -> Semantics.mulh(a, b);
          case MULHSU -> Semantics.mulhsu(a, b);
          case MULHU -> Semantics.mulhu(a, b);
          case DIV -> Semantics.div(a, b);
          case DIVU -> Semantics.divu(a, b);
          case REM -> Semantics.rem(a, b);
          case REMU -> Semantics.remu(a, b);
          case DIVW -> Semantics.divw(a, b);
          case DIVUW -> Semantics.divuw(a, b);
          case REMW -> Semantics.remw(a, b);
          case REMUW -> Semantics.remuw(a, b);
          default -> throw new IllegalStateException("not a multiplication or division: " + op);
        };
    return null;
  }
}
