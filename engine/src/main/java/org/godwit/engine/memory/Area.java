package org.godwit.engine.memory;

import java.util.Objects;

/**
 * A range of addresses with one kind of contents, as a line of /proc/PID/maps shows it.
 *
 * @param start first address, a multiple of {@link Page#SIZE}
 * @param end first address after it, a multiple of {@link Page#SIZE}
 * @param prot {@link Prot} bits
 * @param shared MAP_SHARED rather than MAP_PRIVATE
 * @param backing what is mapped, or null for anonymous memory (then {@code shared} is false)
 * @param offset offset in bytes of {@code start} within the backing, a multiple of {@link
 *     Page#SIZE}; 0 if anonymous
 * @param name what /proc/PID/maps says: a path, {@code [heap]}, {@code [stack]} or nothing
 */
public record Area(
    long start, long end, int prot, boolean shared, Backing backing, long offset, String name) {

  public Area {
    if (start >= end || ((start | end | offset) & Page.SIZE - 1) != 0) {
      throw new IllegalArgumentException(
          "area " + Long.toHexString(start) + "-" + Long.toHexString(end) + " at " + offset);
    }
    if (shared && backing == null) {
      throw new IllegalArgumentException("shared memory needs a backing that can be shared");
    }
  }

  public boolean anonymous() {
    return backing == null;
  }

  public long length() {
    return end - start;
  }

  public boolean contains(long address) {
    return address >= start && address < end;
  }

  /** On RISC-V a page that can be written can be read. */
  public boolean readable() {
    return (prot & Prot.READ_WRITE) != 0;
  }

  public boolean writable() {
    return (prot & Prot.WRITE) != 0;
  }

  public boolean executable() {
    return (prot & Prot.EXEC) != 0;
  }

  /** The number of the backing's page at an address of this area. */
  long backingPage(long address) {
    return address - start + offset >>> Page.SHIFT;
  }

  /** The part between two addresses inside it. */
  Area part(long from, long to) {
    return new Area(
        from, to, prot, shared, backing, backing == null ? 0 : offset + from - start, name);
  }

  Area withProt(int newProt) {
    return new Area(start, end, newProt, shared, backing, offset, name);
  }

  long handle() {
    return backing.handle();
  }

  Area backedBy(Backing other) {
    return new Area(start, end, prot, shared, other, offset, name);
  }

  Area moved(long newStart, long newLength) {
    return new Area(newStart, newStart + newLength, prot, shared, backing, offset, name);
  }

  /** Whether {@code next}, which starts where this ends, continues it. */
  boolean continues(Area next) {
    return end == next.start
        && prot == next.prot
        && shared == next.shared
        && Objects.equals(backing, next.backing)
        && name.equals(next.name)
        && (backing == null || offset + length() == next.offset);
  }
}
