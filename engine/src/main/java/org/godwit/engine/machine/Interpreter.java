package org.godwit.engine.machine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.godwit.engine.isa.Decoded;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.CodeCache;
import org.godwit.engine.memory.GuestFault;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.engine.memory.Page;
import org.godwit.engine.memory.PageWait;

/**
 * The reference engine: runs straight blocks of pre-decoded instructions ({@link Blocks}).
 *
 * <p>{@link #loop} is one long flat method on purpose, and does little beside: the fewer values are
 * alive in it, the more of them HotSpot keeps in registers of the host (counting and advancing pc
 * per instruction halved the speed on sha256). So instructions are counted per block, at its last
 * entry; the loop may therefore be entered only while a whole block fits into the budget, and
 * {@link #run} cuts a copy of the block where it does not. The method must stay below 8,000 bytes
 * of bytecode, or HotSpot never compiles it (a test reads the real length); what is rare or large
 * is in {@link Cold}.
 *
 * <p>Stateless; one instance serves all threads.
 */
public final class Interpreter implements Machine {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The bits of an address that make a tag. */
  private static final long PAGE = -Page.SIZE;

  /**
   * So many pages are known for loads, and as many for stores: by their lowest number bits. Few,
   * because what knows them is made anew for each budget, and threads have budgets of some dozen
   * instructions: of 32 pages, making it was two fifths of their time.
   */
  private static final int KNOWN = 8;

  /** Tags of pages known for loads, in the loop's array behind the registers; complements. */
  private static final int READ = 64;

  /** Tags of pages known for stores. */
  private static final int WRITE = READ + KNOWN;

  private static final int LEAF_MASK = (1 << AddressSpace.LEAF_SHIFT - Page.SHIFT) - 1;

  /**
   * The loop is entered anew after so many instructions, so that it goes on in code that HotSpot
   * made meanwhile.
   */
  private static final long STRETCH = 1 << 20;

  /** An interpreter; the first of a JVM takes some hundredths of a second for {@link Rehearsal}. */
  public Interpreter() {
    Rehearsal.once();
  }

  @Override
  public Stop run(Hart hart, AddressSpace memory, long budget) {
    return execute(hart, memory, budget, false);
  }

  /**
   * As {@link #run}, but at most to the next transfer of control: for an engine that looks about
   * between blocks.
   */
  public Stop runBlock(Hart hart, AddressSpace memory, long budget) {
    return execute(hart, memory, budget, true);
  }

  static Stop execute(Hart hart, AddressSpace memory, long budget) {
    return execute(hart, memory, budget, false);
  }

  private static Stop execute(Hart hart, AddressSpace memory, long budget, boolean one) {
    long retired = hart.retired;
    long left = budget;
    Stop stop = null;
    try {
      while (left > 0 && stop == null) {
        if (!one && hart.system == 0 && left >= Blocks.MOST) {
          left -= stretch(hart, memory, left);
        }
        stop = hart.takeStop();
        if (stop != null || left == 0) {
          break;
        }
        if (hart.system != 0) {
          hart.retired = retired + (budget - left);
          stop = system(hart, memory);
          left -= stop == null || stop == Stop.ECALL ? 1 : 0;
          if (one) {
            break;
          }
        } else {
          left = runBlock(hart, memory, left, one);
          stop = hart.takeStop();
          if (one && hart.system == 0) {
            break;
          }
        }
      }
    } catch (GuestFault fault) {
      stop = hart.stopFault(fault);
    } catch (PageWait wait) {
      stop = hart.stopWait(wait);
    } catch (OutOfFrames full) {
      stop = Stop.OUT_OF_FRAMES;
    }
    hart.system = 0;
    hart.retired = retired + (budget - left);
    return stop == null ? Stop.BUDGET : stop;
  }

  /** Runs whole blocks; returns how many instructions retired. */
  private static long stretch(Hart hart, AddressSpace memory, long left) {
    long most = Math.min(left, STRETCH);
    return most - loop(hart, memory, null, 0, most);
  }

