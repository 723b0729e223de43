package org.godwit.engine.machine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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
    final long[] x = new long[64];
    System.arraycopy(hart.x, 0, x, 0, hart.x.length);
    hart.left = budget;
    hart.base = hart.pc & -Page.SIZE;
    long[] block = first;
    int i = position; // 0 while pc says where we are.
    try {
      if (first == null) {
        block = enter(hart, memory, hart.pc);
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
                block = enter(hart, memory, target);
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
              block = enter(hart, memory, Blocks.far(x, d, hart.base));
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
              x[(int) (d >>> 8) & 63] = (byte) load8(memory, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.LH:
              x[(int) (d >>> 8) & 63] =
                  (short) load16(memory, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.LW:
              x[(int) (d >>> 8) & 63] = load32(memory, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.LD:
              x[(int) (d >>> 8) & 63] = load64(memory, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.LBU:
              x[(int) (d >>> 8) & 63] = load8(memory, x[(int) (d >>> 16) & 63] + (d >> 32)) & 0xff;
              continue;
            case Codes.LHU:
              x[(int) (d >>> 8) & 63] =
                  load16(memory, x[(int) (d >>> 16) & 63] + (d >> 32)) & 0xffff;
              continue;
            case Codes.LWU:
              x[(int) (d >>> 8) & 63] =
                  load32(memory, x[(int) (d >>> 16) & 63] + (d >> 32)) & 0xffff_ffffL;
              continue;
            case Codes.SB:
              if (store8(memory, x[(int) (d >>> 16) & 63] + (d >> 32), x[(int) (d >>> 24) & 63])) {
                continue;
              }
              return leave(hart, x, block, i + 1);
            case Codes.SH:
              if (store16(memory, x[(int) (d >>> 16) & 63] + (d >> 32), x[(int) (d >>> 24) & 63])) {
                continue;
              }
              return leave(hart, x, block, i + 1);
            case Codes.SW:
              if (store32(memory, x[(int) (d >>> 16) & 63] + (d >> 32), x[(int) (d >>> 24) & 63])) {
                continue;
              }
              return leave(hart, x, block, i + 1);
            case Codes.SD:
              if (store64(memory, x[(int) (d >>> 16) & 63] + (d >> 32), x[(int) (d >>> 24) & 63])) {
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
              hart.f[(int) (d >>> 8) & 63] = load64(memory, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.FSD:
              if (store64(
                  memory, x[(int) (d >>> 16) & 63] + (d >> 32), hart.f[(int) (d >>> 24) & 63])) {
                continue;
              }
              return leave(hart, x, block, i + 1);
            case Codes.FLW:
              hart.f[(int) (d >>> 8) & 63] =
                  Floats.box(load32(memory, x[(int) (d >>> 16) & 63] + (d >> 32)));
              continue;
            case Codes.FSW:
              if (store32(
                  memory, x[(int) (d >>> 16) & 63] + (d >> 32), hart.f[(int) (d >>> 24) & 63])) {
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
              x[(int) (d >>> 8) & 63] = load32(memory, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.ADD_LD:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + x[(int) (d >>> 24) & 63];
              d = block[i++];
              x[(int) (d >>> 8) & 63] = load64(memory, x[(int) (d >>> 16) & 63] + (d >> 32));
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
                  memory, x[(int) (d >>> 16) & 63] + (d >> 32), x[(int) (d >>> 24) & 63])) {
                return leave(hart, x, block, i + 1);
              }
              d = block[i++];
              if (store64(memory, x[(int) (d >>> 16) & 63] + (d >> 32), x[(int) (d >>> 24) & 63])) {
                continue;
              }
              return leave(hart, x, block, i + 1);
            case Codes.LD_LD:
              x[(int) (d >>> 8) & 63] = load64(memory, x[(int) (d >>> 16) & 63] + (d >> 32));
              d = block[i++];
              x[(int) (d >>> 8) & 63] = load64(memory, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.LW_LW:
              x[(int) (d >>> 8) & 63] = load32(memory, x[(int) (d >>> 16) & 63] + (d >> 32));
              d = block[i++];
              x[(int) (d >>> 8) & 63] = load32(memory, x[(int) (d >>> 16) & 63] + (d >> 32));
              continue;
            case Codes.LBU_ADDI:
              x[(int) (d >>> 8) & 63] = load8(memory, x[(int) (d >>> 16) & 63] + (d >> 32)) & 0xff;
              d = block[i++];
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + (d >> 32);
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
          block = enter(hart, memory, hart.base + 2L * next);
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
  private static long[] enter(Hart hart, AddressSpace memory, long pc) {
    hart.pc = pc;
    hart.entry = 0;
    CodeCache cache = hart.left < Blocks.MOST ? null : memory.code(pc);
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

  // Each access: one test of the address, two table loads, one null test. HotSpot inlines them into
  // the loop. Stores
  // answer false when they took the slow way, which may have changed the code of this very page.

  private static int load8(AddressSpace memory, long address) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          memory
              .readTable()[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      if (page != null) {
        return page[(int) address & Page.SIZE - 1];
      }
    }
    return (int) memory.loadSlow(address, 1);
  }

  private static boolean store8(AddressSpace memory, long address, long value) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          memory
              .writeTable()[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      if (page != null) {
        page[(int) address & Page.SIZE - 1] = (byte) value;
        return true;
      }
    }
    memory.storeSlow(address, value, 1);
    return false;
  }

  private static int load16(AddressSpace memory, long address) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          memory
              .readTable()[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      int offset = (int) address & Page.SIZE - 1;
      if (page != null && offset <= Page.SIZE - 2) {
        return (short) SHORTS.get(page, offset);
      }
    }
    return (int) memory.loadSlow(address, 2);
  }

  private static boolean store16(AddressSpace memory, long address, long value) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          memory
              .writeTable()[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      int offset = (int) address & Page.SIZE - 1;
      if (page != null && offset <= Page.SIZE - 2) {
        SHORTS.set(page, offset, (short) value);
        return true;
      }
    }
    memory.storeSlow(address, value, 2);
    return false;
  }

  private static int load32(AddressSpace memory, long address) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          memory
              .readTable()[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      int offset = (int) address & Page.SIZE - 1;
      if (page != null && offset <= Page.SIZE - 4) {
        return (int) INTS.get(page, offset);
      }
    }
    return (int) memory.loadSlow(address, 4);
  }

  private static boolean store32(AddressSpace memory, long address, long value) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          memory
              .writeTable()[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      int offset = (int) address & Page.SIZE - 1;
      if (page != null && offset <= Page.SIZE - 4) {
        INTS.set(page, offset, (int) value);
        return true;
      }
    }
    memory.storeSlow(address, value, 4);
    return false;
  }

  private static long load64(AddressSpace memory, long address) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          memory
              .readTable()[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      int offset = (int) address & Page.SIZE - 1;
      if (page != null && offset <= Page.SIZE - 8) {
        return (long) LONGS.get(page, offset);
      }
    }
    return memory.loadSlow(address, 8);
  }

  private static boolean store64(AddressSpace memory, long address, long value) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          memory
              .writeTable()[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      int offset = (int) address & Page.SIZE - 1;
      if (page != null && offset <= Page.SIZE - 8) {
        LONGS.set(page, offset, value);
        return true;
      }
    }
    memory.storeSlow(address, value, 8);
    return false;
  }
}
