package org.godwit.engine.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.godwit.model.scenario.LinkSpec;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final int NODES = 24;
  private static final int ROUNDS = 200;

  /** Islands that are advanced side by side ask when what they send may depart. */
  @Test
  void severalIslandsMayAskForPathsAtOnce() throws Exception {
    try (ExecutorService islands = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < ROUNDS; round++) {
        Network network = new Network();
        for (int node = 1; node < NODES; node++) {
          network.set(new LinkSpec(node, node + 1, 100, 1_000));
        }
        List<Future<?>> asked = new ArrayList<>();
        for (int island = 0; island < 4; island++) {
          asked.add(
              islands.submit(
                  () -> {
                    for (int to = 2; to <= NODES; to++) {
                      assertThat(network.latencyNanos(1, to)).hasValue((to - 1) * 1_000L);
                    }
                    return null;
                  }));
        }
        for (Future<?> each : asked) {
          each.get();
        }
      }
    }
  }
}
