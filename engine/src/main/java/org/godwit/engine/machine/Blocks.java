package org.godwit.engine.machine;

import org.godwit.engine.isa.Decoded;
import org.godwit.engine.isa.Decoder;
import org.godwit.engine.isa.Op;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.CodeCache;
import org.godwit.engine.memory.Page;

/**
 * Makes and reads the blocks that {@link Interpreter} runs: straight code within one page, at most
 * {@link #MOST} instructions, one entry each, between a header and a transfer of control.
 *
 * <pre>
 *  header       HEADER | count &lt;&lt; 8 | start &lt;&lt; 32       count: all instructions of the block; start: halfword in the page
 *  plain        as {@link Decoded}, with the loop's operation number; AUIPC's immediate counts from the page's start
 *  branch       code | count &lt;&lt; 8 | rs1 &lt;&lt; 16 | rs2 &lt;&lt; 24 | target &lt;&lt; 32 | following &lt;&lt; 48
 *  BRANCH_FAR   code | count &lt;&lt; 8 | rs1 &lt;&lt; 16 | rs2 &lt;&lt; 24 | target &lt;&lt; 32 | following &lt;&lt; 48 | kind &lt;&lt; 60
 *  JAL_NEAR     code | count &lt;&lt; 8 | rd &lt;&lt; 16 | target &lt;&lt; 32 | following &lt;&lt; 48
 *  JAL_FAR      code | count &lt;&lt; 8 | rd &lt;&lt; 16 | following &lt;&lt; 24 | target &lt;&lt; 40
 *  JALR         code | rd &lt;&lt; 8 | rs1 &lt;&lt; 16 | count &lt;&lt; 24 | following &lt;&lt; 36 | immediate &lt;&lt; 52
 *  FALL         code | count &lt;&lt; 8 | following &lt;&lt; 32
 *  SYSTEM       code | count &lt;&lt; 8, then the instruction as {@link Decoded} with the loop's number
 *  STOP         code | count &lt;&lt; 8
 * </pre>
 *
 * Fields that few operations have lie where no other operation looks for something else: HotSpot
 * computes what two cases share before the switch, for every instruction. Places (start, target,
 * following) are halfwords from the page's start; far targets are signed. Counts say how many
 * instructions have retired when that entry is done; a branch counts itself, FALL, SYSTEM and STOP
 * stand for none.
 */
final class Blocks {
  /**
   * Most instructions of a block: few, so that little is left to be cut out when a short budget
   * ends.
   */
  static final int MOST = 32;

  /** Position of a block that is alone in its array, after its header. */
  static final int ALONE = 1;

  /** Length of an array for one block. */
  static final int LENGTH = MOST + 4;

  private Blocks() {}

  /** Number of instructions of the block at a position. */
  static int count(long[] block, int position) {
    return (int) (block[position - 1] >>> 8) & 63;
  }

  /** Instructions of the block before the entry at a position. */
  static int retired(long[] block, int position) {
    int header = position - 1;
    while (((int) block[header] & 0xff) != Codes.HEADER) {
      header--;
    }
    return position - header - 1;
  }

  /** Address of the instruction of the entry at a position. */
  static long pc(long[] block, int position, long base) {
    int at = 0;
    int i = position - 1;
    for (; ((int) block[i] & 0xff) != Codes.HEADER; i--) {
      at += Decoded.length(block[i]);
    }
    return base + 2 * (block[i] >>> 32) + at;
  }

  /**
   * Makes the block at {@code pc} and keeps it with its page.
   *
   * @return false if it cannot be kept there: it crosses pages, others may write to the page, or
   *     there is no room
   */
  static boolean keep(AddressSpace memory, long pc) {
    CodeCache cache = memory.decodable(pc);
    int at = (int) pc >>> 1 & Page.HALFWORDS - 1;
    if (cache == null || crosses(memory, pc)) {
      return false;
    }
    Builder builder = new Builder(memory, pc & -Page.SIZE, at, false);
    builder.straight();
    return cache.append(at, builder.entries, builder.size, 1);
  }

  /**
   * Makes a block of the one instruction at {@code pc}, which needs no map: its transfers are far
   * ones.
   */
  static long[] single(AddressSpace memory, long pc) {
    int at = (int) pc >>> 1 & Page.HALFWORDS - 1;
    Builder builder = new Builder(memory, pc & -Page.SIZE, at, true);
    builder.single();
    if (crosses(memory, pc)) {
      memory.keepCrossing(pc, builder.entries);
    }
    return builder.entries;
  }

  private static boolean crosses(AddressSpace memory, long pc) {
    return ((int) pc & Page.SIZE - 1) == Page.SIZE - 2 && Decoder.length(memory.fetch(pc)) == 4;
  }

  /** Copies the first {@code count} instructions of a block, with a stop behind them. */
  static long[] cut(long[] block, int position, int count, long[] scratch) {
    System.arraycopy(block, position - 1, scratch, 0, count + 1);
    int last = Codes.unpaired((int) scratch[count] & 0xff); // Its second may have been cut off.
    scratch[count] = count == 0 ? scratch[0] : Decoded.withOperation(scratch[count], last);
    scratch[count + 1] = Codes.STOP | (long) count << 8;
    return scratch;
  }

