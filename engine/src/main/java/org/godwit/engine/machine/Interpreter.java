package org.godwit.engine.machine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.godwit.engine.isa.Decoded;
import org.godwit.engine.isa.Op;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.GuestFault;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.engine.memory.Page;
import org.godwit.engine.memory.PageWait;

/**
 * The reference engine: runs pre-decoded instructions, page by page.
 *
 * <p>The loop is one long flat method on purpose: HotSpot compiles it as a whole, with registers of the loop in registers of
 * the host. It must stay below 8,000 bytes of bytecode, or HotSpot never compiles it (a test reads the real length); what is
 * rare or large is executed by {@link Cold}. Inside, an instruction's place is an index into the page's code entries, so
 * that a branch within the page is an assignment; leaving the page, or anything that may have changed code, goes once
 * around the outer loop, which asks the address space for the entries again.
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
  private static final int FIRST_ATOMIC = Codes.COLD + Op.LR_W.ordinal();
  private static final int LAST_ATOMIC = Codes.COLD + Op.AMOMAXU_D.ordinal();

  @Override
  public Stop run(Hart hart, AddressSpace memory, long budget) {
    return loop(hart, memory, budget);
  }

  private static Stop loop(Hart hart, AddressSpace memory, long budget) {
    final long[] x = hart.x;
    final long[] f = hart.f;
    final byte[][][] read = memory.readTable();
    final byte[][][] write = memory.writeTable();
    final long retired = hart.retired;
    long base = hart.pc & -Page.SIZE;
    int at = (int) hart.pc >>> 1 & Page.HALFWORDS - 1;
    long left = budget;
    Stop stop = Stop.BUDGET;
    try {
      outer:
      while (left > 0) {
        long[] code = memory.code(base + 2L * at);
        long d = code[at];
        // One instruction per turn; `continue` executes d in place of what was found.
        for (; ; ) {
          switch ((int) d & 0xff) {
            case Codes.UNDECODED:
              code = memory.decodable(base + 2L * at);
              d = decode(memory, code, base, at);
              continue;
            case Codes.LUI:
              x[(int) (d >>> 8) & 63] = d >> 32;
              break;
            case Codes.AUIPC:
              x[(int) (d >>> 8) & 63] = base + 2L * at + (d >> 32);
              break;
            case Codes.JAL:
              {
                long target = base + 2L * at + (d >> 32);
                x[(int) (d >>> 8) & 63] = base + 2L * (at + ((int) (d >>> 14) & 3));
                base = target & -Page.SIZE;
                at = (int) target >>> 1 & Page.HALFWORDS - 1;
                left--;
                continue outer;
              }
            case Codes.JAL_NEAR:
              x[(int) (d >>> 8) & 63] = base + 2L * (at + ((int) (d >>> 14) & 3));
              at = (int) (d >> 32);
              break;
            case Codes.JALR:
              {
                long target = x[(int) (d >>> 16) & 63] + (d >> 32) & -2L;
                x[(int) (d >>> 8) & 63] = base + 2L * (at + ((int) (d >>> 14) & 3));
                long page = target & -Page.SIZE;
                at = (int) target >>> 1 & Page.HALFWORDS - 1;
                left--;
                if (page != base || left <= 0) {
                  base = page;
                  continue outer;
                }
                d = code[at];
                continue;
              }
            case Codes.BEQ:
              if (x[(int) (d >>> 16) & 63] == x[(int) (d >>> 24) & 63]) {
                long target = base + 2L * at + (d >> 32);
                base = target & -Page.SIZE;
                at = (int) target >>> 1 & Page.HALFWORDS - 1;
                left--;
                continue outer;
              }
              break;
            case Codes.BNE:
              if (x[(int) (d >>> 16) & 63] != x[(int) (d >>> 24) & 63]) {
                long target = base + 2L * at + (d >> 32);
                base = target & -Page.SIZE;
                at = (int) target >>> 1 & Page.HALFWORDS - 1;
                left--;
                continue outer;
              }
              break;
            case Codes.BLT:
              if (x[(int) (d >>> 16) & 63] < x[(int) (d >>> 24) & 63]) {
                long target = base + 2L * at + (d >> 32);
                base = target & -Page.SIZE;
                at = (int) target >>> 1 & Page.HALFWORDS - 1;
                left--;
                continue outer;
              }
              break;
            case Codes.BGE:
              if (x[(int) (d >>> 16) & 63] >= x[(int) (d >>> 24) & 63]) {
                long target = base + 2L * at + (d >> 32);
                base = target & -Page.SIZE;
                at = (int) target >>> 1 & Page.HALFWORDS - 1;
                left--;
                continue outer;
              }
              break;
            case Codes.BLTU:
              if (Long.compareUnsigned(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]) < 0) {
                long target = base + 2L * at + (d >> 32);
                base = target & -Page.SIZE;
                at = (int) target >>> 1 & Page.HALFWORDS - 1;
                left--;
                continue outer;
              }
              break;
            case Codes.BGEU:
              if (Long.compareUnsigned(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]) >= 0) {
                long target = base + 2L * at + (d >> 32);
                base = target & -Page.SIZE;
                at = (int) target >>> 1 & Page.HALFWORDS - 1;
                left--;
                continue outer;
              }
              break;
            case Codes.BEQ_NEAR:
              if (x[(int) (d >>> 16) & 63] == x[(int) (d >>> 24) & 63]) {
                at = (int) (d >> 32);
              }
              break;
            case Codes.BNE_NEAR:
              if (x[(int) (d >>> 16) & 63] != x[(int) (d >>> 24) & 63]) {
                at = (int) (d >> 32);
              }
              break;
            case Codes.BLT_NEAR:
              if (x[(int) (d >>> 16) & 63] < x[(int) (d >>> 24) & 63]) {
                at = (int) (d >> 32);
              }
              break;
            case Codes.BGE_NEAR:
              if (x[(int) (d >>> 16) & 63] >= x[(int) (d >>> 24) & 63]) {
                at = (int) (d >> 32);
              }
              break;
            case Codes.BLTU_NEAR:
              if (Long.compareUnsigned(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]) < 0) {
                at = (int) (d >> 32);
              }
              break;
            case Codes.BGEU_NEAR:
              if (Long.compareUnsigned(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]) >= 0) {
                at = (int) (d >> 32);
              }
              break;
            case Codes.LB:
              x[(int) (d >>> 8) & 63] = (byte) load8(read, memory, x[(int) (d >>> 16) & 63] + (d >> 32));
              break;
            case Codes.LH:
              x[(int) (d >>> 8) & 63] =
                  (short) load16(read, memory, x[(int) (d >>> 16) & 63] + (d >> 32));
              break;
            case Codes.LW:
              x[(int) (d >>> 8) & 63] = load32(read, memory, x[(int) (d >>> 16) & 63] + (d >> 32));
              break;
            case Codes.LD:
              x[(int) (d >>> 8) & 63] = load64(read, memory, x[(int) (d >>> 16) & 63] + (d >> 32));
              break;
            case Codes.LBU:
              x[(int) (d >>> 8) & 63] =
                  load8(read, memory, x[(int) (d >>> 16) & 63] + (d >> 32)) & 0xff;
              break;
            case Codes.LHU:
              x[(int) (d >>> 8) & 63] =
                  load16(read, memory, x[(int) (d >>> 16) & 63] + (d >> 32)) & 0xffff;
              break;
            case Codes.LWU:
              x[(int) (d >>> 8) & 63] =
                  load32(read, memory, x[(int) (d >>> 16) & 63] + (d >> 32)) & 0xffff_ffffL;
              break;
            case Codes.SB:
              if (store8(
                  write, memory, x[(int) (d >>> 16) & 63] + (d >> 32), x[(int) (d >>> 24) & 63])) {
                break;
              }
              at += (int) (d >>> 14) & 3;
              left--;
              continue outer;
            case Codes.SH:
              if (store16(
                  write, memory, x[(int) (d >>> 16) & 63] + (d >> 32), x[(int) (d >>> 24) & 63])) {
                break;
              }
              at += (int) (d >>> 14) & 3;
              left--;
              continue outer;
            case Codes.SW:
              if (store32(
                  write, memory, x[(int) (d >>> 16) & 63] + (d >> 32), x[(int) (d >>> 24) & 63])) {
                break;
              }
              at += (int) (d >>> 14) & 3;
              left--;
              continue outer;
            case Codes.SD:
              if (store64(
                  write, memory, x[(int) (d >>> 16) & 63] + (d >> 32), x[(int) (d >>> 24) & 63])) {
                break;
              }
              at += (int) (d >>> 14) & 3;
              left--;
              continue outer;
            case Codes.ADDI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + (d >> 32);
              break;
            case Codes.SLTI:
              x[(int) (d >>> 8) & 63] = Semantics.slt(x[(int) (d >>> 16) & 63], d >> 32);
              break;
            case Codes.SLTIU:
              x[(int) (d >>> 8) & 63] = Semantics.sltu(x[(int) (d >>> 16) & 63], d >> 32);
              break;
            case Codes.XORI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] ^ d >> 32;
              break;
            case Codes.ORI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] | d >> 32;
              break;
            case Codes.ANDI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] & d >> 32;
              break;
            case Codes.SLLI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] << (int) (d >> 32);
              break;
            case Codes.SRLI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] >>> (int) (d >> 32);
              break;
            case Codes.SRAI:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] >> (int) (d >> 32);
              break;
            case Codes.ADD:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] + x[(int) (d >>> 24) & 63];
              break;
            case Codes.SUB:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] - x[(int) (d >>> 24) & 63];
              break;
            case Codes.SLL:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] << (int) x[(int) (d >>> 24) & 63];
              break;
            case Codes.SLT:
              x[(int) (d >>> 8) & 63] =
                  Semantics.slt(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]);
              break;
            case Codes.SLTU:
              x[(int) (d >>> 8) & 63] =
                  Semantics.sltu(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]);
              break;
            case Codes.XOR:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] ^ x[(int) (d >>> 24) & 63];
              break;
            case Codes.SRL:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] >>> (int) x[(int) (d >>> 24) & 63];
              break;
            case Codes.SRA:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] >> (int) x[(int) (d >>> 24) & 63];
              break;
            case Codes.OR:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] | x[(int) (d >>> 24) & 63];
              break;
            case Codes.AND:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] & x[(int) (d >>> 24) & 63];
              break;
            case Codes.ADDIW:
              x[(int) (d >>> 8) & 63] = (int) x[(int) (d >>> 16) & 63] + (int) (d >> 32);
              break;
            case Codes.SLLIW:
              x[(int) (d >>> 8) & 63] = Semantics.sllw(x[(int) (d >>> 16) & 63], d >> 32);
              break;
            case Codes.SRLIW:
              x[(int) (d >>> 8) & 63] = Semantics.srlw(x[(int) (d >>> 16) & 63], d >> 32);
              break;
            case Codes.SRAIW:
              x[(int) (d >>> 8) & 63] = Semantics.sraw(x[(int) (d >>> 16) & 63], d >> 32);
              break;
            case Codes.ADDW:
              x[(int) (d >>> 8) & 63] =
                  (int) x[(int) (d >>> 16) & 63] + (int) x[(int) (d >>> 24) & 63];
              break;
            case Codes.SUBW:
              x[(int) (d >>> 8) & 63] =
                  (int) x[(int) (d >>> 16) & 63] - (int) x[(int) (d >>> 24) & 63];
              break;
            case Codes.SLLW:
              x[(int) (d >>> 8) & 63] =
                  Semantics.sllw(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]);
              break;
            case Codes.SRLW:
              x[(int) (d >>> 8) & 63] =
                  Semantics.srlw(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]);
              break;
            case Codes.SRAW:
              x[(int) (d >>> 8) & 63] =
                  Semantics.sraw(x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]);
              break;
            case Codes.MUL:
              x[(int) (d >>> 8) & 63] = x[(int) (d >>> 16) & 63] * x[(int) (d >>> 24) & 63];
              break;
            case Codes.MULW:
              x[(int) (d >>> 8) & 63] =
                  (int) x[(int) (d >>> 16) & 63] * (int) x[(int) (d >>> 24) & 63];
              break;
            case Codes.FLD:
              f[(int) (d >>> 8) & 63] = load64(read, memory, x[(int) (d >>> 16) & 63] + (d >> 32));
              break;
            case Codes.FLW:
              f[(int) (d >>> 8) & 63] =
                  Floats.box(load32(read, memory, x[(int) (d >>> 16) & 63] + (d >> 32)));
              break;
            case Codes.FSD:
              if (store64(
                  write, memory, x[(int) (d >>> 16) & 63] + (d >> 32), f[(int) (d >>> 24) & 63])) {
                break;
              }
              at += (int) (d >>> 14) & 3;
              left--;
              continue outer;
            case Codes.FSW:
              if (store32(
                  write, memory, x[(int) (d >>> 16) & 63] + (d >> 32), f[(int) (d >>> 24) & 63])) {
                break;
              }
              at += (int) (d >>> 14) & 3;
              left--;
              continue outer;
            case Codes.UNCACHED:
              d = Codes.entry(memory.fetch(base + 2L * at), at);
              continue;
            case Codes.END:
              base += Page.SIZE;
              at -= Page.HALFWORDS;
              continue outer;
            default:
              {
                hart.pc = base + 2L * at;
                hart.retired = retired + (budget - left);
                Stop cold = Cold.execute(hart, memory, d);
                if (cold != null) {
                  stop = cold;
                  break outer;
                }
                if (((int) d & 0xff) >= FIRST_ATOMIC && ((int) d & 0xff) <= LAST_ATOMIC) {
                  at += (int) (d >>> 14) & 3;
                  left--;
                  continue outer;
                }
                break;
              }
          }
          at += (int) (d >>> 14) & 3;
          if (--left <= 0) {
            break outer;
          }
          d = code[at];
        }
      }
    } catch (GuestFault fault) {
      stop = hart.stopFault(fault);
    } catch (PageWait wait) {
      stop = hart.stopWait(wait);
    } catch (OutOfFrames full) {
      stop = Stop.OUT_OF_FRAMES;
    }
    if (stop == Stop.ECALL) {
      at += 2;
      left--;
    }
    hart.pc = base + 2L * at;
    hart.retired = retired + (budget - left);
    return stop;
  }

  /** Decodes the instruction at an index and keeps it if its page allows that and it does not cross the page's end. */
  private static long decode(AddressSpace memory, long[] code, long base, int at) {
    int word = memory.fetch(base + 2L * at);
    long d = Codes.entry(word, at);
    if (AddressSpace.keeps(code)) {
      boolean crosses = at == Page.HALFWORDS - 1 && Decoded.length(d) == 4;
      code[at] = crosses ? Page.CODE_UNCACHED : d;
    }
    return d;
  }

  // Each access: one test of the address, two table loads, one null test. The JIT inlines them into the loop.

  private static int load8(byte[][][] read, AddressSpace memory, long address) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          read[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      if (page != null) {
        return page[(int) address & Page.SIZE - 1];
      }
    }
    return (int) memory.loadSlow(address, 1);
  }

  private static int load16(byte[][][] read, AddressSpace memory, long address) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          read[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      int offset = (int) address & Page.SIZE - 1;
      if (page != null && offset <= Page.SIZE - 2) {
        return (short) SHORTS.get(page, offset);
      }
    }
    return (int) memory.loadSlow(address, 2);
  }

  private static int load32(byte[][][] read, AddressSpace memory, long address) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          read[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      int offset = (int) address & Page.SIZE - 1;
      if (page != null && offset <= Page.SIZE - 4) {
        return (int) INTS.get(page, offset);
      }
    }
    return (int) memory.loadSlow(address, 4);
  }

  private static long load64(byte[][][] read, AddressSpace memory, long address) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          read[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      int offset = (int) address & Page.SIZE - 1;
      if (page != null && offset <= Page.SIZE - 8) {
        return (long) LONGS.get(page, offset);
      }
    }
    return memory.loadSlow(address, 8);
  }

  // Stores answer false when they took the slow way, which may have changed the code of this very page.

  private static boolean store8(byte[][][] write, AddressSpace memory, long address, long value) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          write[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      if (page != null) {
        page[(int) address & Page.SIZE - 1] = (byte) value;
        return true;
      }
    }
    memory.storeSlow(address, value, 1);
    return false;
  }

  private static boolean store16(byte[][][] write, AddressSpace memory, long address, long value) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          write[(int) (address >>> AddressSpace.LEAF_SHIFT)][
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

  private static boolean store32(byte[][][] write, AddressSpace memory, long address, long value) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          write[(int) (address >>> AddressSpace.LEAF_SHIFT)][
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

  private static boolean store64(byte[][][] write, AddressSpace memory, long address, long value) {
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] page =
          write[(int) (address >>> AddressSpace.LEAF_SHIFT)][
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
