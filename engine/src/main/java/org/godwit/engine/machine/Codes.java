package org.godwit.engine.machine;

import java.util.EnumMap;
import java.util.Map;
import org.godwit.engine.isa.Decoded;
import org.godwit.engine.isa.Decoder;
import org.godwit.engine.isa.Op;
import org.godwit.engine.memory.Page;

/**
 * Operation numbers of the interpreter's loop. They differ from the table's ordinals so that its switch is dense and
 * branches within a page are operations of their own, with the target as an index into the page.
 *
 * <p>Numbers below {@link #COLD} are cases of the loop; from there on they are {@code COLD + ordinal}, executed out of line.
 */
final class Codes {
  static final int UNDECODED = 0;
  static final int LUI = 1;
  static final int AUIPC = 2;
  static final int JAL = 3;
  static final int JAL_NEAR = 4;
  static final int JALR = 5;
  static final int BEQ = 6;
  static final int BNE = 7;
  static final int BLT = 8;
  static final int BGE = 9;
  static final int BLTU = 10;
  static final int BGEU = 11;
  static final int BEQ_NEAR = 12;
  static final int BNE_NEAR = 13;
  static final int BLT_NEAR = 14;
  static final int BGE_NEAR = 15;
  static final int BLTU_NEAR = 16;
  static final int BGEU_NEAR = 17;
  static final int LB = 18;
  static final int LH = 19;
  static final int LW = 20;
  static final int LD = 21;
  static final int LBU = 22;
  static final int LHU = 23;
  static final int LWU = 24;
  static final int SB = 25;
  static final int SH = 26;
  static final int SW = 27;
  static final int SD = 28;
  static final int ADDI = 29;
  static final int SLTI = 30;
  static final int SLTIU = 31;
  static final int XORI = 32;
  static final int ORI = 33;
  static final int ANDI = 34;
  static final int SLLI = 35;
  static final int SRLI = 36;
  static final int SRAI = 37;
  static final int ADD = 38;
  static final int SUB = 39;
  static final int SLL = 40;
  static final int SLT = 41;
  static final int SLTU = 42;
  static final int XOR = 43;
  static final int SRL = 44;
  static final int SRA = 45;
  static final int OR = 46;
  static final int AND = 47;
  static final int ADDIW = 48;
  static final int SLLIW = 49;
  static final int SRLIW = 50;
  static final int SRAIW = 51;
  static final int ADDW = 52;
  static final int SUBW = 53;
  static final int SLLW = 54;
  static final int SRLW = 55;
  static final int SRAW = 56;
  static final int MUL = 57;
  static final int MULW = 58;
  static final int FLD = 59;
  static final int FSD = 60;
  static final int FLW = 61;
  static final int FSW = 62;

  /** Numbers from here on are executed out of line. */
  static final int COLD = 96;

  /** An instruction that no row accepts. */
  static final int ILLEGAL = 0xfd;

  /** {@link Page#CODE_UNCACHED} as an operation number. */
  static final int UNCACHED = (int) Page.CODE_UNCACHED & 0xff;

  /** {@link Page#CODE_END} as an operation number. */
  static final int END = (int) Page.CODE_END & 0xff;

  private static final int[] OF = new int[Op.all().size()];

  static {
    Map<Op, Integer> hot = new EnumMap<>(Op.class);
    hot.put(Op.LUI, LUI);
    hot.put(Op.AUIPC, AUIPC);
    hot.put(Op.JAL, JAL);
    hot.put(Op.JALR, JALR);
    hot.put(Op.BEQ, BEQ);
    hot.put(Op.BNE, BNE);
    hot.put(Op.BLT, BLT);
    hot.put(Op.BGE, BGE);
    hot.put(Op.BLTU, BLTU);
    hot.put(Op.BGEU, BGEU);
    hot.put(Op.LB, LB);
    hot.put(Op.LH, LH);
    hot.put(Op.LW, LW);
    hot.put(Op.LD, LD);
    hot.put(Op.LBU, LBU);
    hot.put(Op.LHU, LHU);
    hot.put(Op.LWU, LWU);
    hot.put(Op.SB, SB);
    hot.put(Op.SH, SH);
    hot.put(Op.SW, SW);
    hot.put(Op.SD, SD);
    hot.put(Op.ADDI, ADDI);
    hot.put(Op.SLTI, SLTI);
    hot.put(Op.SLTIU, SLTIU);
    hot.put(Op.XORI, XORI);
    hot.put(Op.ORI, ORI);
    hot.put(Op.ANDI, ANDI);
    hot.put(Op.SLLI, SLLI);
    hot.put(Op.SRLI, SRLI);
    hot.put(Op.SRAI, SRAI);
    hot.put(Op.ADD, ADD);
    hot.put(Op.SUB, SUB);
    hot.put(Op.SLL, SLL);
    hot.put(Op.SLT, SLT);
    hot.put(Op.SLTU, SLTU);
    hot.put(Op.XOR, XOR);
    hot.put(Op.SRL, SRL);
    hot.put(Op.SRA, SRA);
    hot.put(Op.OR, OR);
    hot.put(Op.AND, AND);
    hot.put(Op.ADDIW, ADDIW);
    hot.put(Op.SLLIW, SLLIW);
    hot.put(Op.SRLIW, SRLIW);
    hot.put(Op.SRAIW, SRAIW);
    hot.put(Op.ADDW, ADDW);
    hot.put(Op.SUBW, SUBW);
    hot.put(Op.SLLW, SLLW);
    hot.put(Op.SRLW, SRLW);
    hot.put(Op.SRAW, SRAW);
    hot.put(Op.MUL, MUL);
    hot.put(Op.MULW, MULW);
    hot.put(Op.FLD, FLD);
    hot.put(Op.FSD, FSD);
    hot.put(Op.FLW, FLW);
    hot.put(Op.FSW, FSW);
    for (Op op : Op.all()) {
      OF[op.ordinal()] = hot.getOrDefault(op, COLD + op.ordinal());
    }
  }

  private Codes() {}

  /** The table's row of an out-of-line number. */
  static Op cold(int code) {
    return Op.of(code - COLD);
  }

  /**
   * The entry that the loop executes for a word.
   *
   * @param at halfword index of the instruction within its page
   */
  static long entry(int word, int at) {
    long d = Decoder.decode(word);
    if (d == Decoder.ILLEGAL) {
      return ILLEGAL;
    }
    int code = OF[Decoded.operation(d)];
    if (code == JAL || code >= BEQ && code <= BGEU) {
      int target = at + (Decoded.imm(d) >> 1);
      if (target >= 0 && target < Page.HALFWORDS) {
        int near = code == JAL ? JAL_NEAR : code - BEQ + BEQ_NEAR;
        return Decoded.withImm(
            Decoded.withOperation(d, near), target - (Decoded.length(d) >> 1));
      }
    }
    return Decoded.withOperation(d, code);
  }
}
