package org.godwit.engine.jit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.godwit.engine.isa.Assembler;
import org.godwit.engine.machine.Hart;
import org.godwit.engine.machine.Interpreter;
import org.godwit.engine.machine.Machine;
import org.godwit.engine.machine.Stop;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.Page;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.memory.Prot;
import org.godwit.engine.state.StateHash;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Translated and interpreted code agree on every register, pc, fcsr, memory, the retired count and
 * the reason, at every stop, whatever the budget.
 *
 * <p>A failure names its seed; {@code -Dgodwit.seed=SEED} runs that one alone, {@code
 * -Dgodwit.programs=COUNT} as many others as wanted.
 */
@DisplayName("Translated code and the interpreter agree")
class EqualityTest {
  private static final int INSTRUCTIONS = 6_000;

  static LongStream seeds() {
    Long one = Long.getLong("godwit.seed");
    return one != null ? LongStream.of(one) : LongStream.of(0);
  }

  private record Side(Machine machine, Hart hart, AddressSpace memory) {
    Stop run(long budget) {
      return machine.run(hart, memory, budget);
    }

    /** Everything that is walked, and what else a stop says. */
    String state(Stop stop, boolean withMemory) {
      StateHash hash = new StateHash();
      hart.walk(hash);
      long[] x = Arrays.copyOf(hart.integers(), 32);
      return stop
          + " pc "
          + Long.toHexString(hart.pc())
          + " retired "
          + hart.retired()
          + " fcsr "
          + hart.fcsr().read()
          + " x "
          + Arrays.toString(x)
          + " f "
          + Arrays.toString(hart.floats())
          + " hart "
          + hash.value()
          + (stop == Stop.FAULT ? " " + hart.fault().getMessage() : "")
          + (stop == Stop.MISALIGNED ? " " + hart.address() : "")
          + (withMemory ? " memory " + memory.hash() : "");
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @DisplayName("on random programs with random budgets")
  void randomPrograms(long seed) {
    if (seed != 0) {
      compare(seed);
      return;
    }
    int programs = Integer.getInteger("godwit.programs", 60);
    long translated = 0;
    for (long each = 1; each <= programs; each++) {
      translated += compare(each);
    }
    assertThat(translated)
        .as("programs in which something was translated")
        .isGreaterThan(programs / 2);
  }

  /** Runs one program on both; returns 1 if some of it was translated. */
  private static int compare(long seed) {
    Regions regions =
        new Regions(Background.AT_ONCE, 1 << 20, (int) (seed % 4 / 3), seed % 2 * 150);
    RandomProgram program = new RandomProgram(seed);
    Side ours = new Side(new Translator(regions, 1, 0), program.hart(seed), program.memory());
    Side reference = new Side(new Interpreter(), program.hart(seed), program.memory());
    Random random = new Random(seed);
    int widest = 1 + random.nextInt(12);
    int stops = 0;
    while (reference.hart.retired() < INSTRUCTIONS && stops++ < INSTRUCTIONS) {
      long budget = random.nextInt(1 << 1 + random.nextInt(widest));
      Stop expected = reference.run(budget);
      Stop got = ours.run(budget);
      boolean withMemory = random.nextInt(16) == 0;
      assertThat(ours.state(got, withMemory))
          .as("seed %d, stop %d, budget %d", seed, stops, budget)
          .isEqualTo(reference.state(expected, withMemory));
      if (expected != Stop.BUDGET && expected != Stop.ECALL) {
        long elsewhere = RandomProgram.CODE + 2L * random.nextInt(RandomProgram.CODE_SIZE / 2);
        reference.hart.setPc(elsewhere);
        ours.hart.setPc(elsewhere);
      }
      if (random.nextInt(200) == 0) {
        assertThat(ours.state(got, true)).isEqualTo(reference.state(expected, true));
      }
    }
    assertThat(ours.state(Stop.BUDGET, true))
        .as("seed %d, end", seed)
        .isEqualTo(reference.state(Stop.BUDGET, true));
    assertThat(regions.failures()).as("seed %d, failures of the translator", seed).isZero();
    return regions.count() > 0 ? 1 : 0;
  }

  /**
   * Loads and stores near each other, which share tests of their pages, walk over the ends of pages
   * until the stores leave what is mapped, now with the first of them and now with a later one.
   */
  @Test
  @DisplayName("on accesses that share a test of their page, at every place of a page")
  void spansCrossTheEndsOfPages() {
    Set<Long> faults = new TreeSet<>();
    for (int step : new int[] {1, 8, 24, 56}) {
      for (int start = 0; start < 32; start++) {
        Regions regions = new Regions(Background.AT_ONCE, 1 << 20, 0, 0);
        Side ours = walker(new Translator(regions, 1, 0), step, start);
        Side reference = walker(new Interpreter(), step, start);
        Stop expected = reference.run(1 << 20);
        Stop got = ours.run(1 << 20);
        assertThat(ours.state(got, true))
            .as("from byte %d by %d", start, step)
            .isEqualTo(reference.state(expected, true));
        assertThat(regions.count()).as("translated").isPositive();
        faults.add(reference.hart.pc());
      }
    }
    assertThat(faults).as("instructions that left what is mapped").hasSizeGreaterThan(1);
  }

  private static Side walker(Machine machine, int step, int start) {
    byte[] code =
        Assembler.assemble(
            RandomProgram.CODE,
            "ld a0,0(s0); ld a1,8(s0); lw a2,17(s0); sd a0,0(s1); sh a1,9(s1); sw a2,17(s1);"
                + " addi s0,s0,%d; addi s1,s1,%d; jal zero,%x"
                    .formatted(step, step, RandomProgram.CODE));
    byte[] page = Arrays.copyOf(code, Page.SIZE);
    AddressSpace memory = new AddressSpace(Frames.unlimited());
    long end = RandomProgram.CODE + Page.SIZE;
    memory.map(
        new Area(
            RandomProgram.CODE,
            end,
            Prot.READ_EXEC,
            false,
            PageStore.sealed(page).backing(1),
            0,
            ""));
    long data = RandomProgram.DATA;
    int size = 5 * Page.SIZE;
    memory.map(new Area(data, data + size, Prot.READ_WRITE, false, null, 0, ""));
    byte[] bytes = new byte[size];
    new Random(step).nextBytes(bytes);
    memory.copyOut(data, bytes, 0, size);
    Hart hart = new Hart();
    hart.setPc(RandomProgram.CODE);
    hart.setX(8, data + start);
    hart.setX(9, data + 2 * Page.SIZE + start);
    return new Side(machine, hart, memory);
  }
}
