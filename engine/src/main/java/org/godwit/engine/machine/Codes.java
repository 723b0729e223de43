package org.godwit.engine.machine;

import org.godwit.engine.isa.Decoded;
import org.godwit.engine.isa.Extension;
import org.godwit.engine.isa.Op;

/**
 * Operation numbers of the entries that the interpreter's loop executes. They differ from the
 * table's ordinals so that its switch is dense, and because control transfers have forms of their
 * own ({@link Blocks}).
 *
 * <p>Numbers below {@link #COLD} are cases of the loop; from there on they are {@code COLD +
 * ordinal}, executed out of line.
 */
final class Codes {

  // 0 is no operation: it would be a place that nobody has written.
  static final int JAL_NEAR = 1;
  static final int JAL_FAR = 2;
  static final int JALR = 3;
  static final int BEQ = 4;
  static final int BNE = 5;
  static final int BLT = 6;
  static final int BGE = 7;
  static final int BLTU = 8;
  static final int BGEU = 9;
  static final int BRANCH_FAR = 10;
  static final int FALL = 11;
  static final int SYSTEM = 12;
  static final int STOP = 13;
  static final int AUIPC = 14;
  static final int LB = 15;
  static final int LH = 16;
  static final int LW = 17;
  static final int LD = 18;
  static final int LBU = 19;
  static final int LHU = 20;
  static final int LWU = 21;
  static final int SB = 22;
  static final int SH = 23;
  static final int SW = 24;
  static final int SD = 25;
  static final int LUI = 26;
  static final int ADDI = 27;
  static final int SLTI = 28;
  static final int SLTIU = 29;
  static final int XORI = 30;
  static final int ORI = 31;
  static final int ANDI = 32;
  static final int SLLI = 33;
  static final int SRLI = 34;
  static final int SRAI = 35;
  static final int ADD = 36;
  static final int SUB = 37;
  static final int SLL = 38;
  static final int SLT = 39;
  static final int SLTU = 40;
  static final int XOR = 41;
  static final int SRL = 42;
  static final int SRA = 43;
  static final int OR = 44;
  static final int AND = 45;
  static final int ADDIW = 46;
  static final int SLLIW = 47;
  static final int SRLIW = 48;
  static final int SRAIW = 49;
  static final int ADDW = 50;
  static final int SUBW = 51;
  static final int SLLW = 52;
  static final int SRLW = 53;
  static final int SRAW = 54;
  static final int MUL = 55;
  static final int MULW = 56;
  static final int FLD = 57;
  static final int FSD = 58;
  static final int FLW = 59;
  static final int FSW = 60;

  // Pairs: the entry of the first instruction says that the second follows; both entries keep their
  // places. Chosen by how
  // often they follow each other in the kernels of resources/programs-bench.
  static final int ADD_ADD = 61;
  static final int ADD_LW = 62;
  static final int ADD_LD = 63;
  static final int ADDI_ADDI = 64;
  static final int ADDI_ADD = 65;
  static final int ADDIW_ADDIW = 66;
  static final int ADDW_ADDW = 67;
  static final int ADDW_ADDIW = 68;
  static final int ADDW_XOR = 69;
  static final int XOR_ADDW = 70;
  static final int XOR_XOR = 71;
  static final int OR_OR = 72;
  static final int SLLIW_SRLIW = 73;
  static final int SRLIW_SLLIW = 74;
  static final int SRLIW_OR = 75;
  static final int SLLIW_OR = 76;
  static final int SLLI_ADD = 77;
  static final int SLLI_SRLI = 78;
  static final int SD_SD = 79;
  static final int LD_LD = 80;
  static final int LW_LW = 81;
  static final int LBU_ADDI = 82;

  /** The last case of the loop. */
  static final int LAST = LBU_ADDI;

  /** Numbers from here on are executed out of line. */
  static final int COLD = 96;

  /** An instruction that no row accepts. */
  static final int ILLEGAL = 0xfe;

  /** The first entry of a block. */
  static final int HEADER = 0xff;

  private static final int[] OF = new int[Op.all().size()];

  static {
    for (Op op : Op.all()) {
      OF[op.ordinal()] = hot(op);
    }
  }

  private Codes() {}

  /** The entry's number for an operation of the table. */
  static int of(int ordinal) {
    return OF[ordinal];
  }

  /** The table's row of an out-of-line number. */
  static Op cold(int code) {
    return Op.of(code - COLD);
  }

  /**
   * Whether a row ends a block because it stops, may change code, or asks for the exact retired
   * count.
   */
  static boolean isSystem(Op op) {
    return op == Op.ECALL
        || op == Op.EBREAK
        || op.extension() == Extension.ZICSR
        || op.extension() == Extension.A;
  }

