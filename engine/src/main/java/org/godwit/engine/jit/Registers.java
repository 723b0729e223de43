package org.godwit.engine.jit;

import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * Where guest registers and the things around them live in a translated method: local variables.
 *
 * <pre>
 *  0 region  1 context  2 budget left (long)  4 number of the instruction (int)  5 an address (long)
 *  7 x array  8 f array  9 fcsr  10 a thrown thing  11 scratch (long)  13 .. registers (long), lookasides
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
  private static final int FIRST = 13;
  private static final int KINDS = 64;

  private final int[] slots = new int[KINDS];
  private final int[] lookasides = new int[KINDS / 2];

  /** Gives places to these registers and to lookasides of these base registers. */
  Registers(long used, long bases) {
    int next = FIRST;
    for (int i = 0; i < KINDS; i++) {
      if ((used >>> i & 1) != 0) {
        slots[i] = next;
        next += 2;
      }
    }
    for (int i = 0; i < lookasides.length; i++) {
      if ((bases >>> i & 1) != 0) {
        lookasides[i] = next++;
      }
    }
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

  /** Pushes the lookaside of a base register. */
  void lookaside(CodeBuilder code, int base) {
    code.aload(lookasides[base]);
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

  /** Takes the lookasides of all base registers from the address space on the stack. */
  void takeLookasides(CodeBuilder code, ClassDesc space, ClassDesc lookaside) {
    for (int i = 0; i < lookasides.length; i++) {
      if (lookasides[i] != 0) {
        code.dup()
            .loadConstant(i)
            .invokevirtual(space, "lookaside", MethodTypeDesc.of(lookaside, CD_int))
            .astore(lookasides[i]);
      }
    }
    code.pop();
  }
}