  /**
   * Runs one block that the loop cannot: a missing one, one that must not be kept, or the part that
   * the budget allows. If {@code one}, nothing beyond that block is run.
   */
  private static long runBlock(Hart hart, AddressSpace memory, long left, boolean one) {
    long pc = hart.pc;
    int at = (int) pc >>> 1 & Page.HALFWORDS - 1;
    CodeCache cache = memory.code(pc);
    long[] block = cache == null ? null : cache.entries();
    int position = block == null ? 0 : CodeCache.find(block, at);
    if (position == 0 && Blocks.keep(memory, pc)) {
      block = memory.code(pc).entries();
      position = CodeCache.find(block, at);
    }
    if (position == 0) {
      block = Blocks.single(memory, pc);
      position = Blocks.ALONE;
    }
    int count = Blocks.count(block, position);
    if (count > left) {
      block = Blocks.cut(block, position, (int) left, hart.scratch);
      position = Blocks.ALONE;
    }
    long given = one ? Math.min(left, count) : left;
    return left - given + loop(hart, memory, block, position, given);
  }

  /**
   * Executes the instruction that ended a block because it needs exact counts, and moves pc past it
   * if it completes.
   */
  private static Stop system(Hart hart, AddressSpace memory) {
    long d = hart.system;
    hart.system = 0;
    Stop stop = Cold.execute(hart, memory, hart.x, d);
    if (stop == null || stop == Stop.ECALL) {
      hart.pc += Decoded.length(d);
    }
    return stop;
  }

