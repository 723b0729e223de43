package org.godwit.engine.machine;

import org.godwit.engine.isa.Decoded;
import org.godwit.engine.isa.Op;

/**
 * Rows of the F extension: single precision, NaN-boxed in the registers. Meanings are in {@link
 * Floats}.
 */
final class SingleFloats {
  private SingleFloats() {}

  static Stop execute(Hart hart, long[] x, Op op, long d) {
    long[] f = hart.f;
    Fcsr s = hart.fcsr;
    int rm = op.rounds() ? s.rounding(Decoded.rounding(d)) : 0;
    if (rm < 0) {
      return Stop.ILLEGAL;
    }
    int rd = Decoded.rd(d);
    int a = Floats.unbox(f[Decoded.rs1(d) & 31]);
    int b = Floats.unbox(f[Decoded.rs2(d) & 31]);
    long integer = x[Decoded.rs1(d)];
    switch (op) {
      case FADD_S -> f[rd] = Floats.box(Floats.faddS(a, b, rm, s));
      case FSUB_S -> f[rd] = Floats.box(Floats.fsubS(a, b, rm, s));
      case FMUL_S -> f[rd] = Floats.box(Floats.fmulS(a, b, rm, s));
      case FDIV_S -> f[rd] = Floats.box(Floats.fdivS(a, b, rm, s));
      case FSQRT_S -> f[rd] = Floats.box(Floats.fsqrtS(a, rm, s));
      case FMADD_S -> f[rd] = Floats.box(Floats.fmaddS(a, b, third(hart, d), rm, s));
      case FMSUB_S -> f[rd] = Floats.box(Floats.fmsubS(a, b, third(hart, d), rm, s));
      case FNMSUB_S -> f[rd] = Floats.box(Floats.fnmsubS(a, b, third(hart, d), rm, s));
      case FNMADD_S -> f[rd] = Floats.box(Floats.fnmaddS(a, b, third(hart, d), rm, s));
      case FSGNJ_S -> f[rd] = Floats.box(Floats.fsgnjS(a, b));
      case FSGNJN_S -> f[rd] = Floats.box(Floats.fsgnjnS(a, b));
      case FSGNJX_S -> f[rd] = Floats.box(Floats.fsgnjxS(a, b));
      case FMIN_S -> f[rd] = Floats.box(Floats.fminS(a, b, s));
      case FMAX_S -> f[rd] = Floats.box(Floats.fmaxS(a, b, s));
      case FEQ_S -> x[rd] = Floats.feqS(a, b, s);
      case FLT_S -> x[rd] = Floats.fltS(a, b, s);
      case FLE_S -> x[rd] = Floats.fleS(a, b, s);
      case FCLASS_S -> x[rd] = Floats.fclassS(a);
      case FCVT_W_S -> x[rd] = Floats.fcvtWS(a, rm, s);
      case FCVT_WU_S -> x[rd] = Floats.fcvtWUS(a, rm, s);
      case FCVT_L_S -> x[rd] = Floats.fcvtLS(a, rm, s);
      case FCVT_LU_S -> x[rd] = Floats.fcvtLUS(a, rm, s);
      case FCVT_S_W -> f[rd] = Floats.box(Floats.fcvtSW((int) integer, rm, s));
      case FCVT_S_WU -> f[rd] = Floats.box(Floats.fcvtSWU((int) integer, rm, s));
      case FCVT_S_L -> f[rd] = Floats.box(Floats.fcvtSL(integer, rm, s));
      case FCVT_S_LU -> f[rd] = Floats.box(Floats.fcvtSLU(integer, rm, s));
      case FMV_X_W -> x[rd] = (int) f[Decoded.rs1(d)];
      case FMV_W_X -> f[rd] = Floats.box((int) integer);
      default -> throw new IllegalStateException("not a row of this extension: " + op);
    }
    return null;
  }

  private static int third(Hart hart, long d) {
    return Floats.unbox(hart.f[Decoded.rs3(d)]);
  }
}
