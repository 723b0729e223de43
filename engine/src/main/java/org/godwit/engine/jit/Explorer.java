package org.godwit.engine.jit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.godwit.engine.isa.Decoded;
import org.godwit.engine.isa.Decoder;
import org.godwit.engine.isa.Op;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Page;

/**
 * Finds the code of a region: what can be reached from its entry without entering a callee, nearest
 * first, up to a number of instructions. It stays on pages that never change and stops before
 * instructions that only the interpreter executes.
 */
final class Explorer {
  /** A target that is not known. */
  static final long NOWHERE = -1;

  private static final int RA = 1;
  private static final int ALTERNATE_RA = 5;

  private final AddressSpace memory;
  private final LongFunction<long[]> tables;
  private final int most;
  private final Map<Long, byte[]> pages = new TreeMap<>();
  private final Map<Long, Long> code = new TreeMap<>();
  private final SortedSet<Long> leaders = new TreeSet<>();
  private final Deque<Long> open = new ArrayDeque<>();

  private Explorer(AddressSpace memory, LongFunction<long[]> tables, int most) {
    this.memory = memory;
    this.tables = tables;
    this.most = most;
  }

  /**
   * The region that starts at {@code entry}.
   *
   * @param tables targets that were seen, for the address of an indirect jump; never null
   * @param most instructions
   * @return null if not even its first instruction can be translated
   */
  static Flow explore(AddressSpace memory, long entry, LongFunction<long[]> tables, int most) {
    Explorer explorer = new Explorer(memory, tables, most);
    explorer.lead(entry);
    while (!explorer.open.isEmpty()) {
      explorer.straight(explorer.open.poll());
    }
    if (!explorer.code.containsKey(entry)) {
      return null;
    }
    return new Flow(entry, explorer.blocks(), explorer.pages);
  }

  private void lead(long pc) {
    if (leaders.add(pc)) {
      open.add(pc);
    }
  }

  private void straight(long start) {
    long pc = start;
    while (code.size() < most) {
      if (code.containsKey(pc)) {
        leaders.add(pc);
        return;
      }
      long d = fetch(pc);
      if (d == Decoder.ILLEGAL) {
        return;
      }
      code.put(pc, d);
      long next = pc + Decoded.length(d);
      Op op = Op.of(Decoded.operation(d));
      switch (op) {
        case BEQ, BNE, BLT, BGE, BLTU, BGEU -> {
          lead(next);
          lead(pc + Decoded.imm(d));
          return;
        }
        case JAL -> {
          lead(links(d) ? next : pc + Decoded.imm(d));
          return;
        }
        case JALR -> {
          if (links(d)) {
            lead(next);
          } else {
            for (long target : tables.apply(pc)) {
              lead(target);
            }
          }
          return;
        }
        default -> pc = next;
      }
    }
  }

  /** Whether a jump is a call: it names a link register (unprivileged ISA, 2.5). */
  private static boolean links(long d) {
    return Decoded.rd(d) == RA || Decoded.rd(d) == ALTERNATE_RA;
  }

  /** Whether an indirect jump is a return. */
  static boolean returns(long d) {
    return Decoded.rs1(d) == RA || Decoded.rs1(d) == ALTERNATE_RA;
  }

  /** The instruction at an address, or ILLEGAL if it is not for a region. */
  private long fetch(long pc) {
    int low = halfword(pc);
    if (low < 0) {
      return Decoder.ILLEGAL;
    }
    int word = low;
    if (Decoder.length(low) == 4) {
      int high = halfword(pc + 2);
      if (high < 0) {
        return Decoder.ILLEGAL;
      }
      word |= high << 16;
    }
    long d = Decoder.decode(word);
    return d != Decoder.ILLEGAL && Rows.translates(d) ? d : Decoder.ILLEGAL;
  }

  private int halfword(long pc) {
    byte[] page = pages.get(pc & -Page.SIZE);
    if (page == null) {
      page = memory.sealedCode(pc);
      if (page == null) {
        return -1;
      }
      pages.put(pc & -Page.SIZE, page);
    }
    int at = (int) pc & Page.SIZE - 1;
    return page[at] & 0xff | (page[at + 1] & 0xff) << 8;
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (long leader : leaders) {
      if (code.containsKey(leader)) {
        blocks.add(block(leader));
      }
    }
    return blocks;
  }

  private Block block(long start) {
    List<Long> pcs = new ArrayList<>();
    List<Long> ds = new ArrayList<>();
    long pc = start;
    while (true) {
      long d = code.get(pc);
      pcs.add(pc);
      ds.add(d);
      long next = pc + Decoded.length(d);
      Op op = Op.of(Decoded.operation(d));
      switch (op) {
        case BEQ, BNE, BLT, BGE, BLTU, BGEU -> {
          return block(pcs, ds, Block.End.BRANCH, true, pc + Decoded.imm(d), next);
        }
        case JAL -> {
          Block.End end = links(d) ? Block.End.CALL : Block.End.JUMP;
          return block(pcs, ds, end, true, pc + Decoded.imm(d), next);
        }
        case JALR -> {
          Block.End end = links(d) ? Block.End.CALL : Block.End.INDIRECT;
          return block(pcs, ds, end, true, NOWHERE, next);
        }
        default -> pc = next;
      }
      if (leaders.contains(pc) || !code.containsKey(pc)) {
        return block(pcs, ds, Block.End.JUMP, false, pc, NOWHERE);
      }
    }
  }

  private Block block(
      List<Long> pcs, List<Long> ds, Block.End end, boolean explicit, long target, long next) {
    long[] addresses = pcs.stream().mapToLong(Long::longValue).toArray();
    long[] code = ds.stream().mapToLong(Long::longValue).toArray();
    long last = addresses[addresses.length - 1];
    long[] table = end == Block.End.INDIRECT ? tables.apply(last) : new long[0];
    return new Block(addresses[0], addresses, code, end, explicit, target, next, table);
  }
}
