package org.godwit.engine.elf;

import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Page;
import org.godwit.engine.memory.Prot;

/**
 * A PT_LOAD program header.
 *
 * @param index its number among the program headers
 * @param flags PF_ bits: 1 execute, 2 write, 4 read
 * @param offset of its bytes in the file
 * @param address of its first byte in memory
 * @param fileSize bytes that the file gives
 * @param memorySize bytes in memory; those after {@code fileSize} are zero
 */
record Segment(int index, int flags, long offset, long address, long fileSize, long memorySize) {
  private static final int PF_X = 1;
  private static final int PF_W = 2;
  private static final int PF_R = 4;

  long end() {
    return address + memorySize;
  }

  boolean executable() {
    return (flags & PF_X) != 0;
  }

  boolean contains(long place) {
    return place >= address && place < end();
  }

  boolean overlaps(Segment other) {
    return address < other.end() && other.address < end();
  }

  int prot() {
    return ((flags & PF_R) != 0 ? Prot.READ : 0)
        | ((flags & PF_W) != 0 ? Prot.WRITE : 0)
        | ((flags & PF_X) != 0 ? Prot.EXEC : 0);
  }

  /** File bytes and memory agree in size and in their place within a page. */
  boolean consistent() {
    return memorySize > 0
        && fileSize >= 0
        && fileSize <= memorySize
        && (offset - address & Page.SIZE - 1) == 0;
  }

  /** Lies below the area for mappings and stack and above the pages that catch null pointers. */
  boolean addressable() {
    return address >= Page.SIZE
        && memorySize <= AddressSpace.MMAP_TOP
        && end() <= AddressSpace.MMAP_TOP
        && end() > address;
  }
}
