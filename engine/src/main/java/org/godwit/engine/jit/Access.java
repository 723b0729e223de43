package org.godwit.engine.jit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Page;

/**
 * Loads and stores of translated code. For each base register a region keeps, in local variables,
 * the page that was last read by way of it and the page last written, each with a tag: its address.
 *
 * <p>An access compares its address, the bits within the page cleared but for those that natural
 * alignment wants to be zero, with the tag: one comparison says that it is this page, that it is
 * aligned and that it does not cross. Whatever else is looked up in the read or write table; what
 * is not there ends the region by {@link Halt}, and the interpreter does it.
 *
 * <p><b>Invariant:</b> a region forgets its tags whenever other code has run, since that may have
 * emptied or replaced entries of the tables.
 *
 * <p>Values that live across a call live in memory, so a loop should have none, not even a rare
 * one. The ways into a page are hot wherever they stand and are inlined for that; what is not in
 * the tables throws instead of calling. The lookup on a miss is written out in each of them: as one
 * shared method, though small enough to be inlined, it doubled the time of {@code sieve}. All is
 * static so that all accesses share one profile: none is compiled as if it never missed.
 */
final class Access {
  /** Matches no access. */
  static final long NOTHING = -1;

  /** The bits of an address that make a tag. */
  static final long PAGE = -Page.SIZE;

  private static final int WITHIN = Page.SIZE - 1;
  private static final int LEAF_MASK = (1 << AddressSpace.LEAF_SHIFT - Page.SHIFT) - 1;
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Access() {}

