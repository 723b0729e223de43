package org.godwit.engine.jit;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.godwit.engine.isa.Decoded;
import org.godwit.engine.isa.Op;
import org.godwit.engine.machine.Fcsr;
import org.godwit.engine.memory.AddressSpace;

/**
 * Writes the class of a region. Its method runs the blocks on local variables; where it is left,
 * nothing is left to store: what a block writes is stored to the hart at its end, and before each
 * instruction that may stop. Registers stay in local variables all the same, so nothing is loaded
 * twice.
 *
 * <p>That is for loops. Where control leaves after a few blocks, loading at the entry what some
 * block might need, and looking for pages that no longer are the last ones, cost more than the
 * blocks do; and what lives in local variables across a hundred small blocks takes HotSpot longest
 * to place. So in a wide region each block loads what it needs itself, and each access looks in the
 * tables.
 *
 * <p>Shape of the method: entry (loads), blocks in ascending order, exits (one for each address), a
 * handler of stops.
 */
final class Emitter {
  /** HotSpot never compiles a method with more bytecode than this (HugeMethodLimit). */
  static final int MOST_BYTES = 8000;

  private static final ClassDesc REGION = Rows.desc(Region.class);
  private static final ClassDesc DRAFT = Rows.desc(Region.Draft.class);
  private static final ClassDesc SPACE = Rows.desc(AddressSpace.class);
  private static final MethodTypeDesc TABLE = MethodTypeDesc.of(Registers.PAGES);
  private static final ClassDesc FCSR = Rows.desc(Fcsr.class);
  private static final ClassDesc LONG = Rows.desc(Long.class);
  private static final ClassDesc STOPS = Rows.desc(RuntimeException.class);
  private static final ClassDesc LONGS = CD_long.arrayType();
  private static final ClassDesc QUICK = ClassDesc.of(Emitter.class.getPackageName(), "Quick");
  private static final ClassDesc HOT = ClassDesc.of(Emitter.class.getPackageName(), "Hot");
  private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_long, Rows.CONTEXT);
  private static final MethodTypeDesc COMPARE = MethodTypeDesc.of(CD_int, CD_long, CD_long);
  private static final int KEY_BITS = 30;

  /** So many targets are compared one by one. */
  private static final int FEW = 4;

  private final Flow flow;
  private final CodeBuilder code;
  private final Registers registers;
  private final Rows rows;
  private final boolean wide;
  private final Map<Long, Label> labels = new TreeMap<>();
  private final Map<Long, Label> exits = new TreeMap<>();
  private final Label leaving;
  private final Label handler;
  private boolean handles;
  private int number;

  /** Registers that the present block has written and not stored yet. */
  private long dirty;

  private Emitter(Flow flow, boolean wide, CodeBuilder code) {
    this.wide = wide;
    this.flow = flow;
    this.code = code;
    this.registers =
        new Registers(
            Analysis.registers(flow),
            wide ? 0 : Analysis.bases(flow),
            wide ? 0 : Analysis.mostSpans(flow));
    this.rows = new Rows(code, registers, wide);
    this.leaving = code.newLabel();
    this.handler = code.newLabel();
  }

  /**
   * The region of a flow that {@link Analysis} has seen.
   *
   * @param hot whether HotSpot's second compiler may have it
   * @param wide whether control stays for a few blocks only
   * @return null if its method would be too long for HotSpot
   */
  static Region region(Flow flow, boolean hot, boolean wide) throws ReflectiveOperationException {
    byte[] bytes = write(flow, hot ? HOT : QUICK, wide);
    int length = length(bytes);
    if (length >= MOST_BYTES) {
      return null;
    }
    return (Region)
        MethodHandles.lookup()
            .defineHiddenClass(bytes, false)
            .lookupClass()
            .getDeclaredConstructor(Region.Draft.class)
            .newInstance(new Region.Draft(flow, length, hot));
  }

  private static byte[] write(Flow flow, ClassDesc name, boolean wide) {
    MethodTypeDesc made = MethodTypeDesc.of(CD_void, DRAFT);
    return ClassFile.of()
        .build(
            name,
            type ->
                type.withVersion(ClassFile.JAVA_5_VERSION, 0)
                    .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                    .withSuperclass(REGION)
                    .withMethodBody(
                        ConstantDescs.INIT_NAME,
                        made,
                        0,
                        code ->
                            code.aload(0)
                                .aload(1)
                                .invokespecial(REGION, ConstantDescs.INIT_NAME, made)
                                .return_())
                    .withMethodBody("run", RUN, 0, code -> new Emitter(flow, wide, code).method()));
  }

  /** Real length of the method's bytecode. */
  private static int length(byte[] bytes) {
    return ClassFile.of().parse(bytes).methods().stream()
        .filter(method -> method.methodName().equalsString("run"))
        .mapToInt(method -> ((CodeAttribute) method.code().orElseThrow()).codeLength())
        .findFirst()
        .orElseThrow();
  }

  private void method() {
    for (Block block : flow.blocks) {
      labels.put(block.pc, code.newLabel());
    }
    entry();
    for (int i = 0; i < flow.blocks.size(); i++) {
      block(flow.blocks.get(i), i + 1 < flow.blocks.size() ? flow.blocks.get(i + 1) : null);
    }
    exits.forEach(
        (pc, label) ->
            code.labelBinding(label).loadConstant((long) pc).lstore(Registers.PC).goto_(leaving));
    code.labelBinding(leaving);
    putLeft();
    code.lload(Registers.PC).lreturn();
    if (handles) {
      handle();
    }
  }

  private void entry() {
    Block first = flow.at(flow.entry);
    code.aload(Registers.CONTEXT)
        .getfield(Rows.CONTEXT, "left", CD_long)
        .lstore(Registers.LEFT)
        .aload(Registers.CONTEXT)
        .getfield(Rows.CONTEXT, "x", LONGS)
        .astore(Registers.X)
        .aload(Registers.CONTEXT)
        .getfield(Rows.CONTEXT, "f", LONGS)
        .astore(Registers.F)
        .aload(Registers.CONTEXT)
        .getfield(Rows.CONTEXT, "fcsr", FCSR)
        .astore(Registers.FCSR)
        .iconst_0()
        .istore(Registers.AT)
        .aload(Registers.CONTEXT)
        .getfield(Rows.CONTEXT, "memory", SPACE)
        .dup()
        .invokevirtual(SPACE, "readTable", TABLE)
        .astore(Registers.READ)
        .invokevirtual(SPACE, "writeTable", TABLE)
        .astore(Registers.WRITE);
    registers.makePages(code);
    if (!wide) {
      registers.load(code, first.live);
    }
    code.goto_(labels.get(first.pc));
  }

  // ---------------------------------------------------------------- blocks

  private void block(Block block, Block following) {
    code.labelBinding(labels.get(block.pc));
    if (block.head) {
      code.lload(Registers.LEFT).loadConstant((long) block.bound).lcmp().iflt(exit(block.pc));
    }
    code.lload(Registers.LEFT).loadConstant((long) block.count()).lsub().lstore(Registers.LEFT);
    if (wide) {
      registers.load(code, Analysis.needs(block));
    }
    straight(block);
    switch (block.end) {
      case BRANCH -> {
        flush();
        branch(block);
        go(block.next, following);
      }
      case JUMP -> {
        link(block);
        flush();
        go(block.target, following);
      }
      case CALL -> call(block);
      case INDIRECT -> indirect(block);
    }
    number += block.count() - block.straight();
  }

  /**
   * The instructions before the transfer: a version for the case that each span lies within one
   * page, and one for the others.
   */
  private void straight(Block block) {
    List<Spans.Span> spans = block.spans.spans;
    if (wide || spans.isEmpty()) {
      straight(block, false);
      return;
    }
    Label elsewhere = code.newLabel();
    Label after = code.newLabel();
    int first = number;
    for (int i = 0; i < spans.size(); i++) {
      rows.test(spans.get(i), registers.span(i), elsewhere);
    }
    straight(block, true);
    flush();
    code.goto_(after).labelBinding(elsewhere);
    number = first;
    straight(block, false);
    flush();
    code.labelBinding(after);
  }

  /**
   * What those before it wrote is in the hart when an instruction may stop.
   *
   * @param tested whether the pages of the block's spans are known
   */
  private void straight(Block block, boolean tested) {
    for (int i = 0; i < block.straight(); i++) {
      long d = block.code[i];
      int span = tested ? block.spans.spanOf(i) : -1;
      if (span >= 0) {
        rows.write(block.pcs[i], d, registers.span(span), block.spans.offset(i));
      } else if (Rows.mayStop(d)) {
        flush();
        code.loadConstant(number).istore(Registers.AT);
        Label begin = code.newBoundLabel();
        rows.write(block.pcs[i], d);
        code.exceptionCatch(begin, code.newBoundLabel(), handler, STOPS);
        handles = true;
      } else {
        rows.write(block.pcs[i], d);
      }
      if (Rows.storesItself(d)) {
        dirty &= ~Operands.writes(d);
      } else {
        dirty |= Operands.writes(d);
      }
      number++;
    }
  }

  /** Stores to the hart what the block has written. */
  private void flush() {
    registers.store(code, dirty);
    dirty = 0;
  }

  /** Goes to an address: to its block, or out. */
  private void go(long pc, Block following) {
    if (flow.at(pc) == null) {
      code.goto_(exit(pc));
    } else if (following == null || following.pc != pc) {
      code.goto_(labels.get(pc));
    }
  }

  private Label place(long pc) {
    return flow.at(pc) == null ? exit(pc) : labels.get(pc);
  }

  private void branch(Block block) {
    long d = block.transfer();
    Op op = Op.of(Decoded.operation(d));
    registers.x(code, Decoded.rs1(d));
    registers.x(code, Decoded.rs2(d));
    boolean back = block.target <= block.pc && flow.at(block.target) != null;
    Opcode test =
        switch (op) {
          case BEQ -> back ? Opcode.IFNE : Opcode.IFEQ;
          case BNE -> back ? Opcode.IFEQ : Opcode.IFNE;
          case BLT, BLTU -> back ? Opcode.IFGE : Opcode.IFLT;
          default -> back ? Opcode.IFLT : Opcode.IFGE;
        };
    if (op == Op.BLTU || op == Op.BGEU) {
      code.invokestatic(LONG, "compareUnsigned", COMPARE);
    } else {
      code.lcmp();
    }
    if (back) {
      // HotSpot keeps the operands of a backward branch for its safepoint: a goto has none.
      Label past = code.newLabel();
      code.branch(test, past).goto_(labels.get(block.target)).labelBinding(past);
    } else {
      code.branch(test, place(block.target));
    }
  }

  /** Notes the return address if the transfer names a register for it. */
  private void link(Block block) {
    if (block.explicit && Decoded.rd(block.transfer()) != Decoded.SINK) {
      code.loadConstant(block.behind());
      registers.setX(code, Decoded.rd(block.transfer()));
      dirty |= Operands.writes(block.transfer());
    }
  }

  /** Puts the address of a JALR into the variable for addresses. */
  private void address(Block block) {
    long d = block.transfer();
    registers.x(code, Decoded.rs1(d));
    if (Decoded.imm(d) != 0) {
      code.loadConstant((long) Decoded.imm(d)).ladd();
    }
    code.loadConstant(-2L).land().lstore(Registers.PC);
  }

  private void call(Block block) {
    if (block.target == Explorer.NOWHERE) {
      address(block);
    }
    link(block);
    flush();
    putLeft();
    code.aload(Registers.CONTEXT);
    if (block.target == Explorer.NOWHERE) {
      code.lload(Registers.PC);
    } else {
      code.loadConstant(block.target);
    }
    code.loadConstant(block.next)
        .invokestatic(
            Rows.CONTEXT, "call", MethodTypeDesc.of(CD_long, Rows.CONTEXT, CD_long, CD_long))
        .lstore(Registers.PC)
        .lload(Registers.PC)
        .loadConstant(block.next)
        .lcmp();
    Label out = code.newLabel();
    code.ifne(out)
        .aload(Registers.CONTEXT)
        .getfield(Rows.CONTEXT, "left", CD_long)
        .lstore(Registers.LEFT);
    Block back = flow.at(block.next);
    if (back == null) {
      code.labelBinding(out).lload(Registers.PC).lreturn();
      return;
    }
    code.lload(Registers.LEFT).loadConstant((long) back.bound).lcmp().iflt(out);
    if (!wide) {
      registers.load(code, back.live);
    }
    registers.forgetPages(code);
    code.goto_(labels.get(back.pc));
    code.labelBinding(out).lload(Registers.PC).lreturn();
  }

  private void indirect(Block block) {
    address(block);
    link(block);
    flush();
    if (block.table.length > 0) {
      lookup(block);
    }
    if (!Explorer.returns(block.transfer())) {
      Label quiet = code.newLabel();
      code.aload(0)
          .dup()
          .getfield(REGION, "patience", CD_int)
          .iconst_1()
          .isub()
          .dup_x1()
          .putfield(REGION, "patience", CD_int)
          .ifge(quiet)
          .aload(Registers.CONTEXT)
          .aload(0)
          .loadConstant(block.pcs[block.pcs.length - 1])
          .lload(Registers.PC)
          .invokestatic(
              Rows.CONTEXT,
              "missed",
              MethodTypeDesc.of(CD_void, Rows.CONTEXT, REGION, CD_long, CD_long))
          .labelBinding(quiet);
    }
    code.goto_(leaving);
  }

  /** A switch over the known targets that are in the region. */
  private void lookup(Block block) {
    List<SwitchCase> cases = new ArrayList<>();
    long base = block.table[0];
    for (long target : block.table) {
      if (flow.at(target) != null && target - base >>> KEY_BITS == 0) {
        cases.add(SwitchCase.of((int) (target - base), labels.get(target)));
      }
    }
    if (cases.isEmpty()) {
      return;
    }
    if (cases.size() <= FEW) {
      for (SwitchCase each : cases) {
        code.lload(Registers.PC).loadConstant(base + each.caseValue()).lcmp().ifeq(each.target());
      }
      return;
    }
    Label other = code.newLabel();
    code.lload(Registers.PC)
        .loadConstant(base)
        .lsub()
        .lstore(Registers.SCRATCH)
        .lload(Registers.SCRATCH)
        .loadConstant(KEY_BITS)
        .lushr()
        .lconst_0()
        .lcmp()
        .ifne(other)
        .lload(Registers.SCRATCH)
        .l2i()
        .lookupswitch(other, cases)
        .labelBinding(other);
  }

  // ---------------------------------------------------------------- ways out

  /** The way out to an address. */
  private Label exit(long pc) {
    return exits.computeIfAbsent(pc, _ -> code.newLabel());
  }

  private void putLeft() {
    code.aload(Registers.CONTEXT).lload(Registers.LEFT).putfield(Rows.CONTEXT, "left", CD_long);
  }

  private void handle() {
    code.labelBinding(handler).astore(Registers.THROWN);
    putLeft();
    code.aload(Registers.CONTEXT)
        .aload(Registers.THROWN)
        .iload(Registers.AT)
        .aload(0)
        .invokestatic(
            Rows.CONTEXT,
            "stopped",
            MethodTypeDesc.of(CD_long, Rows.CONTEXT, STOPS, CD_int, REGION))
        .lreturn();
  }
}
