package org.godwit.engine.jit;

import java.util.Map;
import java.util.TreeMap;
import org.godwit.engine.isa.Decoded;

/**
 * What the blocks of a region need and leave.
 *
 * <ul>
 *   <li>Live: registers that are read before they are written. They are loaded when the region is
 *       entered or a callee comes back, and no others.
 *   <li>Head and bound: each loop passes a block that tests the budget, for as many instructions as
 *       can be executed before the next test.
 * </ul>
 */
final class Analysis {
  private final Flow flow;

  private Analysis(Flow flow) {
    this.flow = flow;
  }

  /** Notes everything in the blocks. */
  static void run(Flow flow) {
    Analysis analysis = new Analysis(flow);
    analysis.heads();
    analysis.bounds();
    analysis.lives();
  }

  /** Blocks that control may reach from a block without leaving the region or calling. */
  static Block[] successors(Flow flow, Block block) {
    return switch (block.end) {
      case BRANCH -> new Block[] {flow.at(block.target), flow.at(block.next)};
      case JUMP -> new Block[] {flow.at(block.target)};
      case CALL -> new Block[0];
      case INDIRECT -> {
        Block[] targets = new Block[block.table.length];
        for (int i = 0; i < targets.length; i++) {
          targets[i] = flow.at(block.table[i]);
        }
        yield targets;
      }
    };
  }

  /** Depth-first: whatever leads back to a block on the path makes that a head. */
  private void heads() {
    Map<Long, Boolean> onPath = new TreeMap<>();
    search(flow.at(flow.entry), onPath);
    for (Block block : flow.blocks) {
      if (!onPath.containsKey(block.pc)) {
        search(block, onPath);
      }
    }
  }

  private void search(Block block, Map<Long, Boolean> onPath) {
    onPath.put(block.pc, true);
    for (Block successor : successors(flow, block)) {
      if (successor != null) {
        Boolean there = onPath.get(successor.pc);
        if (there == null) {
          search(successor, onPath);
        } else if (there) {
          successor.head = true;
        }
      }
    }
    onPath.put(block.pc, false);
  }

  private void bounds() {
    for (Block block : flow.blocks) {
      bound(block);
    }
  }

  private int bound(Block block) {
    if (block.bound == 0) {
      int most = 0;
      for (Block successor : successors(flow, block)) {
        if (successor != null && !successor.head) {
          most = Math.max(most, bound(successor));
        }
      }
      block.bound = block.count() + most;
    }
    return block.bound;
  }

  private void lives() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = flow.blocks.size() - 1; i >= 0; i--) {
        Block block = flow.blocks.get(i);
        long live = live(block);
        changed |= live != block.live;
        block.live = live;
      }
    }
  }

  private long live(Block block) {
    long live = 0;
    for (Block successor : successors(flow, block)) {
      live |= successor == null ? 0 : successor.live;
    }
    return before(block, live);
  }

  /** Registers that a block reads before it writes them. */
  static long needs(Block block) {
    return before(block, 0);
  }

  private static long before(Block block, long after) {
    long live = after;
    for (int i = block.count() - 1; i >= 0; i--) {
      long d = block.code[i];
      live &= ~Operands.writes(d);
      live |= Operands.reads(d);
    }
    return live;
  }

  /** Registers of the whole region, for their places. */
  static long registers(Flow flow) {
    long all = 0;
    for (Block block : flow.blocks) {
      for (long d : block.code) {
        all |= Operands.reads(d) | Operands.writes(d);
      }
    }
    return all;
  }

  /** Whether some row rounds as frm says. */
  static boolean roundsDynamically(Flow flow) {
    for (Block block : flow.blocks) {
      for (long d : block.code) {
        if (Rows.roundsDynamically(d)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Base registers: bit n of loads by way of xn, bit 32 + n of stores; also of spans. */
  static long bases(Flow flow) {
    long bases = 0;
    for (Block block : flow.blocks) {
      for (long d : block.code) {
        if (Rows.accesses(d)) {
          bases |= 1L << (Rows.stores(d) ? 32 : 0) + Decoded.rs1(d);
        }
      }
      bases |= block.spans.bases();
    }
    return bases;
  }

  /** Spans of the block that has most of them. */
  static int mostSpans(Flow flow) {
    int most = 0;
    for (Block block : flow.blocks) {
      most = Math.max(most, block.spans.spans.size());
    }
    return most;
  }
}
