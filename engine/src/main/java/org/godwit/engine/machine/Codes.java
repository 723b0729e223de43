package org.godwit.engine.machine;

import java.util.List;
import org.godwit.engine.isa.Decoded;
import org.godwit.engine.isa.Extension;
import org.godwit.engine.isa.Op;

/**
 * Operation numbers of the entries that the interpreter's loop executes. They differ from the
 * table's ordinals so that its switch is dense, and because control transfers have forms of their
 * own ({@link Blocks}).
 *
 * <p>Numbers below {@link #COLD} are cases of the loop; from there on they are executed out of
 * line.
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
  static final int LBU_SRLIW = 83;
  static final int ADDI_XOR = 84;
  static final int ANDI_SLLI = 85;
  static final int XOR_ADDIW = 86;
  static final int SLLIW_SLLIW = 87;
  static final int SRLIW_SRLIW = 88;

  /** The last case of the loop. */
  static final int LAST = SRLIW_SRLIW;

  /** Numbers from here on are executed out of line. */
  static final int COLD = 128;

  /** An instruction that no row accepts. */
  static final int ILLEGAL = 0xfe;

  /** The first entry of a block. */
  static final int HEADER = 0xff;

  private static final int FIRST_PAIR = ADD_ADD;

  /** The two numbers of each pair, in the order of the pairs' own numbers. */
  private static final int[][] PAIRS = {
    {ADD, ADD}, // ADD_ADD
    {ADD, LW}, // ADD_LW
    {ADD, LD}, // ADD_LD
    {ADDI, ADDI}, // ADDI_ADDI
    {ADDI, ADD}, // ADDI_ADD
    {ADDIW, ADDIW}, // ADDIW_ADDIW
    {ADDW, ADDW}, // ADDW_ADDW
    {ADDW, ADDIW}, // ADDW_ADDIW
    {ADDW, XOR}, // ADDW_XOR
    {XOR, ADDW}, // XOR_ADDW
    {XOR, XOR}, // XOR_XOR
    {OR, OR}, // OR_OR
    {SLLIW, SRLIW}, // SLLIW_SRLIW
    {SRLIW, SLLIW}, // SRLIW_SLLIW
    {SRLIW, OR}, // SRLIW_OR
    {SLLIW, OR}, // SLLIW_OR
    {SLLI, ADD}, // SLLI_ADD
    {SLLI, SRLI}, // SLLI_SRLI
    {SD, SD}, // SD_SD
    {LD, LD}, // LD_LD
    {LW, LW}, // LW_LW
    {LBU, ADDI}, // LBU_ADDI
    {LBU, SRLIW}, // LBU_SRLIW
    {ADDI, XOR}, // ADDI_XOR
    {ANDI, SLLI}, // ANDI_SLLI
    {XOR, ADDIW}, // XOR_ADDIW
    {SLLIW, SLLIW}, // SLLIW_SLLIW
    {SRLIW, SRLIW}, // SRLIW_SRLIW
  };

  /** The pair of two numbers, at {@code first << 8 | second}; 0 if there is none. */
  private static final byte[] PAIRED = new byte[1 << 16];

  private static final int[] OF = new int[Op.all().size()];

  /** The rows that are executed out of line, in the order of their numbers. */
  private static final List<Op> OUT_OF_LINE =
      Op.all().stream().filter(op -> hot(op) == 0 && op.extension() != Extension.C).toList();

  static {
    for (Op op : Op.all()) {
      int hot = hot(op);
      OF[op.ordinal()] = hot == 0 ? COLD + OUT_OF_LINE.indexOf(op) : hot;
    }
    for (int i = 0; i < PAIRS.length; i++) {
      PAIRED[PAIRS[i][0] << 8 | PAIRS[i][1]] = (byte) (FIRST_PAIR + i);
    }
  }

  private Codes() {}

  /** The entry's number for an operation of the table that is not compressed. */
  static int of(int ordinal) {
    return OF[ordinal];
  }

  /** The table's row of an out-of-line number. */
  static Op cold(int code) {
    return OUT_OF_LINE.get(code - COLD);
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
    int pair = PAIRED[first << 8 | second];
    return pair == 0 ? first : pair;
  }

  /** The number of the first instruction of a pair; any other number as it is. */
  static int unpaired(int code) {
    return code >= FIRST_PAIR && code <= LAST ? PAIRS[code - FIRST_PAIR][0] : code;
  }

  /** The case of the loop for a row, or 0. */
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
      default -> 0;
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
