package org.godwit.engine.jit;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Locale;
import org.godwit.engine.isa.Csrs;
import org.godwit.engine.isa.Decoded;
import org.godwit.engine.isa.Extension;
import org.godwit.engine.isa.Op;
import org.godwit.engine.machine.Fcsr;
import org.godwit.engine.machine.Floats;
import org.godwit.engine.machine.Semantics;
import org.godwit.engine.memory.Page;

/**
 * One row of the instruction table as bytecode. Trivial integer rows are written out; what has a
 * corner calls the static method that the interpreter calls too; atomics go to the interpreter's
 * own code by way of the hart's registers.
 */
final class Rows {
  static final ClassDesc CONTEXT = desc(Context.class);
  private static final ClassDesc ACCESS = desc(Access.class);
  private static final MethodTypeDesc SPAN_OF =
      MethodTypeDesc.of(Registers.PAGE, CD_long, CD_int, CD_long, Registers.PAGE, Registers.PAGES);
  private static final MethodTypeDesc PAGE_OF =
      MethodTypeDesc.of(Registers.PAGE, CD_long, CD_long, Registers.PAGE, Registers.PAGES);
  private static final ClassDesc SEMANTICS = desc(Semantics.class);
  private static final ClassDesc FLOATS = desc(Floats.class);
  private static final ClassDesc FCSR = desc(Fcsr.class);
  private static final MethodTypeDesc BINARY = MethodTypeDesc.of(CD_long, CD_long, CD_long);
  private static final int SIX_BITS = 63;
  private static final int RESERVED_MODE = 5;
  private static final int CSR_MASK = 0xfff;
  private static final int FLAGS = 31;

  private static final int NONE = -1;

  private final CodeBuilder code;
  private final Registers registers;
  private final boolean wide;

  /** Where the page of the span is that the present row accesses, or {@link #NONE}. */
  private int span = NONE;

  private int offset;

  Rows(CodeBuilder code, Registers registers, boolean wide) {
    this.wide = wide;
    this.code = code;
    this.registers = registers;
  }

