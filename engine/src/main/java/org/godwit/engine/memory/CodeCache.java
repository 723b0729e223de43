package org.godwit.engine.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The decoded code of one page, in a form that an engine chooses: runs of {@code long}s ("blocks")
 * behind a map that says for each halfword of the page where the block that starts there lies.
 *
 * <pre>
 *  entries:  [0 .. 2049]  map: position of the block that starts at this halfword, 0 if there is none
 *            [2050 .. ]   blocks, in the order of their making
 * </pre>
 *
 * The two map places after the last halfword stay 0: control that flows over the page's end finds
 * no block. A position once handed out stays valid in the array that was current then; the array is
 * replaced when it must grow, and emptied in place when the page is stored to. Caches of sealed
 * pages are filled by several threads: {@link #append} excludes them from each other and publishes
 * a block before the map names it.
 */
public final class CodeCache {
  /** Places of the map; the first block starts here. */
  public static final int MAP = Page.HALFWORDS + 2;

  private static final int FIRST_ROOM = 512;
  private static final int MOST_ROOM = 16 * Page.HALFWORDS;
  private static final VarHandle ENTRIES = MethodHandles.arrayElementVarHandle(long[].class);

  private volatile long[] entries = new long[MAP + FIRST_ROOM];
  private int used = MAP;

  CodeCache() {}

  /** Map and blocks as they are now; never written by callers. */
  public long[] entries() {
    return entries;
  }

  /** Position of the block that starts at a halfword, or 0; what lies there is complete. */
  public static int find(long[] entries, int halfword) {
    return (int) (long) ENTRIES.getAcquire(entries, halfword);
  }

  /**
   * Adds a block.
   *
   * @param halfword where it starts
   * @param block its entries
   * @param length number of entries
   * @param lead number of entries before the position that the map names
   * @return false if the page has no room for more blocks
   */
  public synchronized boolean append(int halfword, long[] block, int length, int lead) {
    if (used - MAP + length > MOST_ROOM) {
      return false;
    }
    long[] target = entries;
    if (find(target, halfword) != 0) {
      return true;
    }
    if (used + length > target.length) {
      target = Arrays.copyOf(target, Math.min(MAP + MOST_ROOM, MAP + 2 * (target.length - MAP)));
    }
    System.arraycopy(block, 0, target, used, length);
    ENTRIES.setRelease(target, halfword, used + lead);
    used += length;
    entries = target;
    return true;
  }

  /** Forgets everything, in place, so that whoever holds the array finds no block any more. */
  void clear() {
    Arrays.fill(entries, 0, MAP, 0);
    used = MAP;
  }
}
