package org.godwit.engine.memory;

import java.util.Arrays;

/**
 * The pages that a space holds by their numbers: a tree of small tables, in order, cheap where it
 * is empty. Three levels of 4096, 64 and 64 entries.
 */
final class PageTable {
  static final int LEAF_BITS = 6;
  static final int LEAF = 1 << LEAF_BITS;
  static final int ROOT_SHIFT = 2 * LEAF_BITS;

  /** Receives pages in ascending order. */
  interface Visitor {
    void page(int number, Page page);
  }

  private final Page[][][] root = new Page[AddressSpace.ROOT][][];
  private int size;

  Page get(int number) {
    Page[][] middle = root[number >>> ROOT_SHIFT];
    if (middle == null) {
      return null;
    }
    Page[] leaf = middle[number >>> LEAF_BITS & LEAF - 1];
    return leaf == null ? null : leaf[number & LEAF - 1];
  }

  /** Puts a page and returns the one that was there. */
  Page put(int number, Page page) {
    Page[][] middle = root[number >>> ROOT_SHIFT];
    if (middle == null) {
      middle = new Page[LEAF][];
      root[number >>> ROOT_SHIFT] = middle;
    }
    Page[] leaf = middle[number >>> LEAF_BITS & LEAF - 1];
    if (leaf == null) {
      leaf = new Page[LEAF];
      middle[number >>> LEAF_BITS & LEAF - 1] = leaf;
    }
    Page old = leaf[number & LEAF - 1];
    leaf[number & LEAF - 1] = page;
    size += (page == null ? 0 : 1) - (old == null ? 0 : 1);
    return old;
  }

  /** Number of pages held. */
  int size() {
    return size;
  }

  /**
   * Visits the pages from one number up to another, exclusive. The visitor may replace or remove
   * the visited page.
   */
  void visit(int from, int to, Visitor visitor) {
    int number = from;
    while (number < to) {
      Page[][] middle = root[number >>> ROOT_SHIFT];
      if (middle == null) {
        number = (number >>> ROOT_SHIFT) + 1 << ROOT_SHIFT;
        continue;
      }
      Page[] leaf = middle[number >>> LEAF_BITS & LEAF - 1];
      if (leaf == null) {
        number = (number >>> LEAF_BITS) + 1 << LEAF_BITS;
        continue;
      }
      int end = Math.min(to, (number >>> LEAF_BITS) + 1 << LEAF_BITS);
      for (; number < end; number++) {
        Page page = leaf[number & LEAF - 1];
        if (page != null) {
          visitor.page(number, page);
        }
      }
    }
  }

  /** Visits all pages. */
  void visit(Visitor visitor) {
    visit(0, AddressSpace.PAGES, visitor);
  }

  /** Forgets all pages. */
  void clear() {
    Arrays.fill(root, null);
    size = 0;
  }
}
