package org.godwit.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.godwit.model.Problem;
import org.godwit.model.StayReason;
import org.junit.jupiter.api.Test;

class ManualWordsTest {
  @Test
  void everyKeyThatIsCitedHasAParagraphWithoutMarks() {
    for (String key : ManualWords.keys()) {
      assertThat(ManualWords.about(Problem.of(key, "monkey")))
          .as(key)
          .hasValueSatisfying(
              quote ->
                  assertThat(quote.text()).hasSizeGreaterThan(10).doesNotContain("\\", "\"", ".B"));
    }
  }

  @Test
  void theWordsAreThoseOfThePage() {
    assertThat(ManualWords.about(Problem.of("explain.reason", "mem_lock")))
        .contains(
            new ManualWords.Quote("cantmove(5)", "It has locked pages with mlock; munlock them."));
    assertThat(ManualWords.about(Problem.of("explain.enough-cpus", 1.0, 2)))
        .contains(
            new ManualWords.Quote(
                "openmosix(7)",
                "On a node with two CPUs the third of three spin(1) moves. Two of them have a CPU"
                    + " each and gain nothing elsewhere."));
    assertThat(ManualWords.about(Problem.of("remedy.mosrun-l")))
        .contains(new ManualWords.Quote("mosrun(1)", "Unlocked: the balancer may move it."));
    assertThat(ManualWords.about(Problem.of("explain.policy", "none"))).isEmpty();
  }

  /** Those that a program on board can raise. */
  @Test
  void everyStayReasonIsInTheManual() {
    for (StayReason reason :
        List.of(
            StayReason.MONKEY,
            StayReason.CLONE_VM,
            StayReason.MEM_LOCK,
            StayReason.MMAP_DEV,
            StayReason.RT_SCHED,
            StayReason.SYSTEM)) {
      assertThat(ManualWords.about(Problem.of("explain.reason", reason.word())))
          .as(reason.word())
          .isPresent();
    }
  }
}
