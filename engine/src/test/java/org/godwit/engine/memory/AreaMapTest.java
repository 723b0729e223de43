package org.godwit.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random mappings against a model that keeps one permission per page. */
class AreaMapTest {
  private static final int PAGES = 40;

  private static long at(int page) {
    return 0x10000 + (long) page * Page.SIZE;
  }

  @Test
  void agreesWithAModelOfSinglePages() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      AreaMap map = new AreaMap();
      int[] model = new int[PAGES]; // 0 is unmapped, else prot + 1
      for (int step = 0; step < 60; step++) {
        int from = random.nextInt(PAGES - 1);
        int to = from + 1 + random.nextInt(PAGES - from);
        int prot = random.nextInt(3);
        switch (random.nextInt(3)) {
          case 0 -> {
            map.remove(at(from), at(to));
            map.add(new Area(at(from), at(to), prot, false, null, 0, ""));
            Arrays.fill(model, from, to, prot + 1);
          }
          case 1 -> {
            map.remove(at(from), at(to));
            Arrays.fill(model, from, to, 0);
          }
          default -> {
            long end = map.protect(at(from), at(to), prot);
            int page = from;
            while (page < to && model[page] != 0) {
              model[page++] = prot + 1;
            }
            assertThat(end).isEqualTo(at(page));
          }
        }
        check(map, model, seed);
      }
    }
  }

  private static void check(AreaMap map, int[] model, int seed) {
    int runs = 0;
    for (int page = 0; page < PAGES; page++) {
      Area area = map.find(at(page) + 5);
      assertThat(area == null ? 0 : area.prot() + 1).as("seed %d", seed).isEqualTo(model[page]);
      runs += model[page] != 0 && (page == 0 || model[page - 1] != model[page]) ? 1 : 0;
      assertThat(map.isFree(at(page), at(page + 1))).isEqualTo(model[page] == 0);
    }
    assertThat(map.list()).as("merged, seed %d", seed).hasSize(runs);
    assertThat(map.highestGap(at(0), at(PAGES), 3L * Page.SIZE)).isEqualTo(gap(model));
  }

  private static long gap(int[] model) {
    for (int page = PAGES - 3; page >= 0; page--) {
      if (model[page] == 0 && model[page + 1] == 0 && model[page + 2] == 0) {
        return at(page);
      }
    }
    return -1;
  }
}
