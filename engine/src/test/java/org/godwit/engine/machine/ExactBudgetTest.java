package org.godwit.engine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.godwit.engine.state.StateHash;
import org.junit.jupiter.api.Test;

/** Wherever a run is cut, what follows is the same: random stops against single steps. */
class ExactBudgetTest {
  /** Sums, stores, branches, calls, division and floating point, over two pages of code. */
  private static final String PROGRAM =
      """
      again:
      addi s0,s0,1
      c.addi s1,3
      mul t0,s0,s1
      andi t1,t0,2047
      add t2,a0,t1
      sb s0,0(t2)
      ld t3,0(a0)
      xor s2,s2,t3
      divu t4,t0,s1
      fcvt.d.lu fa0,t4
      fadd.d fa1,fa1,fa0
      fmul.d fa2,fa1,fa0,rup
      amoadd.w t5,s0,(a0)
      jal ra,11000
      csrrs t6,instret,zero
      xor s3,s3,t6
      bltu s0,s5,again
      ecall
      """;

  private static final String FUNCTION =
      """
      c.mv a3,ra
      addi a4,zero,5
      loop:
      srliw a5,s2,3
      add s4,s4,a5
      addi a4,a4,-1
      bne a4,zero,loop
      c.jr a3
      """;

  private static BareHart world() {
    BareHart world = new BareHart(PROGRAM);
    world.put(0x11000, FUNCTION);
    world.hart.setX(Hart.A0, BareHart.DATA);
    world.hart.setX(21, 60);
    return world;
  }

  private static long state(BareHart world) {
    StateHash hash = new StateHash();
    world.hart.walk(hash);
    hash.i64("memory", world.memory.hash());
    return hash.value();
  }

  @Test
  void aThousandRandomStopsEqualSingleSteps() {
    BareHart stepped = world();
    long[] states = new long[2500];
    int total = 0;
    while (stepped.run(1) == Stop.BUDGET) {
      states[total++] = state(stepped);
      assertThat(stepped.hart.retired()).isEqualTo(total);
    }
    states[total++] = state(stepped);
    assertThat(total).isGreaterThan(1500);
    Random random = new Random(35);
    int stops = 0;
    while (stops < 1000) {
      BareHart cut = world();
      while (true) {
        Stop stop = cut.run(1 + random.nextInt(1 << 1 + random.nextInt(8)));
        stops++;
        int retired = (int) cut.hart.retired();
        assertThat(state(cut)).as("after %d", retired).isEqualTo(states[retired - 1]);
        if (stop == Stop.ECALL) {
          assertThat(retired).isEqualTo(total);
          break;
        }
        assertThat(stop).isEqualTo(Stop.BUDGET);
      }
    }
  }
}
