package org.godwit.engine.machine;

import org.godwit.engine.isa.Decoded;
import org.godwit.engine.isa.Op;

/** Rows of the D extension: double precision. Meanings are in {@link Floats}. */
final class DoubleFloats {
  private DoubleFloats() {}

  static Stop execute(Hart hart, long[] x, Op op, long d) {
    long[] f = hart.f;
    Fcsr s = hart.fcsr;
    int rm = op.rounds() ? s.rounding(Decoded.rounding(d)) : 0;
    if (rm < 0) {
      return Stop.ILLEGAL;
    }
    int rd = Decoded.rd(d);
    long a = f[Decoded.rs1(d) & 31];
    long b = f[Decoded.rs2(d) & 31];
    long integer = x[Decoded.rs1(d)];
    switch (op) {
      case FADD_D -> f[rd] = Floats.faddD(a, b, rm, s);
      case FSUB_D -> f[rd] = Floats.fsubD(a, b, rm, s);
      case FMUL_D -> f[rd] = Floats.fmulD(a, b, rm, s);
      case FDIV_D -> f[rd] = Floats.fdivD(a, b, rm, s);
      case FSQRT_D -> f[rd] = Floats.fsqrtD(a, rm, s);
      case FMADD_D -> f[rd] = Floats.fmaddD(a, b, third(hart, d), rm, s);
      case FMSUB_D -> f[rd] = Floats.fmsubD(a, b, third(hart, d), rm, s);
      case FNMSUB_D -> f[rd] = Floats.fnmsubD(a, b, third(hart, d), rm, s);
      case FNMADD_D -> f[rd] = Floats.fnmaddD(a, b, third(hart, d), rm, s);
      case FSGNJ_D -> f[rd] = Floats.fsgnjD(a, b);
      case FSGNJN_D -> f[rd] = Floats.fsgnjnD(a, b);
      case FSGNJX_D -> f[rd] = Floats.fsgnjxD(a, b);
      case FMIN_D -> f[rd] = Floats.fminD(a, b, s);
      case FMAX_D -> f[rd] = Floats.fmaxD(a, b, s);
      case FEQ_D -> x[rd] = Floats.feqD(a, b, s);
      case FLT_D -> x[rd] = Floats.fltD(a, b, s);
      case FLE_D -> x[rd] = Floats.fleD(a, b, s);
      case FCLASS_D -> x[rd] = Floats.fclassD(a);
      case FCVT_W_D -> x[rd] = Floats.fcvtWD(a, rm, s);
      case FCVT_WU_D -> x[rd] = Floats.fcvtWUD(a, rm, s);
      case FCVT_L_D -> x[rd] = Floats.fcvtLD(a, rm, s);
      case FCVT_LU_D -> x[rd] = Floats.fcvtLUD(a, rm, s);
      case FCVT_D_W -> f[rd] = Floats.fcvtDW((int) integer);
      case FCVT_D_WU -> f[rd] = Floats.fcvtDWU((int) integer);
      case FCVT_D_L -> f[rd] = Floats.fcvtDL(integer, rm, s);
      case FCVT_D_LU -> f[rd] = Floats.fcvtDLU(integer, rm, s);
      case FCVT_D_S -> f[rd] = Floats.fcvtDS(Floats.unbox(f[Decoded.rs1(d)]), s);
      case FCVT_S_D -> f[rd] = Floats.box(Floats.fcvtSD(a, rm, s));
      case FMV_X_D -> x[rd] = a;
      case FMV_D_X -> f[rd] = integer;
      default -> throw new IllegalStateException("not a row of this extension: " + op);
    }
    return null;
  }

  private static long third(Hart hart, long d) {
    return hart.f[Decoded.rs3(d)];
  }
}
