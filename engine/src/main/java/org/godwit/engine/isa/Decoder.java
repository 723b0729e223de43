package org.godwit.engine.isa;

import java.util.ArrayList;
import java.util.List;

/**
 * From a word to its packed form ({@link Decoded}). Slow enough to be cached per page by its
 * callers, quick enough not to matter: rows are found by opcode and function bits.
 */
public final class Decoder {
  /** What {@link #decode} returns for a word that no row accepts. */
  public static final long ILLEGAL = -1;

  private static final Op[][] BASE = new Op[32 * 8][];
  private static final CompressedOp[][] COMPRESSED = new CompressedOp[4 * 8][];

  static {
    for (int i = 0; i < BASE.length; i++) {
      int word = i >>> 3 << 2 | 3 | (i & 7) << 12;
      List<Op> rows = new ArrayList<>();
      for (Op op : Op.all()) {
        if (((op.match() ^ word) & op.mask() & 0x707f) == 0) {
          rows.add(op);
        }
      }
      BASE[i] = rows.toArray(new Op[0]);
    }
    for (int i = 0; i < COMPRESSED.length; i++) {
      int word = i >>> 3 | (i & 7) << 13;
      List<CompressedOp> rows = new ArrayList<>();
      for (CompressedOp op : CompressedOp.all()) {
        Encoding e = op.encoding();
        if (((e.match() ^ word) & e.mask() & 0xe003) == 0) {
          rows.add(op);
        }
      }
      COMPRESSED[i] = rows.toArray(new CompressedOp[0]);
    }
  }

  /** What makes a word a fence, whatever its other fields hold. */
  private static final int FENCE_FIELDS = 0x707f;

  private static final int FENCE_WORD = 0x000f;

  private Decoder() {}

  /** Length in bytes of the instruction that starts with this halfword: 2 or 4. */
  public static int length(int halfword) {
    return (halfword & 3) == 3 ? 4 : 2;
  }

  /**
   * Decodes a word.
   *
   * @param word the instruction; of a compressed one only the low 16 bits count
   * @return the packed form, or {@link #ILLEGAL}
   */
  public static long decode(int word) {
    if (length(word) == 2) {
      CompressedOp row = compressed(word & 0xffff);
      return row == null ? ILLEGAL : row.encoding().decode(row.base(), word & 0xffff, 2);
    }
    Op row = base(word);
    if (row == null && (word & FENCE_FIELDS) == FENCE_WORD) {
      row = Op.FENCE; // A reserved fm is a normal fence to us (unprivileged ISA, 2.7).
    }
    return row == null ? ILLEGAL : row.encoding().decode(row, word, 4);
  }

  static Op base(int word) {
    for (Op op : BASE[(word >>> 2 & 31) << 3 | word >>> 12 & 7]) {
      if ((word & op.mask()) == op.match()) {
        return op;
      }
    }
    return null;
  }

  static CompressedOp compressed(int word) {
    for (CompressedOp op : COMPRESSED[(word & 3) << 3 | word >>> 13 & 7]) {
      if (op.encoding().accepts(word)) {
        return op;
      }
    }
    return null;
  }

  /** The encoding of the row that accepts the word, or null. */
  static Encoding encoding(int word) {
    if (length(word) == 2) {
      CompressedOp row = compressed(word & 0xffff);
      return row == null ? null : row.encoding();
    }
    Op row = base(word);
    return row == null ? null : row.encoding();
  }
}
