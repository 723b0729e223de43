package org.godwit.engine.isa;

import java.util.List;

/**
 * The table of 32-bit instructions of RV64IMAFD with Zicsr and Zifencei: one row each, with its
 * encoding as a picture of the word (most significant bit left, dots for operand bits), its
 * operands in GNU order and its extension.
 *
 * <p>Source: RISC-V Unprivileged ISA 20191213, chapter 24 (instruction listings). Loading the class
 * fails if two rows overlap. Ordinals fit in eight bits and number the operation in {@link
 * Decoded}.
 */
public enum Op {
  LUI("lui", ".................... ..... 0110111", "RD,U", Extension.I),
  AUIPC("auipc", ".................... ..... 0010111", "RD,U", Extension.I),
  JAL("jal", ".................... ..... 1101111", "RD,J", Extension.I),
  JALR("jalr", "............ ..... 000 ..... 1100111", "RD,I(RS1)", Extension.I),
  BEQ("beq", "....... ..... ..... 000 ..... 1100011", "RS1,RS2,B", Extension.I),
  BNE("bne", "....... ..... ..... 001 ..... 1100011", "RS1,RS2,B", Extension.I),
  BLT("blt", "....... ..... ..... 100 ..... 1100011", "RS1,RS2,B", Extension.I),
  BGE("bge", "....... ..... ..... 101 ..... 1100011", "RS1,RS2,B", Extension.I),
  BLTU("bltu", "....... ..... ..... 110 ..... 1100011", "RS1,RS2,B", Extension.I),
  BGEU("bgeu", "....... ..... ..... 111 ..... 1100011", "RS1,RS2,B", Extension.I),
  LB("lb", "............ ..... 000 ..... 0000011", "RD,I(RS1)", Extension.I),
  LH("lh", "............ ..... 001 ..... 0000011", "RD,I(RS1)", Extension.I),
  LW("lw", "............ ..... 010 ..... 0000011", "RD,I(RS1)", Extension.I),
  LD("ld", "............ ..... 011 ..... 0000011", "RD,I(RS1)", Extension.I),
  LBU("lbu", "............ ..... 100 ..... 0000011", "RD,I(RS1)", Extension.I),
  LHU("lhu", "............ ..... 101 ..... 0000011", "RD,I(RS1)", Extension.I),
  LWU("lwu", "............ ..... 110 ..... 0000011", "RD,I(RS1)", Extension.I),
  SB("sb", "....... ..... ..... 000 ..... 0100011", "RS2,S(RS1)", Extension.I),
  SH("sh", "....... ..... ..... 001 ..... 0100011", "RS2,S(RS1)", Extension.I),
  SW("sw", "....... ..... ..... 010 ..... 0100011", "RS2,S(RS1)", Extension.I),
  SD("sd", "....... ..... ..... 011 ..... 0100011", "RS2,S(RS1)", Extension.I),
  ADDI("addi", "............ ..... 000 ..... 0010011", "RD,RS1,I", Extension.I),
  SLTI("slti", "............ ..... 010 ..... 0010011", "RD,RS1,I", Extension.I),
  SLTIU("sltiu", "............ ..... 011 ..... 0010011", "RD,RS1,I", Extension.I),
  XORI("xori", "............ ..... 100 ..... 0010011", "RD,RS1,I", Extension.I),
  ORI("ori", "............ ..... 110 ..... 0010011", "RD,RS1,I", Extension.I),
  ANDI("andi", "............ ..... 111 ..... 0010011", "RD,RS1,I", Extension.I),
  SLLI("slli", "000000 ...... ..... 001 ..... 0010011", "RD,RS1,SH6", Extension.I),
  SRLI("srli", "000000 ...... ..... 101 ..... 0010011", "RD,RS1,SH6", Extension.I),
  SRAI("srai", "010000 ...... ..... 101 ..... 0010011", "RD,RS1,SH6", Extension.I),
  ADD("add", "0000000 ..... ..... 000 ..... 0110011", "RD,RS1,RS2", Extension.I),
  SUB("sub", "0100000 ..... ..... 000 ..... 0110011", "RD,RS1,RS2", Extension.I),
  SLL("sll", "0000000 ..... ..... 001 ..... 0110011", "RD,RS1,RS2", Extension.I),
  SLT("slt", "0000000 ..... ..... 010 ..... 0110011", "RD,RS1,RS2", Extension.I),
  SLTU("sltu", "0000000 ..... ..... 011 ..... 0110011", "RD,RS1,RS2", Extension.I),
  XOR("xor", "0000000 ..... ..... 100 ..... 0110011", "RD,RS1,RS2", Extension.I),
  SRL("srl", "0000000 ..... ..... 101 ..... 0110011", "RD,RS1,RS2", Extension.I),
  SRA("sra", "0100000 ..... ..... 101 ..... 0110011", "RD,RS1,RS2", Extension.I),
  OR("or", "0000000 ..... ..... 110 ..... 0110011", "RD,RS1,RS2", Extension.I),
  AND("and", "0000000 ..... ..... 111 ..... 0110011", "RD,RS1,RS2", Extension.I),
  ADDIW("addiw", "............ ..... 000 ..... 0011011", "RD,RS1,I", Extension.I),
  SLLIW("slliw", "0000000 ..... ..... 001 ..... 0011011", "RD,RS1,SH5", Extension.I),
  SRLIW("srliw", "0000000 ..... ..... 101 ..... 0011011", "RD,RS1,SH5", Extension.I),
  SRAIW("sraiw", "0100000 ..... ..... 101 ..... 0011011", "RD,RS1,SH5", Extension.I),
  ADDW("addw", "0000000 ..... ..... 000 ..... 0111011", "RD,RS1,RS2", Extension.I),
  SUBW("subw", "0100000 ..... ..... 000 ..... 0111011", "RD,RS1,RS2", Extension.I),
  SLLW("sllw", "0000000 ..... ..... 001 ..... 0111011", "RD,RS1,RS2", Extension.I),
  SRLW("srlw", "0000000 ..... ..... 101 ..... 0111011", "RD,RS1,RS2", Extension.I),
  SRAW("sraw", "0100000 ..... ..... 101 ..... 0111011", "RD,RS1,RS2", Extension.I),
  FENCE("fence", "0000........ ..... 000 ..... 0001111", "PRED,SUCC", Extension.I),
  FENCE_TSO("fence.tso", "100000110011 ..... 000 ..... 0001111", "", Extension.I),
  ECALL("ecall", "000000000000 00000 000 00000 1110011", "", Extension.I),
  EBREAK("ebreak", "000000000001 00000 000 00000 1110011", "", Extension.I),
  FENCE_I("fence.i", "............ ..... 001 ..... 0001111", "", Extension.ZIFENCEI),
  CSRRW("csrrw", "............ ..... 001 ..... 1110011", "RD,CSR,RS1", Extension.ZICSR),
  CSRRS("csrrs", "............ ..... 010 ..... 1110011", "RD,CSR,RS1", Extension.ZICSR),
  CSRRC("csrrc", "............ ..... 011 ..... 1110011", "RD,CSR,RS1", Extension.ZICSR),
  CSRRWI("csrrwi", "............ ..... 101 ..... 1110011", "RD,CSR,Z", Extension.ZICSR),
  CSRRSI("csrrsi", "............ ..... 110 ..... 1110011", "RD,CSR,Z", Extension.ZICSR),
  CSRRCI("csrrci", "............ ..... 111 ..... 1110011", "RD,CSR,Z", Extension.ZICSR),
  MUL("mul", "0000001 ..... ..... 000 ..... 0110011", "RD,RS1,RS2", Extension.M),
  MULH("mulh", "0000001 ..... ..... 001 ..... 0110011", "RD,RS1,RS2", Extension.M),
  MULHSU("mulhsu", "0000001 ..... ..... 010 ..... 0110011", "RD,RS1,RS2", Extension.M),
  MULHU("mulhu", "0000001 ..... ..... 011 ..... 0110011", "RD,RS1,RS2", Extension.M),
  DIV("div", "0000001 ..... ..... 100 ..... 0110011", "RD,RS1,RS2", Extension.M),
  DIVU("divu", "0000001 ..... ..... 101 ..... 0110011", "RD,RS1,RS2", Extension.M),
  REM("rem", "0000001 ..... ..... 110 ..... 0110011", "RD,RS1,RS2", Extension.M),
  REMU("remu", "0000001 ..... ..... 111 ..... 0110011", "RD,RS1,RS2", Extension.M),
  MULW("mulw", "0000001 ..... ..... 000 ..... 0111011", "RD,RS1,RS2", Extension.M),
  DIVW("divw", "0000001 ..... ..... 100 ..... 0111011", "RD,RS1,RS2", Extension.M),
  DIVUW("divuw", "0000001 ..... ..... 101 ..... 0111011", "RD,RS1,RS2", Extension.M),
  REMW("remw", "0000001 ..... ..... 110 ..... 0111011", "RD,RS1,RS2", Extension.M),
  REMUW("remuw", "0000001 ..... ..... 111 ..... 0111011", "RD,RS1,RS2", Extension.M),
  LR_W("lr.w", "00010 . . 00000 ..... 010 ..... 0101111", "RD,(RS1)", Extension.A),
  SC_W("sc.w", "00011 . . ..... ..... 010 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOSWAP_W("amoswap.w", "00001 . . ..... ..... 010 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOADD_W("amoadd.w", "00000 . . ..... ..... 010 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOXOR_W("amoxor.w", "00100 . . ..... ..... 010 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOAND_W("amoand.w", "01100 . . ..... ..... 010 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOOR_W("amoor.w", "01000 . . ..... ..... 010 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOMIN_W("amomin.w", "10000 . . ..... ..... 010 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOMAX_W("amomax.w", "10100 . . ..... ..... 010 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOMINU_W("amominu.w", "11000 . . ..... ..... 010 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOMAXU_W("amomaxu.w", "11100 . . ..... ..... 010 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  LR_D("lr.d", "00010 . . 00000 ..... 011 ..... 0101111", "RD,(RS1)", Extension.A),
  SC_D("sc.d", "00011 . . ..... ..... 011 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOSWAP_D("amoswap.d", "00001 . . ..... ..... 011 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOADD_D("amoadd.d", "00000 . . ..... ..... 011 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOXOR_D("amoxor.d", "00100 . . ..... ..... 011 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOAND_D("amoand.d", "01100 . . ..... ..... 011 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOOR_D("amoor.d", "01000 . . ..... ..... 011 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOMIN_D("amomin.d", "10000 . . ..... ..... 011 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOMAX_D("amomax.d", "10100 . . ..... ..... 011 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOMINU_D("amominu.d", "11000 . . ..... ..... 011 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  AMOMAXU_D("amomaxu.d", "11100 . . ..... ..... 011 ..... 0101111", "RD,RS2,(RS1)", Extension.A),
  FLW("flw", "............ ..... 010 ..... 0000111", "FD,I(RS1)", Extension.F),
  FSW("fsw", "....... ..... ..... 010 ..... 0100111", "FS2,S(RS1)", Extension.F),
  FMADD_S("fmadd.s", "..... 00 ..... ..... ... ..... 1000011", "FD,FS1,FS2,FS3,RM", Extension.F),
  FMSUB_S("fmsub.s", "..... 00 ..... ..... ... ..... 1000111", "FD,FS1,FS2,FS3,RM", Extension.F),
  FNMSUB_S("fnmsub.s", "..... 00 ..... ..... ... ..... 1001011", "FD,FS1,FS2,FS3,RM", Extension.F),
  FNMADD_S("fnmadd.s", "..... 00 ..... ..... ... ..... 1001111", "FD,FS1,FS2,FS3,RM", Extension.F),
  FADD_S("fadd.s", "0000000 ..... ..... ... ..... 1010011", "FD,FS1,FS2,RM", Extension.F),
  FSUB_S("fsub.s", "0000100 ..... ..... ... ..... 1010011", "FD,FS1,FS2,RM", Extension.F),
  FMUL_S("fmul.s", "0001000 ..... ..... ... ..... 1010011", "FD,FS1,FS2,RM", Extension.F),
  FDIV_S("fdiv.s", "0001100 ..... ..... ... ..... 1010011", "FD,FS1,FS2,RM", Extension.F),
  FSQRT_S("fsqrt.s", "0101100 00000 ..... ... ..... 1010011", "FD,FS1,RM", Extension.F),
  FSGNJ_S("fsgnj.s", "0010000 ..... ..... 000 ..... 1010011", "FD,FS1,FS2", Extension.F),
  FSGNJN_S("fsgnjn.s", "0010000 ..... ..... 001 ..... 1010011", "FD,FS1,FS2", Extension.F),
  FSGNJX_S("fsgnjx.s", "0010000 ..... ..... 010 ..... 1010011", "FD,FS1,FS2", Extension.F),
  FMIN_S("fmin.s", "0010100 ..... ..... 000 ..... 1010011", "FD,FS1,FS2", Extension.F),
  FMAX_S("fmax.s", "0010100 ..... ..... 001 ..... 1010011", "FD,FS1,FS2", Extension.F),
  FLE_S("fle.s", "1010000 ..... ..... 000 ..... 1010011", "RD,FS1,FS2", Extension.F),
  FLT_S("flt.s", "1010000 ..... ..... 001 ..... 1010011", "RD,FS1,FS2", Extension.F),
  FEQ_S("feq.s", "1010000 ..... ..... 010 ..... 1010011", "RD,FS1,FS2", Extension.F),
  FCVT_W_S("fcvt.w.s", "1100000 00000 ..... ... ..... 1010011", "RD,FS1,RM", Extension.F),
  FCVT_S_W("fcvt.s.w", "1101000 00000 ..... ... ..... 1010011", "FD,RS1,RM", Extension.F),
  FCVT_WU_S("fcvt.wu.s", "1100000 00001 ..... ... ..... 1010011", "RD,FS1,RM", Extension.F),
  FCVT_S_WU("fcvt.s.wu", "1101000 00001 ..... ... ..... 1010011", "FD,RS1,RM", Extension.F),
  FCVT_L_S("fcvt.l.s", "1100000 00010 ..... ... ..... 1010011", "RD,FS1,RM", Extension.F),
  FCVT_S_L("fcvt.s.l", "1101000 00010 ..... ... ..... 1010011", "FD,RS1,RM", Extension.F),
  FCVT_LU_S("fcvt.lu.s", "1100000 00011 ..... ... ..... 1010011", "RD,FS1,RM", Extension.F),
  FCVT_S_LU("fcvt.s.lu", "1101000 00011 ..... ... ..... 1010011", "FD,RS1,RM", Extension.F),
  FMV_X_W("fmv.x.w", "1110000 00000 ..... 000 ..... 1010011", "RD,FS1", Extension.F),
  FMV_W_X("fmv.w.x", "1111000 00000 ..... 000 ..... 1010011", "FD,RS1", Extension.F),
  FCLASS_S("fclass.s", "1110000 00000 ..... 001 ..... 1010011", "RD,FS1", Extension.F),
  FLD("fld", "............ ..... 011 ..... 0000111", "FD,I(RS1)", Extension.D),
  FSD("fsd", "....... ..... ..... 011 ..... 0100111", "FS2,S(RS1)", Extension.D),
  FMADD_D("fmadd.d", "..... 01 ..... ..... ... ..... 1000011", "FD,FS1,FS2,FS3,RM", Extension.D),
  FMSUB_D("fmsub.d", "..... 01 ..... ..... ... ..... 1000111", "FD,FS1,FS2,FS3,RM", Extension.D),
  FNMSUB_D("fnmsub.d", "..... 01 ..... ..... ... ..... 1001011", "FD,FS1,FS2,FS3,RM", Extension.D),
  FNMADD_D("fnmadd.d", "..... 01 ..... ..... ... ..... 1001111", "FD,FS1,FS2,FS3,RM", Extension.D),
  FADD_D("fadd.d", "0000001 ..... ..... ... ..... 1010011", "FD,FS1,FS2,RM", Extension.D),
  FSUB_D("fsub.d", "0000101 ..... ..... ... ..... 1010011", "FD,FS1,FS2,RM", Extension.D),
  FMUL_D("fmul.d", "0001001 ..... ..... ... ..... 1010011", "FD,FS1,FS2,RM", Extension.D),
  FDIV_D("fdiv.d", "0001101 ..... ..... ... ..... 1010011", "FD,FS1,FS2,RM", Extension.D),
  FSQRT_D("fsqrt.d", "0101101 00000 ..... ... ..... 1010011", "FD,FS1,RM", Extension.D),
  FSGNJ_D("fsgnj.d", "0010001 ..... ..... 000 ..... 1010011", "FD,FS1,FS2", Extension.D),
  FSGNJN_D("fsgnjn.d", "0010001 ..... ..... 001 ..... 1010011", "FD,FS1,FS2", Extension.D),
  FSGNJX_D("fsgnjx.d", "0010001 ..... ..... 010 ..... 1010011", "FD,FS1,FS2", Extension.D),
  FMIN_D("fmin.d", "0010101 ..... ..... 000 ..... 1010011", "FD,FS1,FS2", Extension.D),
  FMAX_D("fmax.d", "0010101 ..... ..... 001 ..... 1010011", "FD,FS1,FS2", Extension.D),
  FLE_D("fle.d", "1010001 ..... ..... 000 ..... 1010011", "RD,FS1,FS2", Extension.D),
  FLT_D("flt.d", "1010001 ..... ..... 001 ..... 1010011", "RD,FS1,FS2", Extension.D),
  FEQ_D("feq.d", "1010001 ..... ..... 010 ..... 1010011", "RD,FS1,FS2", Extension.D),
  FCVT_W_D("fcvt.w.d", "1100001 00000 ..... ... ..... 1010011", "RD,FS1,RM", Extension.D),
  FCVT_D_W("fcvt.d.w", "1101001 00000 ..... ... ..... 1010011", "FD,RS1,EXACT_RM", Extension.D),
  FCVT_WU_D("fcvt.wu.d", "1100001 00001 ..... ... ..... 1010011", "RD,FS1,RM", Extension.D),
  FCVT_D_WU("fcvt.d.wu", "1101001 00001 ..... ... ..... 1010011", "FD,RS1,EXACT_RM", Extension.D),
  FCVT_L_D("fcvt.l.d", "1100001 00010 ..... ... ..... 1010011", "RD,FS1,RM", Extension.D),
  FCVT_D_L("fcvt.d.l", "1101001 00010 ..... ... ..... 1010011", "FD,RS1,RM", Extension.D),
  FCVT_LU_D("fcvt.lu.d", "1100001 00011 ..... ... ..... 1010011", "RD,FS1,RM", Extension.D),
  FCVT_D_LU("fcvt.d.lu", "1101001 00011 ..... ... ..... 1010011", "FD,RS1,RM", Extension.D),
  FMV_X_D("fmv.x.d", "1110001 00000 ..... 000 ..... 1010011", "RD,FS1", Extension.D),
  FMV_D_X("fmv.d.x", "1111001 00000 ..... 000 ..... 1010011", "FD,RS1", Extension.D),
  FCLASS_D("fclass.d", "1110001 00000 ..... 001 ..... 1010011", "RD,FS1", Extension.D),
  FCVT_S_D("fcvt.s.d", "0100000 00001 ..... ... ..... 1010011", "FD,FS1,RM", Extension.D),
  FCVT_D_S("fcvt.d.s", "0100001 00000 ..... ... ..... 1010011", "FD,FS1,EXACT_RM", Extension.D);

  private static final List<Op> ALL = List.of(values());

  static {
    for (Op a : ALL) {
      for (Op b : ALL) {
        if (a.ordinal() < b.ordinal() && a.encoding.overlaps(b.encoding)) {
          throw new IllegalStateException("rows overlap: " + a + " and " + b);
        }
      }
    }
  }

  private final Encoding encoding;
  private final Extension extension;
  private final boolean rounds;

  Op(String mnemonic, String picture, String syntax, Extension extension) {
    this.encoding = Encoding.of(mnemonic, picture, syntax);
    this.extension = extension;
    this.rounds = encoding.rounds();
  }

  /** The rows in ordinal order; the list is immutable. */
  public static List<Op> all() {
    return ALL;
  }

  /** The row of an ordinal as found in {@link Decoded#operation}. */
  public static Op of(int ordinal) {
    return ALL.get(ordinal);
  }

  /** GNU mnemonic without ordering suffix. */
  public String mnemonic() {
    return encoding.mnemonic();
  }

  /** Bits of the word that tell this row from others. */
  public int mask() {
    return encoding.mask();
  }

  /** Values of the bits in {@link #mask()}. */
  public int match() {
    return encoding.match();
  }

  public Extension extension() {
    return extension;
  }

  /** Whether the word says how to round. */
  public boolean rounds() {
    return rounds;
  }

  Encoding encoding() {
    return encoding;
  }
}
