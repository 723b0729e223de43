package org.godwit.engine.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Remembers the last page that was read and the last that was written through it, so that the next
 * access to the same page costs one comparison and does not walk the tables. Translated code keeps
 * one for each base register of its loads and stores.
 *
 * <p>A tag is the address of the page, or {@link #NOTHING}, which no access matches. An access
 * compares its address with the bits within the page cleared except those that natural alignment
 * wants to be zero: so one comparison says that it is this page, that it is aligned and that it
 * does not cross. Whatever else takes the way through the tables.
 *
 * <p><b>Invariant:</b> a tag names a page only while the space's table has an entry for it; the
 * {@link AddressSpace} empties all its lookasides whenever it empties or replaces table entries.
 *
 * <p>A page is remembered when it misses twice in a row: storing a reference costs a barrier of the
 * collector, and a walk with long strides would pay it at each step.
 */
public final class Lookaside {
  /** Matches no access. */
  static final long NOTHING = -1;

  private static final long PAGE = -Page.SIZE;
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int LEAF_MASK = (1 << AddressSpace.LEAF_SHIFT - Page.SHIFT) - 1;

  private final AddressSpace memory;
  private final byte[][][] read;
  private final byte[][][] write;
  private long readTag = NOTHING;
  private byte[] readPage;
  private long writeTag = NOTHING;
  private byte[] writePage;
  private long missedRead = NOTHING;
  private long missedWrite = NOTHING;

  Lookaside(AddressSpace memory) {
    this.memory = memory;
    this.read = memory.readTable();
    this.write = memory.writeTable();
  }

  void empty() {
    readTag = NOTHING;
    writeTag = NOTHING;
    missedRead = NOTHING;
    missedWrite = NOTHING;
  }

  // The methods are static and small, so that HotSpot inlines them wherever they are called.

  /**
   * A byte, sign-extended; so are the other loads.
   *
   * @throws GuestFault as {@link AddressSpace#loadSlow}
   */
  public static int load8(Lookaside l, long address) {
    return (address & PAGE) == l.readTag
        ? l.readPage[(int) address & Page.SIZE - 1]
        : l.missed8(address);
  }

  public static int load16(Lookaside l, long address) {
    return (address & (PAGE | 1)) == l.readTag
        ? (short) SHORTS.get(l.readPage, (int) address & Page.SIZE - 1)
        : l.missed16(address);
  }

  public static int load32(Lookaside l, long address) {
    return (address & (PAGE | 3)) == l.readTag
        ? (int) INTS.get(l.readPage, (int) address & Page.SIZE - 1)
        : l.missed32(address);
  }

  public static long load64(Lookaside l, long address) {
    return (address & (PAGE | 7)) == l.readTag
        ? (long) LONGS.get(l.readPage, (int) address & Page.SIZE - 1)
        : l.missed64(address);
  }

  /**
   * Stores a byte.
   *
   * @throws GuestFault as {@link AddressSpace#storeSlow}
   * @throws CodeChanged if the store has changed what is behind an executable address
   */
  public static void store8(Lookaside l, long address, long value) {
    if ((address & PAGE) == l.writeTag) {
      l.writePage[(int) address & Page.SIZE - 1] = (byte) value;
    } else {
      l.missed8(address, value);
    }
  }

  /** Throws as {@link #store8}; so do the others. */
  public static void store16(Lookaside l, long address, long value) {
    if ((address & (PAGE | 1)) == l.writeTag) {
      SHORTS.set(l.writePage, (int) address & Page.SIZE - 1, (short) value);
    } else {
      l.missed16(address, value);
    }
  }

  public static void store32(Lookaside l, long address, long value) {
    if ((address & (PAGE | 3)) == l.writeTag) {
      INTS.set(l.writePage, (int) address & Page.SIZE - 1, (int) value);
    } else {
      l.missed32(address, value);
    }
  }

  public static void store64(Lookaside l, long address, long value) {
    if ((address & (PAGE | 7)) == l.writeTag) {
      LONGS.set(l.writePage, (int) address & Page.SIZE - 1, value);
    } else {
      l.missed64(address, value);
    }
  }

  private int missed8(long address) {
    byte[] page = readable(address);
    return page != null ? page[(int) address & Page.SIZE - 1] : (byte) memory.loadSlow(address, 1);
  }

  private int missed16(long address) {
    int offset = (int) address & Page.SIZE - 1;
    byte[] page = readable(address);
    return page != null && offset <= Page.SIZE - 2
        ? (short) SHORTS.get(page, offset)
        : (short) memory.loadSlow(address, 2);
  }

  private int missed32(long address) {
    int offset = (int) address & Page.SIZE - 1;
    byte[] page = readable(address);
    return page != null && offset <= Page.SIZE - 4
        ? (int) INTS.get(page, offset)
        : (int) memory.loadSlow(address, 4);
  }

  private long missed64(long address) {
    int offset = (int) address & Page.SIZE - 1;
    byte[] page = readable(address);
    return page != null && offset <= Page.SIZE - 8
        ? (long) LONGS.get(page, offset)
        : memory.loadSlow(address, 8);
  }

  private void missed8(long address, long value) {
    byte[] page = writable(address);
    if (page != null) {
      page[(int) address & Page.SIZE - 1] = (byte) value;
    } else {
      slow(address, value, 1);
    }
  }

  private void missed16(long address, long value) {
    int offset = (int) address & Page.SIZE - 1;
    byte[] page = writable(address);
    if (page != null && offset <= Page.SIZE - 2) {
      SHORTS.set(page, offset, (short) value);
    } else {
      slow(address, value, 2);
    }
  }

  private void missed32(long address, long value) {
    int offset = (int) address & Page.SIZE - 1;
    byte[] page = writable(address);
    if (page != null && offset <= Page.SIZE - 4) {
      INTS.set(page, offset, (int) value);
    } else {
      slow(address, value, 4);
    }
  }

  private void missed64(long address, long value) {
    int offset = (int) address & Page.SIZE - 1;
    byte[] page = writable(address);
    if (page != null && offset <= Page.SIZE - 8) {
      LONGS.set(page, offset, value);
    } else {
      slow(address, value, 8);
    }
  }

  private void slow(long address, long value, int size) {
    long version = memory.codeVersion();
    memory.storeSlow(address, value, size);
    if (memory.codeVersion() != version) {
      throw CodeChanged.INSTANCE;
    }
  }

  /** The bytes of a page that the read table has, or null; remembers it the second time. */
  private byte[] readable(long address) {
    if (address >>> AddressSpace.ADDRESS_BITS != 0) {
      return null;
    }
    byte[] page =
        read[(int) (address >>> AddressSpace.LEAF_SHIFT)][
            (int) (address >>> Page.SHIFT) & LEAF_MASK];
    long tag = address & PAGE;
    if (tag != missedRead) {
      missedRead = tag;
    } else if (page != null) {
      readTag = tag;
      readPage = page;
    }
    return page;
  }

  private byte[] writable(long address) {
    if (address >>> AddressSpace.ADDRESS_BITS != 0) {
      return null;
    }
    byte[] page =
        write[(int) (address >>> AddressSpace.LEAF_SHIFT)][
            (int) (address >>> Page.SHIFT) & LEAF_MASK];
    long tag = address & PAGE;
    if (tag != missedWrite) {
      missedWrite = tag;
    } else if (page != null) {
      writeTag = tag;
      writePage = page;
    }
    return page;
  }
}