  /** Where a BRANCH_FAR or JAL_FAR leads. */
  static long far(long[] x, long d, long base) {
    if (((int) d & 0xff) == Codes.JAL_FAR) {
      x[(int) (d >>> 16) & 63] = base + 2 * (d >>> 24 & 0xfff);
      return base + 2 * (d >> 40);
    }
    boolean taken = taken((int) (d >>> 60), x[(int) (d >>> 16) & 63], x[(int) (d >>> 24) & 63]);
    return base + 2 * (taken ? (short) (d >>> 32) : d >>> 48 & 0xfff);
  }

  private static boolean taken(int kind, long a, long b) {
    return switch (kind + Codes.BEQ) {
      case Codes.BEQ -> a == b;
      case Codes.BNE -> a != b;
      case Codes.BLT -> a < b;
      case Codes.BGE -> a >= b;
      case Codes.BLTU -> Long.compareUnsigned(a, b) < 0;
      default -> Long.compareUnsigned(a, b) >= 0;
    };
  }

  /** Collects the entries of one block. */
  private static final class Builder {
    final long[] entries = new long[LENGTH];
    int size = 1;
    private final AddressSpace memory;
    private final long base;
    private final int start;
    private final boolean alone;
    private int at;
    private int count;
    private boolean ended;
    private int second; // Last entry that is the second of a pair.

    Builder(AddressSpace memory, long base, int start, boolean alone) {
      this.memory = memory;
      this.base = base;
      this.start = start;
      this.alone = alone;
      this.at = start;
    }

    /** A block up to the next transfer of control, the most instructions or the page's end. */
    void straight() {
      while (!ended && count < MOST && at < Page.HALFWORDS) {
        int word = memory.fetch(base + 2L * at);
        if (at == Page.HALFWORDS - 1 && Decoder.length(word) == 4) {
          break;
        }
        add(word);
      }
      end();
    }

    /** A block of one instruction. */
    void single() {
      add(memory.fetch(base + 2L * at));
      end();
    }

    private void end() {
      if (!ended) {
        entries[size++] =
            alone
                ? Codes.JAL_FAR | (long) count << 8 | (long) Decoded.SINK << 16 | (long) at << 40
                : Codes.FALL | (long) count << 8 | (long) at << 32;
      }
      entries[0] = Codes.HEADER | (long) count << 8 | (long) start << 32;
    }

    private void add(int word) {
      long d = Decoder.decode(word);
      if (d == Decoder.ILLEGAL) {
        system(Codes.ILLEGAL);
        return;
      }
      Op op = Op.of(Decoded.operation(d));
      int length = Decoded.length(d) >> 1;
      switch (op) {
        case BEQ, BNE, BLT, BGE, BLTU, BGEU -> branch(d, length);
        case JAL -> jump(d, length);
        case JALR ->
            transfer(
                Codes.JALR
                    | (long) Decoded.rd(d) << 8
                    | (long) Decoded.rs1(d) << 16
                    | (count + 1L) << 24
                    | (at + (long) length) << 36
                    | (long) Decoded.imm(d) << 52);
        case AUIPC -> append(Decoded.withImm(Codes.plain(d), Decoded.imm(d) + 2 * at), length);
        default -> {
          if (Codes.isSystem(op)) {
            system(Codes.plain(d));
          } else {
            append(Codes.plain(d), length);
          }
        }
      }
    }

    private void append(long entry, int length) {
      put(entry);
      count++;
      at += length;
    }

    /** Adds an entry, and makes a pair of it and the one before if that is a known pair. */
    private void put(long entry) {
      int before = size - 1;
      int first = (int) entries[before] & 0xff;
      int pair = before == 0 || before == second ? first : Codes.paired(first, (int) entry & 0xff);
      if (pair != first) {
        entries[before] = Decoded.withOperation(entries[before], pair);
        second = size;
      }
      entries[size++] = entry;
    }

    private void branch(long d, int length) {
      int target = at + (Decoded.imm(d) >> 1);
      boolean near = !alone && target >= 0 && target < Page.HALFWORDS;
      int kind = Codes.of(Decoded.operation(d));
      transfer(
          (near ? kind : Codes.BRANCH_FAR)
              | (count + 1L) << 8
              | (long) Decoded.rs1(d) << 16
              | (long) Decoded.rs2(d) << 24
              | (target & 0xffffL) << 32
              | (at + (long) length) << 48
              | (near ? 0 : (long) (kind - Codes.BEQ) << 60));
    }

    private void jump(long d, int length) {
      int target = at + (Decoded.imm(d) >> 1);
      boolean near = !alone && target >= 0 && target < Page.HALFWORDS;
      long common = (count + 1L) << 8 | (long) Decoded.rd(d) << 16;
      long following = at + (long) length;
      transfer(
          near
              ? Codes.JAL_NEAR | common | (long) target << 32 | following << 48
              : Codes.JAL_FAR | common | following << 24 | (long) target << 40);
    }

    private void transfer(long entry) {
      put(entry);
      count++;
      ended = true;
    }

    private void system(long instruction) {
      entries[size++] = Codes.SYSTEM | (long) count << 8;
      entries[size++] = instruction;
      ended = true;
    }
  }
}