  /** The number of a pair of neighbours, or that of the first alone. */
  static int paired(int first, int second) {
    return switch (first << 8 | second) {
      case ADD << 8 | ADD -> ADD_ADD;
      case ADD << 8 | LW -> ADD_LW;
      case ADD << 8 | LD -> ADD_LD;
      case ADDI << 8 | ADDI -> ADDI_ADDI;
      case ADDI << 8 | ADD -> ADDI_ADD;
      case ADDIW << 8 | ADDIW -> ADDIW_ADDIW;
      case ADDW << 8 | ADDW -> ADDW_ADDW;
      case ADDW << 8 | ADDIW -> ADDW_ADDIW;
      case ADDW << 8 | XOR -> ADDW_XOR;
      case XOR << 8 | ADDW -> XOR_ADDW;
      case XOR << 8 | XOR -> XOR_XOR;
      case OR << 8 | OR -> OR_OR;
      case SLLIW << 8 | SRLIW -> SLLIW_SRLIW;
      case SRLIW << 8 | SLLIW -> SRLIW_SLLIW;
      case SRLIW << 8 | OR -> SRLIW_OR;
      case SLLIW << 8 | OR -> SLLIW_OR;
      case SLLI << 8 | ADD -> SLLI_ADD;
      case SLLI << 8 | SRLI -> SLLI_SRLI;
      case SD << 8 | SD -> SD_SD;
      case LD << 8 | LD -> LD_LD;
      case LW << 8 | LW -> LW_LW;
      case LBU << 8 | ADDI -> LBU_ADDI;
      default -> first;
    };
  }

  /** The number of the first instruction of a pair; any other number as it is. */
  static int unpaired(int code) {
    return switch (code) {
      case ADD_ADD -> ADD;
      case ADD_LW -> ADD;
      case ADD_LD -> ADD;
      case ADDI_ADDI -> ADDI;
      case ADDI_ADD -> ADDI;
      case ADDIW_ADDIW -> ADDIW;
      case ADDW_ADDW -> ADDW;
      case ADDW_ADDIW -> ADDW;
      case ADDW_XOR -> ADDW;
      case XOR_ADDW -> XOR;
      case XOR_XOR -> XOR;
      case OR_OR -> OR;
      case SLLIW_SRLIW -> SLLIW;
      case SRLIW_SLLIW -> SRLIW;
      case SRLIW_OR -> SRLIW;
      case SLLIW_OR -> SLLIW;
      case SLLI_ADD -> SLLI;
      case SLLI_SRLI -> SLLI;
      case SD_SD -> SD;
      case LD_LD -> LD;
      case LW_LW -> LW;
      case LBU_ADDI -> LBU;
      default -> code;
    };
  }

  private static int hot(Op op) {
    return switch (op) {
      case AUIPC -> AUIPC;
      case LB -> LB;
      case LH -> LH;
      case LW -> LW;
      case LD -> LD;
      case LBU -> LBU;
      case LHU -> LHU;
      case LWU -> LWU;
      case SB -> SB;
      case SH -> SH;
      case SW -> SW;
      case SD -> SD;
      case LUI -> LUI;
      case ADDI -> ADDI;
      case SLTI -> SLTI;
      case SLTIU -> SLTIU;
      case XORI -> XORI;
      case ORI -> ORI;
      case ANDI -> ANDI;
      case SLLI -> SLLI;
      case SRLI -> SRLI;
      case SRAI -> SRAI;
      case ADD -> ADD;
      case SUB -> SUB;
      case SLL -> SLL;
      case SLT -> SLT;
      case SLTU -> SLTU;
      case XOR -> XOR;
      case SRL -> SRL;
      case SRA -> SRA;
      case OR -> OR;
      case AND -> AND;
      case ADDIW -> ADDIW;
      case SLLIW -> SLLIW;
      case SRLIW -> SRLIW;
      case SRAIW -> SRAIW;
      case ADDW -> ADDW;
      case SUBW -> SUBW;
      case SLLW -> SLLW;
      case SRLW -> SRLW;
      case SRAW -> SRAW;
      case MUL -> MUL;
      case MULW -> MULW;
      case FLD -> FLD;
      case FSD -> FSD;
      case FLW -> FLW;
      case FSW -> FSW;
      // Harts of one space run one at a time, and stores reach decoded code by themselves.
      case FENCE, FENCE_TSO, FENCE_I -> ADDI;
      case JALR -> JALR;
      case BEQ -> BEQ;
      case BNE -> BNE;
      case BLT -> BLT;
      case BGE -> BGE;
      case BLTU -> BLTU;
      case BGEU -> BGEU;
      case JAL -> JAL_NEAR;
      default -> COLD + op.ordinal();
    };
  }

  /** The entry for an instruction that is no transfer of control. */
  static long plain(long d) {
    Op op = Op.of(Decoded.operation(d));
    if (op == Op.FENCE || op == Op.FENCE_TSO || op == Op.FENCE_I) {
      return Decoded.pack(ADDI, Decoded.SINK, 0, 0, 0, Decoded.length(d));
    }
    return Decoded.withOperation(d, of(Decoded.operation(d)));
  }
}
