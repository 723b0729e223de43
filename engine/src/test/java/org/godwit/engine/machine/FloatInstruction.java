package org.godwit.engine.machine;

import static org.godwit.engine.machine.Floats.*;

/**
 * What the interpreter does around a method of {@link Floats}: by mnemonic, on register contents.
 */
final class FloatInstruction {
  private FloatInstruction() {}

  /**
   * The 64-bit contents of the result register.
   *
   * @param v operand registers, 64 bits each
   * @throws IllegalArgumentException for a mnemonic that Floats has no method for
   */
  static long execute(String name, long[] v, int rm, Fcsr f) {
    return switch (name) {
      case "fadd.s" -> box(faddS(unbox(v[0]), unbox(v[1]), rm, f));
      case "fsub.s" -> box(fsubS(unbox(v[0]), unbox(v[1]), rm, f));
      case "fmul.s" -> box(fmulS(unbox(v[0]), unbox(v[1]), rm, f));
      case "fdiv.s" -> box(fdivS(unbox(v[0]), unbox(v[1]), rm, f));
      case "fsqrt.s" -> box(fsqrtS(unbox(v[0]), rm, f));
      case "fmadd.s" -> box(fmaddS(unbox(v[0]), unbox(v[1]), unbox(v[2]), rm, f));
      case "fmsub.s" -> box(fmsubS(unbox(v[0]), unbox(v[1]), unbox(v[2]), rm, f));
      case "fnmsub.s" -> box(fnmsubS(unbox(v[0]), unbox(v[1]), unbox(v[2]), rm, f));
      case "fnmadd.s" -> box(fnmaddS(unbox(v[0]), unbox(v[1]), unbox(v[2]), rm, f));
      case "fsgnj.s" -> box(fsgnjS(unbox(v[0]), unbox(v[1])));
      case "fsgnjn.s" -> box(fsgnjnS(unbox(v[0]), unbox(v[1])));
      case "fsgnjx.s" -> box(fsgnjxS(unbox(v[0]), unbox(v[1])));
      case "fmin.s" -> box(fminS(unbox(v[0]), unbox(v[1]), f));
      case "fmax.s" -> box(fmaxS(unbox(v[0]), unbox(v[1]), f));
      case "feq.s" -> feqS(unbox(v[0]), unbox(v[1]), f);
      case "flt.s" -> fltS(unbox(v[0]), unbox(v[1]), f);
      case "fle.s" -> fleS(unbox(v[0]), unbox(v[1]), f);
      case "fclass.s" -> fclassS(unbox(v[0]));
      case "fcvt.w.s" -> fcvtWS(unbox(v[0]), rm, f);
      case "fcvt.wu.s" -> fcvtWUS(unbox(v[0]), rm, f);
      case "fcvt.l.s" -> fcvtLS(unbox(v[0]), rm, f);
      case "fcvt.lu.s" -> fcvtLUS(unbox(v[0]), rm, f);
      case "fcvt.s.w" -> box(fcvtSW((int) v[0], rm, f));
      case "fcvt.s.wu" -> box(fcvtSWU((int) v[0], rm, f));
      case "fcvt.s.l" -> box(fcvtSL(v[0], rm, f));
      case "fcvt.s.lu" -> box(fcvtSLU(v[0], rm, f));
      case "fadd.d" -> faddD(v[0], v[1], rm, f);
      case "fsub.d" -> fsubD(v[0], v[1], rm, f);
      case "fmul.d" -> fmulD(v[0], v[1], rm, f);
      case "fdiv.d" -> fdivD(v[0], v[1], rm, f);
      case "fsqrt.d" -> fsqrtD(v[0], rm, f);
      case "fmadd.d" -> fmaddD(v[0], v[1], v[2], rm, f);
      case "fmsub.d" -> fmsubD(v[0], v[1], v[2], rm, f);
      case "fnmsub.d" -> fnmsubD(v[0], v[1], v[2], rm, f);
      case "fnmadd.d" -> fnmaddD(v[0], v[1], v[2], rm, f);
      case "fsgnj.d" -> fsgnjD(v[0], v[1]);
      case "fsgnjn.d" -> fsgnjnD(v[0], v[1]);
      case "fsgnjx.d" -> fsgnjxD(v[0], v[1]);
      case "fmin.d" -> fminD(v[0], v[1], f);
      case "fmax.d" -> fmaxD(v[0], v[1], f);
      case "feq.d" -> feqD(v[0], v[1], f);
      case "flt.d" -> fltD(v[0], v[1], f);
      case "fle.d" -> fleD(v[0], v[1], f);
      case "fclass.d" -> fclassD(v[0]);
      case "fcvt.w.d" -> fcvtWD(v[0], rm, f);
      case "fcvt.wu.d" -> fcvtWUD(v[0], rm, f);
      case "fcvt.l.d" -> fcvtLD(v[0], rm, f);
      case "fcvt.lu.d" -> fcvtLUD(v[0], rm, f);
      case "fcvt.d.w" -> fcvtDW((int) v[0]);
      case "fcvt.d.wu" -> fcvtDWU((int) v[0]);
      case "fcvt.d.l" -> fcvtDL(v[0], rm, f);
      case "fcvt.d.lu" -> fcvtDLU(v[0], rm, f);
      case "fcvt.s.d" -> box(fcvtSD(v[0], rm, f));
      case "fcvt.d.s" -> fcvtDS(unbox(v[0]), f);
      case "fmv.x.w" -> (int) v[0];
      case "fmv.w.x" -> box((int) v[0]);
      case "fmv.x.d", "fmv.d.x" -> v[0];
      default -> throw new IllegalArgumentException(name);
    };
  }
}
