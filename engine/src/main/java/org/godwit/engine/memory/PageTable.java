package org.godwit.engine.memory;

import java.util.Arrays;

/**
 * The pages that a space holds by their numbers: a tree of small tables, in order, cheap where it
 * is empty. Four levels of 64 entries: a checkpoint copies them all.
 */
final class PageTable {
  private static final int BITS = 6;
  private static final int LEAF = 1 << BITS;

  /** Receives pages in ascending order. */
  interface Visitor {
    void page(int number, Page page);
  }

  private final Page[][][][] root = new Page[LEAF][][][];
  private int size;

  Page get(int number) {
    Page[][][] upper = root[at(number, 3)];
    Page[][] middle = upper == null ? null : upper[at(number, 2)];
    Page[] leaf = middle == null ? null : middle[at(number, 1)];
    return leaf == null ? null : leaf[at(number, 0)];
  }

  /** Place of a page in the table of a level, 3 for the root and 0 for a leaf. */
  private static int at(int number, int level) {
    return number >>> level * BITS & LEAF - 1;
  }

  /** The first number behind what the table of a level covers around a number. */
  private static int behind(int number, int level) {
    return (number >>> level * BITS) + 1 << level * BITS;
  }

  /** Puts a page and returns the one that was there. */
  Page put(int number, Page page) {
    Page[][][] upper = root[at(number, 3)];
    if (upper == null) {
      upper = new Page[LEAF][][];
      root[at(number, 3)] = upper;
    }
    Page[][] middle = upper[at(number, 2)];
    if (middle == null) {
      middle = new Page[LEAF][];
      upper[at(number, 2)] = middle;
    }
    Page[] leaf = middle[at(number, 1)];
    if (leaf == null) {
      leaf = new Page[LEAF];
      middle[at(number, 1)] = leaf;
    }
    Page old = leaf[at(number, 0)];
    leaf[at(number, 0)] = page;
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
      Page[][][] upper = root[at(number, 3)];
      if (upper == null) {
        number = behind(number, 3);
        continue;
      }
      Page[][] middle = upper[at(number, 2)];
      if (middle == null) {
        number = behind(number, 2);
        continue;
      }
      Page[] leaf = middle[at(number, 1)];
      if (leaf == null) {
        number = behind(number, 1);
        continue;
      }
      int end = Math.min(to, behind(number, 1));
      for (; number < end; number++) {
        Page page = leaf[at(number, 0)];
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
