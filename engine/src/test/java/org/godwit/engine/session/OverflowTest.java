package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.engine.session.Account.MILLISECOND;

import java.util.ArrayList;
import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.Test;

/**
 * S5: the counting loop's unsigned int overflows, at the instruction and the instant that follow
 * from its four instructions per pass. From 0 that takes 21.5 virtual seconds and 17 thousand
 * million instructions; {@link FullWrap} does it, these tests start shortly before.
 */
class OverflowTest {
  private static final long WRAP = 1L << 32;

  /** What is seen of the process between two instructions. */
  private record Look(long instructions, long pc, long counter) {}

  @Test
  void theCounterBecomesZeroAtExactlyTheRightInstruction() {
    long passes = 25;
    List<Look> looks = singleSteps(WRAP - passes, 200_000);

    // Each step retires at most one instruction, so a change of the counter belongs to one.
    List<Integer> changes = new ArrayList<>();
    for (int i = 1; i < looks.size(); i++) {
      assertThat(looks.get(i).instructions - looks.get(i - 1).instructions).isBetween(0L, 1L);
      if (looks.get(i).counter != looks.get(i - 1).counter) {
        changes.add(i);
      }
    }
    assertThat(looks.get(changes.getFirst()).counter).isEqualTo(WRAP - passes);
    assertThat(changes).hasSize((int) passes + 3);
    long start = looks.get(changes.getFirst()).instructions;
    for (int pass = 1; pass < changes.size(); pass++) {
      Look after = looks.get(changes.get(pass));
      assertThat(after.counter).isEqualTo((WRAP - passes + pass) % WRAP);
      assertThat(after.instructions).as("pass %d", pass).isEqualTo(start + 4L * pass);
    }

    int zero = changes.get((int) passes);
    Look before = looks.get(zero - 1);
    Look after = looks.get(zero);
    assertThat(before.counter).isEqualTo(4_294_967_295L);
    assertThat(after.counter).isZero();
    assertThat(after.instructions).isEqualTo(start + 4 * passes);
    // The loop is c.lw, c.addiw, c.sw, c.j: the third of them wrote the zero, and the jump is next.
    long loop = before.pc - 4;
    assertThat(looks.subList(zero - 3, zero + 6).stream().map(Look::pc))
        .containsExactly(
            loop, loop + 2, loop + 4, loop + 6, loop, loop + 2, loop + 4, loop + 6, loop);
  }

  /** One MHz and one instruction for ten modelled ones: an instruction per step of the grid. */
  private static List<Look> singleSteps(long start, int mostSteps) {
    Variation slow =
        Variation.cluster(1)
            .nodes(List.of(new NodeSpec(1, "node1", 1, 1, 10, 64L << 20, 0, 0)))
            .divisor(10)
            .policy("none")
            .launch("spin", "spin", 1, Long.toString(start));
    List<Look> looks = new ArrayList<>();
    try (Session session = slow.open()) {
      ProcessId spin = session.launched("spin").getFirst();
      Account account = new Account(session);
      boolean wrapped = false;
      for (int left = -1; left != 0; left--) {
        session.advance(session.now() + Session.GRID_NANOS);
        ProcessView view = account.look(spin);
        looks.add(new Look(view.instructions(), view.pc(), view.watch()));
        assertThat(looks).hasSizeLessThan(mostSteps);
        if (!wrapped && looks.size() > 1 && view.watch() == 0 && counted(looks)) {
          wrapped = true;
          left = 9; // two more passes
        }
      }
    }
    return looks;
  }

  private static boolean counted(List<Look> looks) {
    return looks.get(looks.size() - 2).counter == WRAP - 1;
  }

  @Test
  void atEightHundredMegahertzTheTimeToTheOverflowFollowsFromTheLoop() {
    // The scenario on board: 50 million passes of 4 instructions at 800 MHz are 250 ms.
    try (Session session = Variation.of("seed-overflow").open()) {
      Account account = new Account(session);
      ProcessId spin = session.launched("spin").getFirst();
      session.advance(MILLISECOND);
      ProcessView first = account.look(spin);
      assertThat(first.watch()).isBetween(WRAP - 50_000_000, WRAP - 49_800_000);

      long wrapped = -1;
      for (long at = 10 * MILLISECOND; at <= 300 * MILLISECOND; at += 10 * MILLISECOND) {
        session.advance(at);
        ProcessView view = account.look(spin);
        long ran = view.instructions() - first.instructions();
        assertThat(ran).isEqualTo((at - MILLISECOND) * 800 / 1000);
        long passes = Math.floorMod(view.watch() - first.watch(), WRAP);
        assertThat(Math.abs(4 * passes - ran)).isLessThan(4);
        if (wrapped < 0 && view.watch() < first.watch()) {
          wrapped = at;
        }
      }
      assertThat(wrapped).isEqualTo(260 * MILLISECOND);
    }
  }
}
