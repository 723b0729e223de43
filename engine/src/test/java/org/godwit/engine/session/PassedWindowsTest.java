package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.engine.session.Account.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Windows in which nothing happens are passed over, and harts run ahead meanwhile. A run in which
 * each window is carried out by itself is the oracle: on small crowded nodes, where each page is
 * wanted, guests come and go, and processes are stopped and killed at any time.
 */
@Execution(ExecutionMode.CONCURRENT)
class PassedWindowsTest {
  private static final int SEEDS = 3;
  private static final long END = 4 * SECOND;
  private static final long SMALL = 5L << 18;

  @Test
  void passingOverWindowsCannotBeSeen() {
    int outOfMemory = 0;
    int moves = 0;
    int killed = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      Course course = crowd(new Random(seed), seed);
      Fingerprint one = course.run(SessionOptions.DEFAULT.byWindows());
      Fingerprint other = course.run(SessionOptions.DEFAULT, new Random(seed), session -> {});
      for (int i = 0; i < one.hashes().size(); i++) {
        assertThat(other.hashes().get(i)).as("seed %d", seed).isEqualTo(one.hashes().get(i));
      }
      assertThat(other.events()).as("seed %d", seed).isEqualTo(one.events());
      assertThat(other.exports()).as("seed %d", seed).isEqualTo(one.exports());
      outOfMemory += count(one, Happening.OutOfMemory.class);
      moves += (int) one.migrations();
      killed += count(one, Happening.Killed.class);
    }
    assertThat(outOfMemory).isGreaterThan(2);
    assertThat(moves).isGreaterThan(SEEDS);
    assertThat(killed).isGreaterThan(SEEDS);
  }

  private static int count(Fingerprint run, Class<? extends Happening> kind) {
    int count = 0;
    for (Event event : run.events()) {
      count += kind.isInstance(event.what()) ? 1 : 0;
    }
    return count;
  }

  private static Course crowd(Random random, int seed) {
    List<NodeSpec> nodes = new ArrayList<>();
    for (int id = 1; id <= 3; id++) {
      nodes.add(new NodeSpec(id, "node" + id, id == 3 ? 1 : 4, 800, 8000, SMALL, 0, 0));
    }
    Variation variation =
        Variation.cluster(1)
            .nodes(nodes)
            .divisor(2_000)
            .seed(seed)
            .launch("first", "pipe", 1, "0", "50");
    List<Step> given = new ArrayList<>();
    int launches = 0;
    for (long at = 0; at < END; at += SECOND / 100 + random.nextLong(SECOND / 3)) {
      long nanos = at / Session.GRID_NANOS * Session.GRID_NANOS;
      int node = 1 + random.nextInt(3);
      ProcessRef victim =
          new ProcessRef.ByLaunch("some" + random.nextInt(Math.max(1, launches)), 0);
      Command command =
          switch (random.nextInt(8)) {
            case 0 -> new Command.Signal(victim, 9);
            case 1 -> new Command.Signal(victim, random.nextBoolean() ? 19 : 18);
            case 2, 3 -> new Command.Migrate(victim, node);
            case 4 -> launch(launches++, node, "spin");
            case 5 -> launch(launches++, node, "files", "0", "40");
            default ->
                launch(
                    launches++,
                    node,
                    "job",
                    "" + (100 + random.nextInt(400)),
                    "" + random.nextInt(1500));
          };
      given.add(new Step(nanos, command));
    }
    return new Course("crowd" + seed, variation.base(), 0, given, END);
  }

  private static Command launch(int number, int node, String program, String... arguments) {
    return new Command.Launch("some" + number, node, program, List.of(arguments), 1, false);
  }
}