  /**
   * Executes blocks from pc until a block is missing, the budget may not cover the next one, or
   * something stops. pc of the hart is then where to go on.
   *
   * <p>Registers are copied to an array that is made here, because HotSpot then knows its length
   * and drops three range checks for each instruction.
   *
   * @param first block to begin with, or null to look pc up
   * @param position its first entry, after its header
   * @param budget at least the count of {@code first}; otherwise nothing happens if it is below
   *     {@link Blocks#MOST}
   * @return the budget that is left
   */
  private static long loop(
      Hart hart, AddressSpace memory, long[] first, int position, long budget) {
    final long[] x = new long[WRITE + KNOWN];
    final byte[][] pages = new byte[2 * KNOWN][];
    System.arraycopy(hart.x, 0, x, 0, hart.x.length);
    hart.left = budget;
    hart.base = hart.pc & -Page.SIZE;
    long[] block = first;
    int i = position; // 0 while pc says where we are.
    try {
      if (first == null) {
        block = enter(hart, memory, x, hart.pc);
        i = hart.entry;
      }
      while (i != 0) {
        boolean taken;
        long d;
        straight:
        while (true) {
          d = block[i++];
          switch ((int) d & 0xff) {
            case Codes.BEQ:
              taken = x[(int) (d >>> 16) & 63] == x[(int) (d >>> 24) & 63];
              break straight;
            case Codes.BNE:
              taken = x[(int) (d >>> 16) & 63] != x[(int) (d >>> 24) & 63];
              break straight;
            case Codes.BLT:
              taken = x[(int) (d >>> 16) & 63] < x[(int) (d >>> 24) & 63];
              break straight;
            case Codes.BGE:
              taken = x[(int) (d >>> 16) & 63] >= x[(int) (d >>> 24) & 63];
              break straight;
            case Codes.BLTU:
              taken = Long.compareUnsigned(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]) < 0;
              break straight;
            case Codes.BGEU:
              taken = Long.compareUnsigned(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]) >= 0;
              break straight;
            case Codes.JAL_NEAR:
              x[(int) (d >>> 16) & 63] = hart.base + (d >>> 47 & 0x1ffe);
              taken = true;
              break straight;
            case Codes.FALL:
              taken = true;
              break straight;
            case Codes.JALR:
              {
                long target = x[(int) (d >>> 16) & 63] + (d >> 52) & -2L;
                x[(int) (d >>> 8) & 63] = hart.base + (d >>> 35 & 0x1ffe);
                hart.left = hart.left - ((int) (d >>> 24) & 63);
                i = 0;
                block = enter(hart, memory, x, target);
                i = hart.entry;
                if (i == 0) {
                  return leave(hart, x, block, 0);
                }
                continue;
              }
            case Codes.BRANCH_FAR:
            case Codes.JAL_FAR:
              hart.left = hart.left - ((int) (d >>> 8) & 63);
              i = 0;
              block = enter(hart, memory, x, Blocks.far(x, d, hart.base));
              i = hart.entry;
              if (i == 0) {
                return leave(hart, x, block, 0);
              }
              continue;
            case Codes.SYSTEM:
              hart.system = block[i];
              return leave(hart, x, block, i);
            case Codes.STOP:
              return leave(hart, x, block, i);
            case Codes.AUIPC:
              x[(int) (d >>> 8) & 63] = hart.base + (d >> 32);
              continue;
            case Codes.LB:
              x[(int) (d >>> 8) & 63] =
                  (byte) load8(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.LH:
              x[(int) (d >>> 8) & 63] =
                  (short) load16(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.LW:
              x[(int) (d >>> 8) & 63] =
                  load32(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.LD:
              x[(int) (d >>> 8) & 63] =
                  load64(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.LBU:
              x[(int) (d >>> 8) & 63] =
                  load8(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32)) & 0xff;
              continue;
            case Codes.LHU:
              x[(int) (d >>> 8) & 63] =
                  load16(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32)) & 0xffff;
              continue;
            case Codes.LWU:
              x[(int) (d >>> 8) & 63] =
                  load32(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32)) & 0xffff_ffffL;
              continue;
            case Codes.SB:
              if (store8(
                  memory,
                  x,
                  pages,
                  x[(int) (d >>> 16) & 63] + (d >> 32),
                  x[(int) (d >>> 24) & 63])) {
                continue;
              }
              return leave(hart, x, block, i + 1);
            case Codes.SH:
              if (store16(
                  memory,
                  x,
                  pages,
                  x[(int) (d >>> 16) & 63] + (d >> 32),
                  x[(int) (d >>> 24) & 63])) {
                continue;
              }
              return leave(hart, x, block, i + 1);
            case Codes.SW:
              if (store32(
                  memory,
                  x,
                  pages,
                  x[(int) (d >>> 16) & 63] + (d >> 32),
                  x[(int) (d >>> 24) & 63])) {
                continue;
              }
              return leave(hart, x, block, i + 1);
            case Codes.SD:
              if (store64(
                  memory,
                  x,
                  pages,
                  x[(int) (d >>> 16) & 63] + (d >> 32),
                  x[(int) (d >>> 24) & 63])) {
                continue;
              }
              return leave(hart, x, block, i + 1);
            case Codes.LUI:
              x[(int) (d >>> 8) & 63] = d >> 32;
              continue;
            case Codes.ADDI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + (d >> 32);
              continue;
            case Codes.SLTI:
              x[(int) (d >>> 8) & 63] = Semantics.slt(x[(int) (d >>> 16) & 63], d >> 32);
              continue;
            case Codes.SLTIU:
              x[(int) (d >>> 8) & 63] = Semantics.sltu(x[(int) (d >>> 16) & 63], d >> 32);
              continue;
            case Codes.XORI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] ^ d >> 32;
              continue;
            case Codes.ORI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] | d >> 32;
              continue;
            case Codes.ANDI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] & d >> 32;
              continue;
            case Codes.SLLI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] << (int) (d >> 32);
              continue;
            case Codes.SRLI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] >>> (int) (d >> 32);
              continue;
            case Codes.SRAI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] >> (int) (d >> 32);
              continue;
            case Codes.ADD:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + x[(int) (d >>> 24) & 63];
              continue;
            case Codes.SUB:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] - x[(int) (d >>> 24) & 63];
              continue;
            case Codes.SLL:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] << (int) x[(int) (d >>> 24) & 63];
              continue;
            case Codes.SLT:
              x[(int) (d >>> 8) & 63] =
                  Semantics.slt(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]);
              continue;
            case Codes.SLTU:
              x[(int) (d >>> 8) & 63] =
                  Semantics.sltu(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]);
              continue;
            case Codes.XOR:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] ^ x[(int) (d >>> 24) & 63];
              continue;
            case Codes.SRL:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] >>> (int) x[(int) (d >>> 24) & 63];
              continue;
            case Codes.SRA:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] >> (int) x[(int) (d >>> 24) & 63];
              continue;
            case Codes.OR:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] | x[(int) (d >>> 24) & 63];
              continue;
            case Codes.AND:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] & x[(int) (d >>> 24) & 63];
              continue;
            case Codes.ADDIW:
              x[(int) (d >>> 8) & 63] = (int) x[(int) (d >>> 16) & 63] + (int) (d >> 32);
              continue;
            case Codes.SLLIW:
              x[(int) (d >>> 8) & 63] = Semantics.sllw(x[(int) (d >>> 16) & 63], d >> 32);
              continue;
            case Codes.SRLIW:
              x[(int) (d >>> 8) & 63] = Semantics.srlw(x[(int) (d >>> 16) & 63], d >> 32);
              continue;
            case Codes.SRAIW:
              x[(int) (d >>> 8) & 63] = Semantics.sraw(x[(int) (d >>> 16) & 63], d >> 32);
              continue;
            case Codes.ADDW:
              x[(int) (d >>> 8) & 63] =
                  (int) x[(int) (d >>> 16) & 63] + (int) x[(int) (d >>> 24) & 63];
              continue;
            case Codes.SUBW:
              x[(int) (d >>> 8) & 63] =
                  (int) x[(int) (d >>> 16) & 63] - (int) x[(int) (d >>> 24) & 63];
              continue;
            case Codes.SLLW:
              x[(int) (d >>> 8) & 63] =
                  Semantics.sllw(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]);
              continue;
            case Codes.SRLW:
              x[(int) (d >>> 8) & 63] =
                  Semantics.srlw(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]);
              continue;
            case Codes.SRAW:
              x[(int) (d >>> 8) & 63] =
                  Semantics.sraw(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]);
              continue;
            case Codes.MUL:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] * x[(int) (d >>> 24) & 63];
              continue;
            case Codes.MULW:
              x[(int) (d >>> 8) & 63] =
                  (int) x[(int) (d >>> 16) & 63] * (int) x[(int) (d >>> 24) & 63];
              continue;
            case Codes.FLD:
              hart.f[(int) (d >>> 8) & 63] =
                  load64(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.FSD:
              if (store64(
                  memory,
                  x,
                  pages,
                  x[(int) (d >>> 16) & 63] + (d >> 32),
                  hart.f[(int) (d >>> 24) & 63])) {
                continue;
              }
              return leave(hart, x, block, i + 1);
            case Codes.FLW:
              hart.f[(int) (d >>> 8) & 63] =
                  Floats.box(load32(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32)));
              continue;
            case Codes.FSW:
              if (store32(
                  memory,
                  x,
                  pages,
                  x[(int) (d >>> 16) & 63] + (d >> 32),
                  hart.f[(int) (d >>> 24) & 63])) {
                continue;
              }
              return leave(hart, x, block, i + 1);
            case Codes.ADD_ADD:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + x[(int) (d >>> 24) & 63];
              d = block[i++];
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + x[(int) (d >>> 24) & 63];
              continue;
            case Codes.ADD_LW:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + x[(int) (d >>> 24) & 63];
              d = block[i++];
              x[(int) (d >>> 8) & 63] =
                  load32(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.ADD_LD:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + x[(int) (d >>> 24) & 63];
              d = block[i++];
              x[(int) (d >>> 8) & 63] =
                  load64(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.ADDI_ADDI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + (d >> 32);
              d = block[i++];
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + (d >> 32);
              continue;
            case Codes.ADDI_ADD:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + (d >> 32);
              d = block[i++];
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + x[(int) (d >>> 24) & 63];
              continue;
            case Codes.ADDIW_ADDIW:
              x[(int) (d >>> 8) & 63] = (int) x[(int) (d >>> 16) & 63] + (int) (d >> 32);
              d = block[i++];
              x[(int) (d >>> 8) & 63] = (int) x[(int) (d >>> 16) & 63] + (int) (d >> 32);
              continue;
            case Codes.ADDW_ADDW:
              x[(int) (d >>> 8) & 63] =
                  (int) x[(int) (d >>> 16) & 63] + (int) x[(int) (d >>> 24) & 63];
              d = block[i++];
              x[(int) (d >>> 8) & 63] =
                  (int) x[(int) (d >>> 16) & 63] + (int) x[(int) (d >>> 24) & 63];
              continue;
            case Codes.ADDW_ADDIW:
              x[(int) (d >>> 8) & 63] =
                  (int) x[(int) (d >>> 16) & 63] + (int) x[(int) (d >>> 24) & 63];
              d = block[i++];
              x[(int) (d >>> 8) & 63] = (int) x[(int) (d >>> 16) & 63] + (int) (d >> 32);
              continue;
            case Codes.ADDW_XOR:
              x[(int) (d >>> 8) & 63] =
                  (int) x[(int) (d >>> 16) & 63] + (int) x[(int) (d >>> 24) & 63];
              d = block[i++];
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] ^ x[(int) (d >>> 24) & 63];
              continue;
            case Codes.XOR_ADDW:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] ^ x[(int) (d >>> 24) & 63];
              d = block[i++];
              x[(int) (d >>> 8) & 63] =
                  (int) x[(int) (d >>> 16) & 63] + (int) x[(int) (d >>> 24) & 63];
              continue;
            case Codes.XOR_XOR:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] ^ x[(int) (d >>> 24) & 63];
              d = block[i++];
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] ^ x[(int) (d >>> 24) & 63];
              continue;
            case Codes.OR_OR:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] | x[(int) (d >>> 24) & 63];
              d = block[i++];
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] | x[(int) (d >>> 24) & 63];
              continue;
            case Codes.SLLIW_SRLIW:
              x[(int) (d >>> 8) & 63] = Semantics.sllw(x[(int) (d >>> 16) & 63], d >> 32);
              d = block[i++];
              x[(int) (d >>> 8) & 63] = Semantics.srlw(x[(int) (d >>> 16) & 63], d >> 32);
              continue;
            case Codes.SRLIW_SLLIW:
              x[(int) (d >>> 8) & 63] = Semantics.srlw(x[(int) (d >>> 16) & 63], d >> 32);
              d = block[i++];
              x[(int) (d >>> 8) & 63] = Semantics.sllw(x[(int) (d >>> 16) & 63], d >> 32);
              continue;
            case Codes.SRLIW_OR:
              x[(int) (d >>> 8) & 63] = Semantics.srlw(x[(int) (d >>> 16) & 63], d >> 32);
              d = block[i++];
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] | x[(int) (d >>> 24) & 63];
              continue;
            case Codes.SLLIW_OR:
              x[(int) (d >>> 8) & 63] = Semantics.sllw(x[(int) (d >>> 16) & 63], d >> 32);
              d = block[i++];
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] | x[(int) (d >>> 24) & 63];
              continue;
            case Codes.SLLI_ADD:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] << (int) (d >> 32);
              d = block[i++];
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + x[(int) (d >>> 24) & 63];
              continue;
            case Codes.SLLI_SRLI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] << (int) (d >> 32);
              d = block[i++];
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] >>> (int) (d >> 32);
              continue;
            case Codes.SD_SD:
              if (!store64(
                  memory,
                  x,
                  pages,
                  x[(int) (d >>> 16) & 63] + (d >> 32),
                  x[(int) (d >>> 24) & 63])) {
                return leave(hart, x, block, i + 1);
              }
              d = block[i++];
              if (store64(
                  memory,
                  x,
                  pages,
                  x[(int) (d >>> 16) & 63] + (d >> 32),
                  x[(int) (d >>> 24) & 63])) {
                continue;
              }
              return leave(hart, x, block, i + 1);
            case Codes.LD_LD:
              x[(int) (d >>> 8) & 63] =
                  load64(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32));
              d = block[i++];
              x[(int) (d >>> 8) & 63] =
                  load64(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.LW_LW:
              x[(int) (d >>> 8) & 63] =
                  load32(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32));
              d = block[i++];
              x[(int) (d >>> 8) & 63] =
                  load32(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.LBU_ADDI:
              x[(int) (d >>> 8) & 63] =
                  load8(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32)) & 0xff;
              d = block[i++];
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + (d >> 32);
              continue;
            case Codes.LBU_SRLIW:
              x[(int) (d >>> 8) & 63] =
                  load8(memory, x, pages, x[(int) (d >>> 16) & 63] + (d >> 32)) & 0xff;
              d = block[i++];
              x[(int) (d >>> 8) & 63] = Semantics.srlw(x[(int) (d >>> 16) & 63], d >> 32);
              continue;
            case Codes.ADDI_XOR:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + (d >> 32);
              d = block[i++];
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] ^ x[(int) (d >>> 24) & 63];
              continue;
            case Codes.ANDI_SLLI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] & d >> 32;
              d = block[i++];
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] << (int) (d >> 32);
              continue;
            case Codes.XOR_ADDIW:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] ^ x[(int) (d >>> 24) & 63];
              d = block[i++];
              x[(int) (d >>> 8) & 63] = (int) x[(int) (d >>> 16) & 63] + (int) (d >> 32);
              continue;
            case Codes.SLLIW_SLLIW:
              x[(int) (d >>> 8) & 63] = Semantics.sllw(x[(int) (d >>> 16) & 63], d >> 32);
              d = block[i++];
              x[(int) (d >>> 8) & 63] = Semantics.sllw(x[(int) (d >>> 16) & 63], d >> 32);
              continue;
            case Codes.SRLIW_SRLIW:
              x[(int) (d >>> 8) & 63] = Semantics.srlw(x[(int) (d >>> 16) & 63], d >> 32);
              d = block[i++];
              x[(int) (d >>> 8) & 63] = Semantics.srlw(x[(int) (d >>> 16) & 63], d >> 32);
              continue;
            default:
              hart.stop = Cold.execute(hart, memory, x, d);
              if (hart.stop == null) {
                continue;
              }
              return leave(hart, x, block, i);
          }
        }
        long left = hart.left - ((int) (d >>> 8) & 63);
        hart.left = left;
        int next = (int) (taken ? d >> 32 : d >> 48) & 0xfff;
        i = CodeCache.find(block, next);
        if (i == 0 || left < Blocks.MOST) {
          i = 0;
          block = enter(hart, memory, x, hart.base + 2L * next);
          i = hart.entry;
        }
      }
    } catch (GuestFault fault) {
      hart.stop = hart.stopFault(fault);
    } catch (PageWait wait) {
      hart.stop = hart.stopWait(wait);
    } catch (OutOfFrames full) {
      hart.stop = Stop.OUT_OF_FRAMES;
    }
    return leave(hart, x, block, i);
  }

  /**
   * Notes where the loop leaves: before the entry at {@code i - 1}, or, if {@code i} is 0, at pc.
   */
  private static long leave(Hart hart, long[] x, long[] block, int i) {
    long left = hart.left;
    if (i != 0) {
      hart.pc = Blocks.pc(block, i - 1, hart.base);
      left -= Blocks.retired(block, i - 1);
    }
    System.arraycopy(x, 0, hart.x, 0, hart.x.length);
    return left;
  }

  /**
   * Finds the block at an address: returns the array that it is in and notes its position, 0 if the
   * loop must leave. While the budget may not cover a block nothing is looked up, since the fault
   * of an instruction beyond the budget must not be met.
   */
  private static long[] enter(Hart hart, AddressSpace memory, long[] x, long pc) {
    hart.pc = pc;
    hart.entry = 0;
    long cleanings = memory.cleanings();
    CodeCache cache = hart.left < Blocks.MOST ? null : memory.code(pc);
    if (memory.cleanings() != cleanings) {
      Arrays.fill(x, WRITE, WRITE + KNOWN, 0);
    }
    if (cache == null) {
      return null;
    }
    hart.base = pc & -Page.SIZE;
    long[] block = cache.entries();
    int at = (int) pc >>> 1 & Page.HALFWORDS - 1;
    hart.entry = CodeCache.find(block, at);
    if (hart.entry == 0 && at == Page.HALFWORDS - 1) {
      block = memory.crossing(pc);
      hart.entry = block == null ? 0 : Blocks.ALONE;
    }
    return block;
  }

  // Each access: one comparison with a tag says that the page is known, the address aligned and so
  // within it. All but the misses have at most 35 bytes of bytecode (MaxInlineSize), a test reads
  // their lengths: a case that Rehearsal shows rarely is cold to HotSpot, and it inlines nothing
  // larger there; and they are few nodes to its second compiler, which stops inlining at 18,000.

  private static int load8(AddressSpace memory, long[] x, byte[][] pages, long a) {
    return known(x, READ, a, PAGE) ? get8(pages, a) : (int) missedLoad(memory, x, pages, a, 1);
  }

  private static int load16(AddressSpace memory, long[] x, byte[][] pages, long a) {
    return known(x, READ, a, PAGE | 1) ? get16(pages, a) : (int) missedLoad(memory, x, pages, a, 2);
  }

  private static int load32(AddressSpace memory, long[] x, byte[][] pages, long a) {
    return known(x, READ, a, PAGE | 3) ? get32(pages, a) : (int) missedLoad(memory, x, pages, a, 4);
  }

  private static long load64(AddressSpace memory, long[] x, byte[][] pages, long a) {
    return known(x, READ, a, PAGE | 7) ? get64(pages, a) : missedLoad(memory, x, pages, a, 8);
  }

  private static boolean store8(AddressSpace memory, long[] x, byte[][] pages, long a, long value) {
    return known(x, WRITE, a, PAGE)
        ? put8(pages, a, value)
        : missedStore(memory, x, pages, a, value, 1);
  }

  private static boolean store16(
      AddressSpace memory, long[] x, byte[][] pages, long a, long value) {
    return known(x, WRITE, a, PAGE | 1)
        ? put16(pages, a, value)
        : missedStore(memory, x, pages, a, value, 2);
  }

  private static boolean store32(
      AddressSpace memory, long[] x, byte[][] pages, long a, long value) {
    return known(x, WRITE, a, PAGE | 3)
        ? put32(pages, a, value)
        : missedStore(memory, x, pages, a, value, 4);
  }

  private static boolean store64(
      AddressSpace memory, long[] x, byte[][] pages, long a, long value) {
    return known(x, WRITE, a, PAGE | 7)
        ? put64(pages, a, value)
        : missedStore(memory, x, pages, a, value, 8);
  }

  private static int get8(byte[][] pages, long a) {
    return pages[slot(a)][within(a)];
  }

  private static int get16(byte[][] pages, long a) {
    return (short) SHORTS.get(pages[slot(a)], within(a));
  }

  private static int get32(byte[][] pages, long a) {
    return (int) INTS.get(pages[slot(a)], within(a));
  }

  private static long get64(byte[][] pages, long a) {
    return (long) LONGS.get(pages[slot(a)], within(a));
  }

  private static boolean put8(byte[][] pages, long a, long value) {
    pages[KNOWN + slot(a)][within(a)] = (byte) value;
    return true;
  }

  private static boolean put16(byte[][] pages, long a, long value) {
    SHORTS.set(pages[KNOWN + slot(a)], within(a), (short) value);
    return true;
  }

  private static boolean put32(byte[][] pages, long a, long value) {
    INTS.set(pages[KNOWN + slot(a)], within(a), (int) value);
    return true;
  }

  private static boolean put64(byte[][] pages, long a, long value) {
    LONGS.set(pages[KNOWN + slot(a)], within(a), value);
    return true;
  }

  /**
   * Whether the page of an address is known, and the bits that natural alignment wants are zero.
   */
  private static boolean known(long[] x, int tags, long a, long mask) {
    return x[tags + slot(a)] == ~(a & mask);
  }

  private static int slot(long a) {
    return (int) (a >>> Page.SHIFT) & KNOWN - 1;
  }

  private static int within(long a) {
    return (int) a & Page.SIZE - 1;
  }

  /**
   * A load from a page that is not known, or that is not aligned; as {@link AddressSpace#loadSlow}.
   */
  private static long missedLoad(AddressSpace memory, long[] x, byte[][] pages, long a, int size) {
    byte[] page = page(memory.readTable(), a, size);
    if (page == null) {
      return memory.loadSlow(a, size);
    }
    x[READ + slot(a)] = ~(a & PAGE);
    pages[slot(a)] = page;
    return switch (size) {
      case 1 -> get8(pages, a);
      case 2 -> get16(pages, a);
      case 4 -> get32(pages, a);
      default -> get64(pages, a);
    };
  }

  /**
   * A store to a page that is not known, or that is not aligned. Answers false if it took the slow
   * way, which may have changed tables and the code of this very page.
   */
  private static boolean missedStore(
      AddressSpace memory, long[] x, byte[][] pages, long a, long value, int size) {
    byte[] page = page(memory.writeTable(), a, size);
    if (page == null) {
      memory.storeSlow(a, value, size);
      return false;
    }
    x[WRITE + slot(a)] = ~(a & PAGE);
    pages[KNOWN + slot(a)] = page;
    return switch (size) {
      case 1 -> put8(pages, a, value);
      case 2 -> put16(pages, a, value);
      case 4 -> put32(pages, a, value);
      default -> put64(pages, a, value);
    };
  }

  /** The page of an access, or null if the table has none or the access crosses its end. */
  private static byte[] page(byte[][][] table, long a, int size) {
    boolean odd = a >>> AddressSpace.ADDRESS_BITS != 0 || within(a) > Page.SIZE - size;
    return odd
        ? null
        : table[(int) (a >>> AddressSpace.LEAF_SHIFT)][(int) (a >>> Page.SHIFT) & LEAF_MASK];
  }
}
