package org.godwit.engine.machine;

import org.godwit.engine.isa.Csrs;
import org.godwit.engine.isa.Decoded;
import org.godwit.engine.isa.Op;

/**
 * Zicsr: the registers that user mode has. Reading another one, or writing a counter, is illegal.
 */
final class CsrAccess {
  private CsrAccess() {}

  static Stop execute(Hart hart, long[] x, Op op, long d) {
    int csr = Decoded.imm(d) & 0xfff;
    boolean immediate = op == Op.CSRRWI || op == Op.CSRRSI || op == Op.CSRRCI;
    long operand = immediate ? Decoded.rs1(d) : x[Decoded.rs1(d)];
    boolean swaps = op == Op.CSRRW || op == Op.CSRRWI;
    boolean writes = swaps || Decoded.rs1(d) != 0; // csrrs and csrrc with x0 or 0 only read.
    boolean readOnly = csr >>> 10 == 3;
    if (!known(csr) || writes && readOnly) {
      return Stop.ILLEGAL;
    }
    long old = read(hart, csr);
    if (writes) {
      boolean sets = op == Op.CSRRS || op == Op.CSRRSI;
      write(hart, csr, swaps ? operand : sets ? old | operand : old & ~operand);
    }
    x[Decoded.rd(d)] = old;
    return null;
  }

  private static boolean known(int csr) {
    return csr >= Csrs.FFLAGS && csr <= Csrs.FCSR || csr >= Csrs.CYCLE && csr <= Csrs.INSTRET;
  }

  private static long read(Hart hart, int csr) {
    return switch (csr) {
      case Csrs.FFLAGS -> hart.fcsr.fflags;
      case Csrs.FRM -> hart.fcsr.frm;
      case Csrs.FCSR -> hart.fcsr.read();
      case Csrs.CYCLE -> hart.counters.cycle(hart.retired);
      case Csrs.TIME -> hart.counters.time(hart.retired);
      case Csrs.INSTRET -> hart.retired;
      default -> throw new IllegalStateException("unknown CSR " + csr);
    };
  }

  private static void write(Hart hart, int csr, long value) {
    switch (csr) {
      case Csrs.FFLAGS -> hart.fcsr.fflags = (int) value & 31;
      case Csrs.FRM -> hart.fcsr.frm = (int) value & 7;
      case Csrs.FCSR -> hart.fcsr.write(value);
      default -> throw new IllegalStateException("read-only CSR " + csr);
    }
  }
}
