package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import org.godwit.model.ProcessId;
import org.godwit.model.event.Happening;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Moves that take longer than anybody's patience with silence (decision 28). */
@DisplayName("A move may take its time")
class LongMovesTest {
  /** Touches 7 MB: more than 5 s at 10 Mbit/s. */
  private static Guests large() {
    Script script = new Script();
    long length = 7 << 20;
    script.call(222, 0x1000_0000, length, 3, 0x32, -1, 0).expect(0x1000_0000, 1);
    script.instruction("addi t3,a0,0").call(215, 0, 1).instruction("addi t3,t3,0");
    script.compute(1).instruction("lui t4,0x700").instruction("add t4,t4,t3");
    script.instruction("lui t5,0x1");
    script.label("touch").instruction("sd t4,0(t3)").instruction("add t3,t3,t5");
    script.instruction("bltu t3,t4,touch");
    script.label("on").compute(1000).jump("on");
    return script.named("large");
  }

  @Test
  @DisplayName("seven megabytes over ten megabits a second arrive, in every direction")
  void largeBodiesArrive() {
    try (Lab lab = Lab.Plan.nodes(3).links(10).divisor(1000).programs(large()).open()) {
      ProcessId large = lab.launch("large");
      lab.forNanos(200 * Lab.MILLI);
      assertThat(lab.view(large).movablePages()).isGreaterThan(1_790);
      for (int node : new int[] {2, 3, 1}) {
        lab.move(large, node);
        assertThat(
                lab.until(() -> lab.view(large).where() == node, Lab.SECOND / 10, 9 * Lab.SECOND))
            .as("it comes to node " + node)
            .isTrue();
        var last = lab.migrations(large).getLast();
        assertThat(last.resumedNanos() - last.frozenNanos()).isGreaterThan(5 * Lab.SECOND);
        lab.forNanos(2 * Lab.SECOND);
      }
      assertThat(lab.happened(Happening.MigrationAborted.class, large)).isEmpty();
    }
  }

  @Test
  @DisplayName("a process that hops from node to node is not taken for lost")
  void hoppingIsNoSilence() {
    Script script = new Script().label("on").compute(1000).jump("on");
    try (Lab lab =
        Lab.Plan.nodes(3).divisor(1000).migrateEvery(266_665).programs(script.named("on")).open()) {
      ProcessId hopper = lab.launch("on");
      lab.forNanos(14 * Lab.SECOND);
      assertThat(lab.happened(Happening.Lost.class, hopper)).isEmpty();
      assertThat(lab.view(hopper).migrations()).isGreaterThan(30);
    }
  }
}
