package org.godwit.engine.jit;

import org.godwit.engine.isa.Decoded;
import org.godwit.engine.isa.Op;

/** Which registers a row reads and writes, as masks ({@link Block}). */
enum Operands {
  NONE,
  /** rd only. */
  RD,
  /** rd from x rs1. */
  UNARY,
  /** rd from x rs1 and x rs2. */
  BINARY,
  /** x rs1 and x rs2 only: stores, branches. */
  SOURCES,
  /** f rd from x rs1. */
  F_FROM_X,
  /** x rd from f rs1. */
  X_FROM_F,
  /** x rd from f rs1 and f rs2. */
  X_FROM_FF,
  /** f rd from f rs1. */
  F_FROM_F,
  /** f rd from f rs1 and f rs2. */
  F_FROM_FF,
  /** f rd from f rs1, f rs2 and f rs3. */
  F_FROM_FFF,
  /** Stores f rs2 at x rs1. */
  STORE_F;

  private static final Operands[] OF = new Operands[Op.all().size()];

  static {
    for (Op op : Op.all()) {
      OF[op.ordinal()] = classify(op);
    }
  }

  static Operands of(Op op) {
    return OF[op.ordinal()];
  }

  private static Operands classify(Op op) {
    return switch (op) {
      case LUI, AUIPC, JAL -> RD;
      case JALR -> UNARY;
      case BEQ, BNE, BLT, BGE, BLTU, BGEU, SB, SH, SW, SD -> SOURCES;
      case LB, LH, LW, LD, LBU, LHU, LWU -> UNARY;
      case ADDI, SLTI, SLTIU, XORI, ORI, ANDI, SLLI, SRLI, SRAI -> UNARY;
      case ADDIW, SLLIW, SRLIW, SRAIW -> UNARY;
      case FENCE, FENCE_TSO, FENCE_I, ECALL, EBREAK -> NONE;
      case CSRRW, CSRRS, CSRRC -> UNARY;
      case CSRRWI, CSRRSI, CSRRCI -> RD;
      case FLW, FLD -> F_FROM_X;
      case FSW, FSD -> STORE_F;
      case FMADD_S, FMSUB_S, FNMSUB_S, FNMADD_S, FMADD_D, FMSUB_D, FNMSUB_D, FNMADD_D -> F_FROM_FFF;
      case FSQRT_S, FSQRT_D, FCVT_S_D, FCVT_D_S -> F_FROM_F;
      case FEQ_S, FLT_S, FLE_S, FEQ_D, FLT_D, FLE_D -> X_FROM_FF;
      case FCVT_W_S, FCVT_WU_S, FCVT_L_S, FCVT_LU_S, FMV_X_W, FCLASS_S -> X_FROM_F;
      case FCVT_W_D, FCVT_WU_D, FCVT_L_D, FCVT_LU_D, FMV_X_D, FCLASS_D -> X_FROM_F;
      case FCVT_S_W, FCVT_S_WU, FCVT_S_L, FCVT_S_LU, FMV_W_X -> F_FROM_X;
      case FCVT_D_W, FCVT_D_WU, FCVT_D_L, FCVT_D_LU, FMV_D_X -> F_FROM_X;
      default ->
          switch (op.extension()) {
            case F, D -> F_FROM_FF;
            default -> BINARY;
          };
    };
  }

  static long x(int number) {
    return number == 0 || number == Decoded.SINK ? 0 : 1L << number;
  }

  static long f(int number) {
    return 1L << 32 + number;
  }

  static long reads(long d) {
    int rs1 = Decoded.rs1(d);
    int rs2 = Decoded.rs2(d);
    return switch (of(Op.of(Decoded.operation(d)))) {
      case NONE, RD -> 0;
      case UNARY, F_FROM_X -> x(rs1);
      case BINARY, SOURCES -> x(rs1) | x(rs2);
      case X_FROM_F, F_FROM_F -> f(rs1);
      case X_FROM_FF, F_FROM_FF -> f(rs1) | f(rs2);
      case F_FROM_FFF -> f(rs1) | f(rs2) | f(Decoded.rs3(d));
      case STORE_F -> x(rs1) | f(rs2);
    };
  }

  static long writes(long d) {
    int rd = Decoded.rd(d);
    return switch (of(Op.of(Decoded.operation(d)))) {
      case NONE, SOURCES, STORE_F -> 0;
      case RD, UNARY, BINARY, X_FROM_F, X_FROM_FF -> x(rd);
      case F_FROM_X, F_FROM_F, F_FROM_FF, F_FROM_FFF -> f(rd);
    };
  }
}
