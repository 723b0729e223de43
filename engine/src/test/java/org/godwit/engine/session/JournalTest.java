package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static Journal<Integer> upTo(int size) {
    Journal<Integer> journal = new Journal<>();
    journal.addAll(IntStream.range(0, size).boxed().toList());
    return journal;
  }

  @Test
  void givesWhatWasAdded() {
    for (int size : new int[] {0, 1, 255, 256, 257, 5_000}) {
      Journal<Integer> journal = upTo(size);
      assertThat(journal.from(0)).isEqualTo(IntStream.range(0, size).boxed().toList());
      assertThat(journal.from(size / 2).size()).isEqualTo(size - size / 2);
      assertThat(journal.from(size + 1)).isEmpty();
    }
  }

  @Test
  void whoGoesOnFromAKeptOneDisturbsNobody() {
    for (int size : new int[] {0, 1, 255, 256, 257, 1_500}) {
      Journal<Integer> live = upTo(size);
      Journal<Integer> kept = live.kept();
      Journal<Integer> one = kept.revived();
      Journal<Integer> two = kept.revived();
      live.addAll(IntStream.range(1_000, 2_000).boxed().toList());
      one.add(-1);
      two.add(-2);
      assertThat(kept.from(0)).isEqualTo(upTo(size).from(0));
      assertThat(one.from(size)).containsExactly(-1);
      assertThat(two.from(size)).containsExactly(-2);
      assertThat(live.get(size)).isEqualTo(1_000);
      assertThat(live.from(0).subList(0, size)).isEqualTo(kept.from(0));
    }
  }
}
