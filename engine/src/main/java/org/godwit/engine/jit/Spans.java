package org.godwit.engine.jit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.godwit.engine.isa.Decoded;
import org.godwit.engine.isa.Op;

/**
 * Accesses of a block that lie at known distances from registers as they are when the block begins:
 * a frame's saved registers, the members of a structure, the words of an unrolled copy. What is
 * near each other is a span: if it lies within one page, which is tested once before the block,
 * none of its accesses needs a test of its own or can stop.
 *
 * <p>Nothing else may run between the test and the accesses, so a span ends before an atomic.
 */
final class Spans {
  /** Longest span in bytes: the longer, the more often it crosses the end of a page. */
  private static final int LONGEST = 512;

  private static final int UNKNOWN = -1;

  /**
   * Bytes that are accessed together.
   *
   * @param base register, as it is when the block begins; 0 if the address is constant
   * @param low distance of the first byte from it
   * @param length in bytes
   */
  record Span(int base, boolean stores, long low, int length) {}

  /** In the order of their first accesses. */
  final List<Span> spans;

  private final int[] spanOf;
  private final long[] offsets;

  private Spans(List<Span> spans, int[] spanOf, long[] offsets) {
    this.spans = spans;
    this.spanOf = spanOf;
    this.offsets = offsets;
  }

  /** The spans of a block; none if that would save nothing. */
  static Spans of(Block block) {
    int count = block.straight();
    int[] spanOf = new int[count];
    long[] offsets = new long[count];
    Arrays.fill(spanOf, UNKNOWN);
    List<Span> spans = new ArrayList<>();
    int accesses = 0;
    int[] base = new int[Decoded.SINK + 1];
    long[] distance = new long[Decoded.SINK + 1];
    for (int i = 0; i < base.length; i++) {
      base[i] = i;
    }
    for (int i = 0; i < count; i++) {
      long d = block.code[i];
      if (Rows.storesItself(d)) {
        break;
      }
      if (Rows.accesses(d)) {
        int register = base[Decoded.rs1(d)];
        if (register != UNKNOWN) {
          offsets[i] = distance[Decoded.rs1(d)] + Decoded.imm(d);
          spanOf[i] = add(spans, new Span(register, Rows.stores(d), offsets[i], Rows.size(d)));
          accesses++;
        }
      }
      note(block.pcs[i], d, base, distance);
    }
    if (accesses == spans.size()) {
      spans.clear();
      Arrays.fill(spanOf, UNKNOWN);
    }
    return new Spans(spans, spanOf, offsets);
  }

  /** Puts an access into a span that has room for it, or into one of its own. */
  private static int add(List<Span> spans, Span access) {
    for (int i = 0; i < spans.size(); i++) {
      Span each = spans.get(i);
      if (each.base == access.base && each.stores == access.stores) {
        long low = Math.min(each.low, access.low);
        long length = Math.max(each.low + each.length, access.low + access.length) - low;
        if (length > 0 && length <= LONGEST) {
          spans.set(i, new Span(each.base, each.stores, low, (int) length));
          return i;
        }
      }
    }
    spans.add(access);
    return spans.size() - 1;
  }

  /** Follows what is known of the register that an instruction writes. */
  private static void note(long pc, long d, int[] base, long[] distance) {
    long written = Operands.writes(d);
    if (written == 0 || written >>> 32 != 0) {
      return;
    }
    int rd = Decoded.rd(d);
    int from = UNKNOWN;
    long more = 0;
    switch (Op.of(Decoded.operation(d))) {
      case ADDI -> {
        from = Decoded.rs1(d);
        more = Decoded.imm(d);
      }
      case ADD -> {
        if (Decoded.rs1(d) == 0) {
          from = Decoded.rs2(d);
        } else if (Decoded.rs2(d) == 0) {
          from = Decoded.rs1(d);
        }
      }
      case LUI -> {
        from = 0;
        more = Decoded.imm(d);
      }
      case AUIPC -> {
        from = 0;
        more = pc + Decoded.imm(d);
      }
      default -> {}
    }
    base[rd] = from == UNKNOWN ? UNKNOWN : base[from];
    distance[rd] = from == UNKNOWN ? 0 : distance[from] + more;
  }

  /** The number of the span that an instruction accesses, or a negative number. */
  int spanOf(int instruction) {
    return spanOf[instruction];
  }

  /** Where in its span an instruction accesses. */
  int offset(int instruction) {
    return (int) (offsets[instruction] - spans.get(spanOf[instruction]).low);
  }

  /** Base registers of the tests, as {@link Analysis#bases}. */
  long bases() {
    long bases = 0;
    for (Span span : spans) {
      bases |= 1L << (span.stores ? 32 : 0) + span.base;
    }
    return bases;
  }
}