  /**
   * The page for an access of one byte.
   *
   * @param page the page with this tag
   * @param table of pages that may be accessed so
   * @throws Halt if the table does not have it
   */
  static byte[] page1(long address, long tag, byte[] page, byte[][][] table) {
    if ((address & PAGE) == tag) {
      return page;
    }
    if (address >>> AddressSpace.ADDRESS_BITS == 0) {
      byte[] found =
          table[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      if (found != null) {
        return found;
      }
    }
    throw Halt.INSTANCE;
  }

  /** The page for an access of two bytes, and so on; it does not cross. */
  static byte[] page2(long address, long tag, byte[] page, byte[][][] table) {
    if ((address & (PAGE | 1)) == tag) {
      return page;
    }
    if (((address ^ address + 1) & Page.SIZE | address >>> AddressSpace.ADDRESS_BITS) == 0) {
      byte[] found =
          table[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      if (found != null) {
        return found;
      }
    }
    throw Halt.INSTANCE;
  }

  static byte[] page4(long address, long tag, byte[] page, byte[][][] table) {
    if ((address & (PAGE | 3)) == tag) {
      return page;
    }
    if (((address ^ address + 3) & Page.SIZE | address >>> AddressSpace.ADDRESS_BITS) == 0) {
      byte[] found =
          table[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      if (found != null) {
        return found;
      }
    }
    throw Halt.INSTANCE;
  }

  static byte[] page8(long address, long tag, byte[] page, byte[][][] table) {
    if ((address & (PAGE | 7)) == tag) {
      return page;
    }
    if (((address ^ address + 7) & Page.SIZE | address >>> AddressSpace.ADDRESS_BITS) == 0) {
      byte[] found =
          table[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      if (found != null) {
        return found;
      }
    }
    throw Halt.INSTANCE;
  }

  /**
   * The page of a span, or null if that must be accessed piece by piece: it crosses the end of a
   * page, or the table does not have its page.
   *
   * @param first address of its first byte
   * @param length in bytes, at most a page
   */
  static byte[] span(long first, int length, long tag, byte[] page, byte[][][] table) {
    if (((int) first & WITHIN) > Page.SIZE - length) {
      return null;
    }
    if ((first & PAGE) == tag) {
      return page;
    }
    if (first >>> AddressSpace.ADDRESS_BITS != 0) {
      return null;
    }
    return table[(int) (first >>> AddressSpace.LEAF_SHIFT)][
        (int) (first >>> Page.SHIFT) & LEAF_MASK];
  }

  /** A byte of a span, sign-extended; so are the other loads. */
  static int near8(byte[] page, int at) {
    return page[at];
  }

  static int near16(byte[] page, int at) {
    return (short) SHORTS.get(page, at);
  }

  static int near32(byte[] page, int at) {
    return (int) INTS.get(page, at);
  }

  static long near64(byte[] page, int at) {
    return (long) LONGS.get(page, at);
  }

  static void put8(byte[] page, int at, long value) {
    page[at] = (byte) value;
  }

  static void put16(byte[] page, int at, long value) {
    SHORTS.set(page, at, (short) value);
  }

  static void put32(byte[] page, int at, long value) {
    INTS.set(page, at, (int) value);
  }

  static void put64(byte[] page, int at, long value) {
    LONGS.set(page, at, value);
  }

  /** The byte at an address, by way of a table alone; so are the others. Throws as page1. */
  static int get8(long address, byte[][][] table) {
    return load8(look1(address, table), address);
  }

  static void set8(long address, long value, byte[][][] table) {
    store8(look1(address, table), address, value);
  }

  private static byte[] look1(long address, byte[][][] table) {
    if ((address >>> AddressSpace.ADDRESS_BITS) == 0) {
      byte[] found =
          table[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      if (found != null) {
        return found;
      }
    }
    throw Halt.INSTANCE;
  }

  static int get16(long address, byte[][][] table) {
    return load16(look2(address, table), address);
  }

  static void set16(long address, long value, byte[][][] table) {
    store16(look2(address, table), address, value);
  }

  private static byte[] look2(long address, byte[][][] table) {
    if ((address >>> AddressSpace.ADDRESS_BITS | (address ^ address + 1) & Page.SIZE) == 0) {
      byte[] found =
          table[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      if (found != null) {
        return found;
      }
    }
    throw Halt.INSTANCE;
  }

  static int get32(long address, byte[][][] table) {
    return load32(look4(address, table), address);
  }

  static void set32(long address, long value, byte[][][] table) {
    store32(look4(address, table), address, value);
  }

  private static byte[] look4(long address, byte[][][] table) {
    if ((address >>> AddressSpace.ADDRESS_BITS | (address ^ address + 3) & Page.SIZE) == 0) {
      byte[] found =
          table[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      if (found != null) {
        return found;
      }
    }
    throw Halt.INSTANCE;
  }

  static long get64(long address, byte[][][] table) {
    return load64(look8(address, table), address);
  }

  static void set64(long address, long value, byte[][][] table) {
    store64(look8(address, table), address, value);
  }

  private static byte[] look8(long address, byte[][][] table) {
    if ((address >>> AddressSpace.ADDRESS_BITS | (address ^ address + 7) & Page.SIZE) == 0) {
      byte[] found =
          table[(int) (address >>> AddressSpace.LEAF_SHIFT)][
              (int) (address >>> Page.SHIFT) & LEAF_MASK];
      if (found != null) {
        return found;
      }
    }
    throw Halt.INSTANCE;
  }

  /** A byte, sign-extended; so are the other loads. */
  static int load8(byte[] page, long address) {
    return page[(int) address & WITHIN];
  }

  static int load16(byte[] page, long address) {
    return (short) SHORTS.get(page, (int) address & WITHIN);
  }

  static int load32(byte[] page, long address) {
    return (int) INTS.get(page, (int) address & WITHIN);
  }

  static long load64(byte[] page, long address) {
    return (long) LONGS.get(page, (int) address & WITHIN);
  }

  static void store8(byte[] page, long address, long value) {
    page[(int) address & WITHIN] = (byte) value;
  }

  static void store16(byte[] page, long address, long value) {
    SHORTS.set(page, (int) address & WITHIN, (short) value);
  }

  static void store32(byte[] page, long address, long value) {
    INTS.set(page, (int) address & WITHIN, (int) value);
  }

  static void store64(byte[] page, long address, long value) {
    LONGS.set(page, (int) address & WITHIN, value);
  }
}
