package org.godwit.engine.jit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.Stream;
import org.godwit.engine.isa.Assembler;
import org.godwit.engine.machine.Hart;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.Page;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.memory.Prot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Regions that processes share")
class RegionsTest {
  private static final long START = 0x10000;
  private static final long SWITCH = START + 4;
  private static final long FIRST = 0x10010;
  private static final long SECOND = 0x10020;
  private static final long THIRD = 0x10040;
  private static final int TARGET = 20;
  private static final int DIFFERENCE = 21;
  private static final int LONG_ENOUGH = 20_000;

  /** A jump that goes to two places by turns; from each control comes back to it. */
  private static final PageStore IMAGE = image();

  private static PageStore image() {
    byte[] page = new byte[Page.SIZE];
    put(page, START, "xor s4,s4,s5; jalr zero,0(s4)");
    put(page, FIRST, "addi t0,t0,1; jal zero,10000");
    put(page, SECOND, "addi t0,t0,1; jal zero,10000");
    put(page, THIRD, "addi t0,t0,1; jal zero,10000");
    return PageStore.sealed(page);
  }

  private static void put(byte[] page, long address, String text) {
    byte[] code = Assembler.assemble(address, text);
    System.arraycopy(code, 0, page, (int) (address - START), code.length);
  }

  @Test
  @DisplayName("a process that meets a new target of a switch keeps those that others met")
  void targetsAdd() {
    Regions regions = new Regions(Background.AT_ONCE, 1 << 20);
    context(regions, SECOND);
    Context context = context(regions, THIRD);
    assertThat(Stream.of(START, FIRST, THIRD).map(context::find).filter(Objects::nonNull))
        .anySatisfy(
            region -> assertThat(region.flow().targets(SWITCH)).contains(FIRST, SECOND, THIRD));
  }

  @Test
  @DisplayName("what has been executed for long is made anew for HotSpot's second compiler, once")
  void heat() {
    assertThat(context(new Regions(Background.AT_ONCE, 1 << 20), SECOND).find(FIRST).hot).isFalse();
    Regions regions = new Regions(Background.AT_ONCE, 1 << 20, 1, 0);
    Region hot = context(regions, SECOND).find(FIRST);
    assertThat(hot.hot).isTrue();
    assertThat(hot.getClass().getName()).contains(".Hot");
    assertThat(context(regions, SECOND).find(FIRST)).isSameAs(hot);
    assertThat(regions.failures()).isZero();
  }

  /** What a process knows after it has gone there and to another for a while. */
  private static Context context(Regions regions, long other) {
    AddressSpace memory = new AddressSpace(Frames.unlimited());
    memory.map(new Area(START, START + Page.SIZE, Prot.READ_EXEC, false, IMAGE.backing(1), 0, ""));
    Hart hart = new Hart();
    hart.setPc(START);
    hart.setX(TARGET, other);
    hart.setX(DIFFERENCE, FIRST ^ other);
    Translator translator = new Translator(regions, 1, 0);
    for (int i = 0; i < 4; i++) {
      translator.run(hart, memory, LONG_ENOUGH);
    }
    assertThat(hart.x(5)).as("rounds").isEqualTo(LONG_ENOUGH);
    return (Context) memory.translations();
  }
}
