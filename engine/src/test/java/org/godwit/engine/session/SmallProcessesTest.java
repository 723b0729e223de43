package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.godwit.model.command.Command;
import org.godwit.model.json.ScenarioReader;
import org.junit.jupiter.api.Test;

/** What processes cost the host: those of one image share its pages. */
class SmallProcessesTest {
  private static final int PROCESSES = 10;
  private static final long MOST = 10L << 20;
  private static final String NODE = "{\"policy\": \"none\", \"nodes\": [{\"id\": 1}]}";

  @Test
  void tenOfOneImageTakeLessThanTenMebibytesOfHeap() throws Exception {
    Engine engine = Engine.translator(null);
    start(engine).close(); // What is made once for the JVM is no part of a process.
    long before = used();
    try (Session session = start(engine)) {
      assertThat(session.launched("small")).hasSize(PROCESSES);
      assertThat(session.anyAlive()).isTrue();
      assertThat(used() - before).isLessThan(MOST);
      assertThat(session.now()).isPositive(); // It is still in use here.
    }
  }

  private static Session start(Engine engine) throws Exception {
    Session session =
        Session.open(
            ScenarioReader.read("small.json", new StringReader(NODE)),
            OnBoard.SOURCE,
            SessionOptions.DEFAULT.with(engine));
    session.submit(new Command.Launch("small", 1, "spin", List.of(), PROCESSES, false));
    session.advance(1_000_000_000L);
    return session;
  }

  /** Bytes that live objects take. */
  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
