package org.godwit.engine.jit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.godwit.engine.isa.Decoder;
import org.godwit.engine.isa.Extension;
import org.godwit.engine.isa.Op;
import org.godwit.engine.machine.Hart;
import org.godwit.engine.machine.Interpreter;
import org.godwit.engine.machine.Machine;
import org.godwit.engine.machine.Stop;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.memory.Prot;
import org.godwit.engine.state.StateHash;
import org.godwit.engine.state.StateReader;
import org.godwit.engine.state.StateWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A body may leave at every kind of instruction. A loop with it is translated and runs until the
 * instruction is next; hart and memory cross as bytes and go on elsewhere, in translated code
 * again. The end is that of the interpreter, which never moved.
 */
@DisplayName("A move out of translated code, at every row of the instruction table")
class MoveAnywhereTest {
  private static final long CODE = 0x10000;
  private static final long DATA = 0x40000;
  private static final int LOOP = 5;
  private static final int ROUNDS_BEFORE = 60;
  private static final int ROUNDS_AFTER = 60;
  private static final int POINTER = 8;
  private static final int NEXT = 9;
  private static final int COUNTER = 5;
  private static final int RESULT = 10;

  private record Side(Machine machine, Hart hart, AddressSpace memory) {
    /** Runs exactly so many instructions; a breakpoint is stepped over and counts as one. */
    void run(long instructions) {
      long end = hart.retired() + instructions;
      while (hart.retired() < end) {
        Stop stop = machine.run(hart, memory, end - hart.retired());
        if (stop == Stop.EBREAK) {
          hart.setPc(hart.pc() + 4);
          hart.setRetired(hart.retired() + 1);
        } else if (stop != Stop.ECALL) {
          assertThat(stop).isEqualTo(Stop.BUDGET);
        }
      }
    }

    String state() {
      StateHash hash = new StateHash();
      hart.walk(hash);
      return Long.toHexString(hart.pc())
          + " "
          + hart.fcsr().read()
          + Arrays.toString(hart.integers())
          + Arrays.toString(hart.floats())
          + hash.value()
          + " memory "
          + memory.hash();
    }
  }

  static Stream<Op> rows() {
    return Op.all().stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void endsAsIfItHadStayed(Op op) {
    int word = word(op);
    PageStore image = image(word);
    Regions regions = new Regions(Background.AT_ONCE, 1 << 20);
    Machine translator = new Translator(regions, 1, 0);
    Side here = new Side(translator, hart(), memory(image));
    Side stayed = new Side(new Interpreter(), hart(), memory(image));

    here.run(LOOP * ROUNDS_BEFORE + 1);
    assertThat(here.hart.pc()).as("stops before the instruction").isEqualTo(CODE + 4);
    assertThat(isTranslated(here)).as("runs translated").isTrue();
    Side there = moved(here, image);
    there.run(LOOP * ROUNDS_AFTER);
    assertThat(isTranslated(there)).as("runs translated there").isTrue();

    stayed.run(LOOP * (ROUNDS_BEFORE + ROUNDS_AFTER) + 1);
    there.hart.integers()[32] = stayed.hart.integers()[32]; // What x0 was given means nothing.
    assertThat(there.state()).isEqualTo(stayed.state());
    assertThat(regions.failures()).isZero();
  }

  /** Whether a region begins at the loop's head, or behind an instruction that ends regions. */
  private static boolean isTranslated(Side side) {
    return side.memory.translations() instanceof Context context
        && (context.find(CODE) != null || context.find(CODE + 8) != null);
  }

  /** Only the bytes cross. */
  private static Side moved(Side from, PageStore image) {
    StateWriter writer = new StateWriter();
    from.hart.walk(writer);
    from.memory.walk(writer, _ -> null);
    StateReader reader = new StateReader(writer.toBytes());
    Hart hart = new Hart();
    hart.walk(reader);
    AddressSpace memory = new AddressSpace(Frames.unlimited());
    memory.walk(reader, _ -> image.backing(1));
    return new Side(from.machine, hart, memory);
  }

  /** {@code addi x5,x5,3; INSTRUCTION; addi x6,x6,1; xor x7,x7,a0; jal x0,-16}. */
  private static PageStore image(int word) {
    int[] words = {0x0032_8293, word, 0x0013_0313, 0x00a3_c3b3, 0xff1f_f06f};
    byte[] code = new byte[4096];
    for (int i = 0; i < 4 * words.length; i++) {
      code[i] = (byte) (words[i / 4] >>> 8 * (i % 4));
    }
    return PageStore.sealed(code);
  }

  /** The row with operands that keep the loop together. */
  private static int word(Op op) {
    int word = op.match();
    int operands =
        switch (op) {
          case BEQ, BNE, BLT, BGE, BLTU, BGEU -> 2 << 8 | COUNTER << 15 | 6 << 20;
          case JAL -> RESULT << 7 | 2 << 21;
          case JALR -> RESULT << 7 | NEXT << 15;
          case SB, SH, SW, SD, FSW, FSD -> 8 << 7 | POINTER << 15 | COUNTER << 20;
          case LB, LH, LW, LD, LBU, LHU, LWU, FLW, FLD -> RESULT << 7 | POINTER << 15 | 8 << 20;
          case CSRRW, CSRRS, CSRRC, CSRRWI, CSRRSI, CSRRCI -> RESULT << 7 | COUNTER << 15 | 1 << 20;
          default ->
              op.extension() == Extension.A
                  ? RESULT << 7 | POINTER << 15 | COUNTER << 20
                  : RESULT << 7 | COUNTER << 15 | 6 << 20;
        };
    word |= operands & ~op.mask();
    assertThat(Decoder.decode(word)).as(op.name()).isNotEqualTo(Decoder.ILLEGAL);
    return word;
  }

  private static AddressSpace memory(PageStore image) {
    AddressSpace memory = new AddressSpace(Frames.unlimited());
    memory.map(new Area(CODE, CODE + 4096, Prot.READ_EXEC, false, image.backing(1), 0, ""));
    memory.map(new Area(DATA, DATA + 4096, Prot.READ_WRITE, false, null, 0, ""));
    memory.store64(DATA, 0x0123_4567_89ab_cdefL);
    memory.store64(DATA + 8, Double.doubleToRawLongBits(-2.75));
    return memory;
  }

  private static Hart hart() {
    Hart hart = new Hart();
    hart.setPc(CODE);
    hart.setX(POINTER, DATA);
    hart.setX(NEXT, CODE + 8);
    hart.setX(6, -77);
    for (int i = 0; i < 32; i++) {
      hart.setF(i, Double.doubleToRawLongBits(1.0 / (i + 3)));
    }
    return hart;
  }
}
