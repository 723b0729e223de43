package org.godwit.engine.jit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Page;

/**
 * The code of a region before it is translated: its blocks by address, and the pages that it was
 * read from. Immutable but for what {@link Analysis} notes in the blocks.
 */
final class Flow {
  final long entry;

  /** In ascending order of address. */
  final List<Block> blocks;

  private final Map<Long, Block> byPc = new TreeMap<>();
  private final long[] pageAddresses;
  private final byte[][] pages;

  Flow(long entry, List<Block> blocks, Map<Long, byte[]> read) {
    this.entry = entry;
    this.blocks = blocks;
    for (Block block : blocks) {
      byPc.put(block.pc, block);
    }
    pageAddresses = new long[read.size()];
    pages = new byte[read.size()][];
    int i = 0;
    for (Map.Entry<Long, byte[]> each : read.entrySet()) {
      pageAddresses[i] = each.getKey();
      pages[i++] = each.getValue();
    }
  }

  /** The block that starts at an address, or null: there the region is left. */
  Block at(long pc) {
    return byPc.get(pc);
  }

  /** Known targets of the indirect jump at an address. */
  long[] targets(long jump) {
    for (Block block : blocks) {
      if (block.end == Block.End.INDIRECT && block.pcs[block.pcs.length - 1] == jump) {
        return block.table;
      }
    }
    return new long[0];
  }

  int instructions() {
    int count = 0;
    for (Block block : blocks) {
      count += block.count();
    }
    return count;
  }

  /** Whether a space has the same code, unchangeable, at the same addresses. */
  boolean isIn(AddressSpace memory) {
    for (int i = 0; i < pages.length; i++) {
      byte[] there = memory.sealedCode(pageAddresses[i]);
      if (there != pages[i] && !Arrays.equals(there, pages[i])) {
        return false;
      }
    }
    return true;
  }

  /** Bytes of guest code kept. */
  int pageBytes() {
    return pages.length * Page.SIZE;
  }
}
