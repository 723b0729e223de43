package org.godwit.engine.jit;

import static java.lang.constant.ConstantDescs.CD_byte;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;

/**
 * Where guest registers and the things around them live in a translated method: local variables.
 *
 * <pre>
 *  0 region  1 context  2 budget left (long)  4 number of the instruction (int)  5 an address (long)
 *  7 x array  8 f array  9 fcsr  10 a thrown thing  11 scratch (long)  13 read table  14 write table
 *  15 .. registers (long), last pages with their tags (long), pages of spans with places in them (int)
 * </pre>
 */
final class Registers {
  static final int CONTEXT = 1;
  static final int LEFT = 2;
  static final int AT = 4;
  static final int PC = 5;
  static final int X = 7;
  static final int F = 8;
  static final int FCSR = 9;
  static final int THROWN = 10;
  static final int SCRATCH = 11;
  static final int READ = 13;
  static final int WRITE = 14;
  private static final int FIRST = 15;
  static final ClassDesc PAGE = CD_byte.arrayType();
  static final ClassDesc PAGES = PAGE.arrayType().arrayType();
  private static final int KINDS = 64;

  private final int[] slots = new int[KINDS];
  private final int[] tags = new int[KINDS];
  private final int spans;
  private final int mostSpans;

  /**
   * Gives places to these registers, and to the last pages of these base registers.
   *
   * @param bases bit n: xn is the base of loads; bit 32 + n: of stores
   * @param mostSpans of a block
   */
  Registers(long used, long bases, int mostSpans) {
    int next = FIRST;
    for (int i = 0; i < KINDS; i++) {
      if ((used >>> i & 1) != 0) {
        slots[i] = next;
        next += 2;
      }
    }
    for (int i = 0; i < KINDS; i++) {
      if ((bases >>> i & 1) != 0) {
        tags[i] = next;
        next += 3;
      }
    }
    spans = next;
    this.mostSpans = mostSpans;
  }

  /** Pushes xnumber. */
  void x(CodeBuilder code, int number) {
    if (Operands.x(number) == 0) {
      code.lconst_0();
    } else {
      code.lload(slots[number]);
    }
  }

  /** Pops into xnumber. */
  void setX(CodeBuilder code, int number) {
    if (Operands.x(number) == 0) {
      code.pop2();
    } else {
      code.lstore(slots[number]);
    }
  }

  void f(CodeBuilder code, int number) {
    code.lload(slots[32 + number]);
  }

  void setF(CodeBuilder code, int number) {
    code.lstore(slots[32 + number]);
  }

  /** Where the tag of the last page of a base register is; the page follows. */
  int tag(int base, boolean writes) {
    return tags[writes ? 32 + base : base];
  }

  /** Where the page of a block's span with this number is; its place within the page follows. */
  int span(int number) {
    return spans + 2 * number;
  }

  /** Loads registers from the hart. */
  void load(CodeBuilder code, long set) {
    for (int i = 0; i < KINDS; i++) {
      if ((set >>> i & 1) != 0) {
        code.aload(i < 32 ? X : F).loadConstant(i & 31).laload().lstore(slots[i]);
      }
    }
  }

  /** Stores registers to the hart. */
  void store(CodeBuilder code, long set) {
    for (int i = 0; i < KINDS; i++) {
      if ((set >>> i & 1) != 0) {
        code.aload(i < 32 ? X : F).loadConstant(i & 31).lload(slots[i]).lastore();
      }
    }
  }

  /**
   * Gives the places of last pages a type, and a variable behind all others a value: whoever counts
   * variables does so where control arrives, and the verifier also wants those of other code.
   */
  void makePages(CodeBuilder code) {
    for (int tag : tags) {
      if (tag != 0) {
        code.aconst_null().checkcast(PAGE).astore(tag + 2);
      }
    }
    code.iconst_0().istore(span(mostSpans));
    forgetPages(code);
  }

  /** Forgets the last pages. */
  void forgetPages(CodeBuilder code) {
    for (int tag : tags) {
      if (tag != 0) {
        code.loadConstant(Access.NOTHING).lstore(tag);
      }
    }
  }
}
