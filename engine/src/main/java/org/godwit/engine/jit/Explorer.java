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
 * Finds the code of a region: what can be reached from its entry without entering a large callee,
 * nearest first, up to a number of instructions. Small callees, and the region's own entry, are
 * part of the region: the call is a jump, and a return looks among the places that follow such
 * calls. It stays on pages that never change and stops before instructions that only the
 * interpreter executes.
 */
final class Explorer {
  /** A target that is not known. */
  static final long NOWHERE = -1;

  /** Most instructions of a callee that is part of its callers' regions. */
  private static final int SMALL = 48;

  private static final int RA = 1;
  private static final int SP = 2;
  private static final int ALTERNATE_RA = 5;

  private final AddressSpace memory;
  private final LongFunction<long[]> tables;
  private final int most;
  private final Map<Long, byte[]> pages = new TreeMap<>();
  private final Map<Long, Long> code = new TreeMap<>();
  private final SortedSet<Long> leaders = new TreeSet<>();
  private final Deque<Long> open = new ArrayDeque<>();
  private final SortedSet<Long> inlined = new TreeSet<>();
  private final SortedSet<Long> returns = new TreeSet<>();
  private final Map<Long, Boolean> small = new TreeMap<>();
  private final long entry;

  private Explorer(AddressSpace memory, long entry, LongFunction<long[]> tables, int most) {
    this.entry = entry;
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
    Explorer explorer = new Explorer(memory, entry, tables, most);
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

  /**
   * Code behind a call that makes room on the stack is another function: the callee does not come
   * back. To take it in would mix the returns of two functions.
   */
  private void leadBehindCall(long pc) {
    long d = fetch(pc);
    boolean begins =
        d != Decoder.ILLEGAL
            && Op.of(Decoded.operation(d)) == Op.ADDI
            && Decoded.rd(d) == SP
            && Decoded.rs1(d) == SP
            && Decoded.imm(d) < 0;
    if (!begins) {
      lead(pc);
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
          if (links(d)) {
            leadBehindCall(next);
            if (isSmall(pc + Decoded.imm(d))) {
              inlined.add(pc);
              returns.add(next);
              lead(pc + Decoded.imm(d));
            }
          } else {
            lead(pc + Decoded.imm(d));
          }
          return;
        }
        case JALR -> {
          if (links(d)) {
            leadBehindCall(next);
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

  /** Whether a callee is the region's own entry, or so small that it can be part of the region. */
  private boolean isSmall(long callee) {
    if (callee == entry) {
      return true;
    }
    Boolean known = small.get(callee);
    if (known == null) {
      known = measures(callee);
      small.put(callee, known);
    }
    return known;
  }

  /** Whether a callee has few instructions, all of them translated, and calls nothing. */
  private boolean measures(long callee) {
    SortedSet<Long> seen = new TreeSet<>();
    Deque<Long> ahead = new ArrayDeque<>();
    ahead.add(callee);
    while (!ahead.isEmpty()) {
      long pc = ahead.poll();
      while (seen.add(pc)) {
        long d = fetch(pc);
        if (d == Decoder.ILLEGAL || seen.size() > SMALL) {
          return false;
        }
        Op op = Op.of(Decoded.operation(d));
        if ((op == Op.JAL || op == Op.JALR) && (links(d) || op == Op.JALR && !returns(d))) {
          return false;
        }
        if (op == Op.JALR) {
          break;
        }
        long next = pc + Decoded.length(d);
        switch (op) {
          case BEQ, BNE, BLT, BGE, BLTU, BGEU -> {
            ahead.add(pc + Decoded.imm(d));
            pc = next;
          }
          case JAL -> pc += Decoded.imm(d);
          default -> pc = next;
        }
      }
    }
    return true;
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
          boolean calls = links(d) && !inlined.contains(pc);
          Block.End end = calls ? Block.End.CALL : Block.End.JUMP;
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
    long[] table = new long[0];
    if (end == Block.End.INDIRECT) {
      table =
          returns(code[code.length - 1])
              ? returns.stream().mapToLong(Long::longValue).toArray()
              : tables.apply(last);
    }
    return new Block(addresses[0], addresses, code, end, explicit, target, next, table);
  }
}