  static ClassDesc desc(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  /** Whether a row may be in a region; the others need exact counts or the kernel. */
  static boolean translates(long d) {
    Op op = Op.of(Decoded.operation(d));
    if (op == Op.ECALL || op == Op.EBREAK) {
      return false;
    }
    if (op.extension() == Extension.ZICSR) {
      return (Decoded.imm(d) & CSR_MASK) == Csrs.FFLAGS;
    }
    int mode = Decoded.rounding(d);
    return !op.rounds() || mode < RESERVED_MODE || mode == Fcsr.DYN;
  }

  /** Whether it rounds as frm says; a region with such a row runs only while frm is 0. */
  static boolean roundsDynamically(long d) {
    return Op.of(Decoded.operation(d)).rounds() && Decoded.rounding(d) == Fcsr.DYN;
  }

  /** Whether it may end the run: memory that is not there, an address that is not aligned. */
  static boolean mayStop(long d) {
    return accesses(d) || storesItself(d);
  }

  /** Whether it works on the hart's registers, so that they have its result already. */
  static boolean storesItself(long d) {
    return Op.of(Decoded.operation(d)).extension() == Extension.A;
  }

  /** Whether it is a plain load or store. */
  static boolean accesses(long d) {
    return switch (Op.of(Decoded.operation(d))) {
      case LB, LH, LW, LD, LBU, LHU, LWU, SB, SH, SW, SD, FLW, FLD, FSW, FSD -> true;
      default -> false;
    };
  }

  /** Whether a plain access stores. */
  static boolean stores(long d) {
    return switch (Op.of(Decoded.operation(d))) {
      case SB, SH, SW, SD, FSW, FSD -> true;
      default -> false;
    };
  }

  /** Bytes that a plain access reads or writes. */
  static int size(long d) {
    return switch (Op.of(Decoded.operation(d))) {
      case LB, LBU, SB -> 1;
      case LH, LHU, SH -> 2;
      case LW, LWU, SW, FLW, FSW -> 4;
      default -> 8;
    };
  }

  /**
   * Writes a plain access to a span whose page is known.
   *
   * @param place where the page is
   * @param within offset in the span
   */
  void write(long pc, long d, int place, int within) {
    span = place;
    offset = within;
    write(pc, d);
    span = NONE;
  }

  /** Writes an instruction that is no transfer of control. */
  void write(long pc, long d) {
    Op op = Op.of(Decoded.operation(d));
    switch (op.extension()) {
      case I, ZIFENCEI -> integer(pc, op, d);
      case M -> multiply(op, d);
      case A -> atomic(d);
      case ZICSR -> flags(op, d);
      case F, D -> floating(op, d);
      default -> throw new IllegalStateException("not for a region: " + op);
    }
  }

  // ---------------------------------------------------------------- integers

  private void integer(long pc, Op op, long d) {
    switch (op) {
      case LUI -> constant(d, Decoded.imm(d));
      case AUIPC -> constant(d, pc + Decoded.imm(d));
      case FENCE, FENCE_TSO, FENCE_I -> {}
      case LB, LH, LW, LD, LBU, LHU, LWU -> load(op, d);
      case SB -> store(1, d);
      case SH -> store(2, d);
      case SW -> store(4, d);
      case SD -> store(8, d);
      default -> {
        if (Decoded.rd(d) != Decoded.SINK) {
          compute(op, d);
          registers.setX(code, Decoded.rd(d));
        }
      }
    }
  }

  private void constant(long d, long value) {
    if (Decoded.rd(d) != Decoded.SINK) {
      code.loadConstant(value);
      registers.setX(code, Decoded.rd(d));
    }
  }

  private void compute(Op op, long d) {
    switch (op) {
      case ADDI -> {
        if (Decoded.rs1(d) == 0) {
          code.loadConstant((long) Decoded.imm(d));
        } else if (Decoded.imm(d) == 0) {
          a(d);
        } else {
          withImmediate(d).ladd();
        }
      }
      case XORI -> withImmediate(d).lxor();
      case ORI -> withImmediate(d).lor();
      case ANDI -> withImmediate(d).land();
      case SLTI -> semantics("slt", withImmediate(d));
      case SLTIU -> semantics("sltu", withImmediate(d));
      case SLLI -> withShift(d).lshl();
      case SRLI -> withShift(d).lushr();
      case SRAI -> withShift(d).lshr();
      case ADD -> both(d).ladd();
      case SUB -> both(d).lsub();
      case XOR -> both(d).lxor();
      case OR -> both(d).lor();
      case AND -> both(d).land();
      case SLT -> semantics("slt", both(d));
      case SLTU -> semantics("sltu", both(d));
      case SLL -> both(d).l2i().lshl();
      case SRL -> both(d).l2i().lushr();
      case SRA -> both(d).l2i().lshr();
      case ADDIW -> {
        a(d).l2i();
        if (Decoded.imm(d) != 0) {
          code.loadConstant(Decoded.imm(d)).iadd();
        }
        code.i2l();
      }
      case SLLIW -> a(d).l2i().loadConstant(Decoded.imm(d)).ishl().i2l();
      case SRLIW -> a(d).l2i().loadConstant(Decoded.imm(d)).iushr().i2l();
      case SRAIW -> a(d).l2i().loadConstant(Decoded.imm(d)).ishr().i2l();
      case ADDW -> bothInts(d).iadd().i2l();
      case SUBW -> bothInts(d).isub().i2l();
      case SLLW -> bothInts(d).ishl().i2l();
      case SRLW -> bothInts(d).iushr().i2l();
      case SRAW -> bothInts(d).ishr().i2l();
      default -> throw new IllegalStateException("not an integer row: " + op);
    }
  }

  private void multiply(Op op, long d) {
    if (Decoded.rd(d) == Decoded.SINK) {
      return;
    }
    switch (op) {
      case MUL -> both(d).lmul();
      case MULW -> bothInts(d).imul().i2l();
      default -> semantics(op.name().toLowerCase(Locale.ROOT), both(d));
    }
    registers.setX(code, Decoded.rd(d));
  }

  private static void semantics(String name, CodeBuilder code) {
    code.invokestatic(SEMANTICS, name, BINARY);
  }

  private CodeBuilder a(long d) {
    registers.x(code, Decoded.rs1(d));
    return code;
  }

  private CodeBuilder both(long d) {
    registers.x(code, Decoded.rs1(d));
    registers.x(code, Decoded.rs2(d));
    return code;
  }

  private CodeBuilder bothInts(long d) {
    registers.x(code, Decoded.rs1(d));
    code.l2i();
    registers.x(code, Decoded.rs2(d));
    return code.l2i();
  }

  private CodeBuilder withImmediate(long d) {
    return a(d).loadConstant((long) Decoded.imm(d));
  }

  private CodeBuilder withShift(long d) {
    return a(d).loadConstant(Decoded.imm(d) & SIX_BITS);
  }

  // ---------------------------------------------------------------- memory

  /** Pushes the page and the place of an access: where in its span, or the address itself. */
  private void place(int size, long d) {
    if (wide) {
      address(d);
      return;
    }
    if (span != NONE) {
      code.aload(span).iload(span + 1);
      if (offset != 0) {
        code.loadConstant(offset).iadd();
      }
      return;
    }
    int tag = registers.tag(Decoded.rs1(d), stores(d));
    address(d);
    code.lstore(Registers.SCRATCH)
        .lload(Registers.SCRATCH)
        .lload(tag)
        .aload(tag + 2)
        .aload(stores(d) ? Registers.WRITE : Registers.READ)
        .invokestatic(ACCESS, "page" + size, PAGE_OF)
        .dup()
        .astore(tag + 2)
        .lload(Registers.SCRATCH)
        .loadConstant(Access.PAGE)
        .land()
        .lstore(tag)
        .lload(Registers.SCRATCH);
  }

  private void address(long d) {
    registers.x(code, Decoded.rs1(d));
    if (Decoded.imm(d) != 0) {
      code.loadConstant((long) Decoded.imm(d)).ladd();
    }
  }

  /** Finds the page of a span for the rows that follow, or goes elsewhere. */
  void test(Spans.Span wanted, int place, Label elsewhere) {
    int tag = registers.tag(wanted.base(), wanted.stores());
    registers.x(code, wanted.base());
    code.loadConstant(wanted.low())
        .ladd()
        .lstore(Registers.SCRATCH)
        .lload(Registers.SCRATCH)
        .loadConstant(wanted.length())
        .lload(tag)
        .aload(tag + 2)
        .aload(wanted.stores() ? Registers.WRITE : Registers.READ)
        .invokestatic(ACCESS, "span", SPAN_OF)
        .dup()
        .astore(place)
        .ifnull(elsewhere)
        .lload(Registers.SCRATCH)
        .l2i()
        .loadConstant(Page.SIZE - 1)
        .iand()
        .istore(place + 1)
        .aload(place)
        .astore(tag + 2)
        .lload(Registers.SCRATCH)
        .loadConstant(Access.PAGE)
        .land()
        .lstore(tag);
  }

  private void loaded(int size, long d) {
    if (wide) {
      address(d);
      code.aload(Registers.READ)
          .invokestatic(
              ACCESS,
              "get" + 8 * size,
              MethodTypeDesc.of(size == 8 ? CD_long : CD_int, CD_long, Registers.PAGES));
      return;
    }
    place(size, d);
    ClassDesc result = size == 8 ? CD_long : CD_int;
    code.invokestatic(
        ACCESS,
        (span == NONE ? "load" : "near") + 8 * size,
        MethodTypeDesc.of(result, Registers.PAGE, span == NONE ? CD_long : CD_int));
  }

  private void load(Op op, long d) {
    switch (op) {
      case LB, LBU -> loaded(1, d);
      case LH, LHU -> loaded(2, d);
      case LW, LWU -> loaded(4, d);
      default -> loaded(8, d);
    }
    switch (op) {
      case LBU -> code.sipush(0xff).iand().i2l();
      case LHU -> code.loadConstant(0xffff).iand().i2l();
      case LWU -> code.i2l().loadConstant(0xffff_ffffL).land();
      case LD -> {}
      default -> code.i2l();
    }
    registers.setX(code, Decoded.rd(d));
  }

  private void store(int size, long d) {
    place(size, d);
    registers.x(code, Decoded.rs2(d));
    stored(size);
  }

  private void stored(int size) {
    if (wide) {
      code.aload(Registers.WRITE)
          .invokestatic(
              ACCESS,
              "set" + 8 * size,
              MethodTypeDesc.of(CD_void, CD_long, CD_long, Registers.PAGES));
      return;
    }
    code.invokestatic(
        ACCESS,
        (span == NONE ? "store" : "put") + 8 * size,
        MethodTypeDesc.of(CD_void, Registers.PAGE, span == NONE ? CD_long : CD_int, CD_long));
  }

  /** By way of the hart's registers: what it writes is loaded from there. */
  private void atomic(long d) {
    code.aload(Registers.CONTEXT)
        .loadConstant(d)
        .invokestatic(CONTEXT, "atomic", MethodTypeDesc.of(CD_void, CONTEXT, CD_long));
    registers.load(code, Operands.writes(d));
    registers.forgetPages(code);
  }

  // ---------------------------------------------------------------- floating point

  private void floating(Op op, long d) {
    switch (op) {
      case FLD -> {
        loaded(8, d);
        registers.setF(code, Decoded.rd(d));
      }
      case FLW -> {
        loaded(4, d);
        setSingle(d);
      }
      case FSD -> {
        place(8, d);
        registers.f(code, Decoded.rs2(d));
        stored(8);
      }
      case FSW -> {
        place(4, d);
        registers.f(code, Decoded.rs2(d));
        stored(4);
      }
      case FMV_X_D -> {
        registers.f(code, Decoded.rs1(d));
        registers.setX(code, Decoded.rd(d));
      }
      case FMV_D_X -> {
        registers.x(code, Decoded.rs1(d));
        registers.setF(code, Decoded.rd(d));
      }
      case FMV_X_W -> {
        registers.f(code, Decoded.rs1(d));
        code.l2i().i2l();
        registers.setX(code, Decoded.rd(d));
      }
      case FMV_W_X -> {
        registers.x(code, Decoded.rs1(d));
        code.l2i();
        setSingle(d);
      }
      default -> arithmetic(op, d);
    }
  }

  /** An access to fflags: the mathematics library saves and restores it around comparisons. */
  private void flags(Op op, long d) {
    boolean immediate = op == Op.CSRRWI || op == Op.CSRRSI || op == Op.CSRRCI;
    boolean swaps = op == Op.CSRRW || op == Op.CSRRWI;
    boolean sets = op == Op.CSRRS || op == Op.CSRRSI;
    code.aload(Registers.FCSR).getfield(FCSR, "fflags", CD_int).i2l().lstore(Registers.SCRATCH);
    if (swaps || Decoded.rs1(d) != 0) {
      code.aload(Registers.FCSR);
      if (!swaps) {
        code.lload(Registers.SCRATCH).l2i();
      }
      if (immediate) {
        code.loadConstant(Decoded.rs1(d));
      } else {
        registers.x(code, Decoded.rs1(d));
        code.l2i();
      }
      if (sets) {
        code.ior();
      } else if (!swaps) {
        code.iconst_m1().ixor().iand();
      }
      code.loadConstant(FLAGS).iand().putfield(FCSR, "fflags", CD_int);
    }
    code.lload(Registers.SCRATCH);
    registers.setX(code, Decoded.rd(d));
  }

  private void setSingle(long d) {
    code.invokestatic(FLOATS, "box", MethodTypeDesc.of(CD_long, CD_int));
    registers.setF(code, Decoded.rd(d));
  }

  private void single(int number) {
    registers.f(code, number);
    code.invokestatic(FLOATS, "unbox", MethodTypeDesc.of(CD_int, CD_long));
  }

  /** A row whose meaning is a method of {@link Floats}; its parameters follow from the row. */
  private void arithmetic(Op op, long d) {
    Meaning meaning = Meaning.of(op);
    int operand = 0;
    for (ClassDesc parameter : meaning.type().parameterList()) {
      if (parameter.equals(FCSR)) {
        code.aload(Registers.FCSR);
      } else if (operand == meaning.operands()) {
        code.loadConstant(Decoded.rounding(d) == Fcsr.DYN ? Fcsr.RNE : Decoded.rounding(d));
      } else {
        operand(meaning, operand++, d);
      }
    }
    code.invokestatic(FLOATS, meaning.name(), meaning.type());
    if (!meaning.toFloat()) {
      if (meaning.type().returnType().equals(CD_int)) {
        code.i2l();
      } else if (meaning.type().returnType().equals(CD_boolean)) {
        throw new IllegalStateException("results are integers: " + op);
      }
      registers.setX(code, Decoded.rd(d));
    } else if (meaning.type().returnType().equals(CD_int)) {
      setSingle(d);
    } else {
      registers.setF(code, Decoded.rd(d));
    }
  }

  private void operand(Meaning meaning, int number, long d) {
    int register = number == 0 ? Decoded.rs1(d) : number == 1 ? Decoded.rs2(d) : Decoded.rs3(d);
    boolean narrow = meaning.type().parameterType(number).equals(CD_int);
    if (meaning.fromInteger()) {
      registers.x(code, register);
      if (narrow) {
        code.l2i();
      }
    } else if (narrow) {
      single(register);
    } else {
      registers.f(code, register);
    }
  }
}
