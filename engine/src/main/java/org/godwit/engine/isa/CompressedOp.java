package org.godwit.engine.isa;

import java.util.List;

/**
 * The table of 16-bit instructions of RV64C: encoding, operands, operands that the encoding
 * implies, and the base instruction that each row stands for. What is reserved or belongs to RV32
 * has no row and decodes as illegal. As in objdump without aliases, c.nop is c.addi of x0.
 *
 * <p>The last column lists what a row excludes, as {@code mask:value} pairs: {@code c.mv} needs rs2
 * other than x0, because with x0 the same bits mean {@code c.jr}. Source: Unprivileged ISA
 * 20191213, section 16.8. Loading the class fails if two rows overlap.
 */
enum CompressedOp {
  C_ADDI4SPN("c.addi4spn", "000 ........ ... 00", "CRD,SP,C4SPN", "", Op.ADDI, "0x1fe0:0"),
  C_FLD("c.fld", "001 ... ... .. ... 00", "CFD,CLD(CRS1)", "", Op.FLD),
  C_LW("c.lw", "010 ... ... .. ... 00", "CRD,CLW(CRS1)", "", Op.LW),
  C_LD("c.ld", "011 ... ... .. ... 00", "CRD,CLD(CRS1)", "", Op.LD),
  C_FSD("c.fsd", "101 ... ... .. ... 00", "CFS2,CLD(CRS1)", "", Op.FSD),
  C_SW("c.sw", "110 ... ... .. ... 00", "CRS2,CLW(CRS1)", "", Op.SW),
  C_SD("c.sd", "111 ... ... .. ... 00", "CRS2,CLD(CRS1)", "", Op.SD),
  C_ADDI("c.addi", "000 . ..... ..... 01", "RDS,CI", "", Op.ADDI),
  C_ADDIW("c.addiw", "001 . ..... ..... 01", "RDS,CI", "", Op.ADDIW, "0x0f80:0"),
  C_LI("c.li", "010 . ..... ..... 01", "RD,CI", "ZERO_RS1", Op.ADDI),
  C_ADDI16SP("c.addi16sp", "011 . 00010 ..... 01", "SP_RDS,C16SP", "", Op.ADDI, "0x107c:0"),
  C_LUI("c.lui", "011 . ..... ..... 01", "RD,CU", "", Op.LUI, "0x107c:0 0x0f80:0x100"),
  C_SRLI("c.srli", "100 . 00 ... ..... 01", "CRDS,CSH", "", Op.SRLI),
  C_SRAI("c.srai", "100 . 01 ... ..... 01", "CRDS,CSH", "", Op.SRAI),
  C_ANDI("c.andi", "100 . 10 ... ..... 01", "CRDS,CI", "", Op.ANDI),
  C_SUB("c.sub", "100 0 11 ... 00 ... 01", "CRDS,CRS2", "", Op.SUB),
  C_XOR("c.xor", "100 0 11 ... 01 ... 01", "CRDS,CRS2", "", Op.XOR),
  C_OR("c.or", "100 0 11 ... 10 ... 01", "CRDS,CRS2", "", Op.OR),
  C_AND("c.and", "100 0 11 ... 11 ... 01", "CRDS,CRS2", "", Op.AND),
  C_SUBW("c.subw", "100 1 11 ... 00 ... 01", "CRDS,CRS2", "", Op.SUBW),
  C_ADDW("c.addw", "100 1 11 ... 01 ... 01", "CRDS,CRS2", "", Op.ADDW),
  C_J("c.j", "101 ........... 01", "CJ", "ZERO_RD", Op.JAL),
  C_BEQZ("c.beqz", "110 ... ... ..... 01", "CRS1,CB", "ZERO_RS2", Op.BEQ),
  C_BNEZ("c.bnez", "111 ... ... ..... 01", "CRS1,CB", "ZERO_RS2", Op.BNE),
  C_SLLI("c.slli", "000 . ..... ..... 10", "RDS,CSH", "", Op.SLLI),
  C_FLDSP("c.fldsp", "001 . ..... ..... 10", "FD,CLDSP(SP)", "", Op.FLD),
  C_LWSP("c.lwsp", "010 . ..... ..... 10", "RD,CLWSP(SP)", "", Op.LW, "0x0f80:0"),
  C_LDSP("c.ldsp", "011 . ..... ..... 10", "RD,CLDSP(SP)", "", Op.LD, "0x0f80:0"),
  C_JR("c.jr", "100 0 ..... 00000 10", "CR1", "ZERO_RD", Op.JALR, "0x0f80:0"),
  C_MV("c.mv", "100 0 ..... ..... 10", "RD,CR2", "ZERO_RS1", Op.ADD, "0x007c:0"),
  C_EBREAK("c.ebreak", "100 1 00000 00000 10", "", "", Op.EBREAK),
  C_JALR("c.jalr", "100 1 ..... 00000 10", "CR1", "RA_RD", Op.JALR, "0x0f80:0"),
  C_ADD("c.add", "100 1 ..... ..... 10", "RDS,CR2", "", Op.ADD, "0x007c:0"),
  C_FSDSP("c.fsdsp", "101 ...... ..... 10", "CF2,CSDSP(SP)", "", Op.FSD),
  C_SWSP("c.swsp", "110 ...... ..... 10", "CR2,CSWSP(SP)", "", Op.SW),
  C_SDSP("c.sdsp", "111 ...... ..... 10", "CR2,CSDSP(SP)", "", Op.SD);

  private static final List<CompressedOp> ALL = List.of(values());

  static {
    for (CompressedOp a : ALL) {
      for (CompressedOp b : ALL) {
        if (a.ordinal() < b.ordinal() && a.encoding.overlaps(b.encoding)) {
          throw new IllegalStateException("rows overlap: " + a + " and " + b);
        }
      }
    }
  }

  private final Encoding encoding;
  private final Op base;

  CompressedOp(String mnemonic, String picture, String syntax, String implied, Op base) {
    this(mnemonic, picture, syntax, implied, base, "");
  }

  CompressedOp(
      String mnemonic, String picture, String syntax, String implied, Op base, String excluded) {
    this.encoding = Encoding.of(mnemonic, picture, syntax).with(implied, excluded);
    this.base = base;
  }

  static List<CompressedOp> all() {
    return ALL;
  }

  Encoding encoding() {
    return encoding;
  }

  /** The 32-bit instruction with the same meaning. */
  Op base() {
    return base;
  }
}
