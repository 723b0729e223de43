package org.godwit.engine.session;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Happening;
import org.godwit.model.json.ScenarioReader;

/**
 * The world of the cluster's benches: nodes with one CPU of 800 MHz, all linked within 100 µs, and
 * on each one the same kernel of resources/programs-bench. Each process stays at its home, or all
 * move to the next node: then each node may hear of its neighbours at any time, and no window is
 * longer than a message needs.
 */
final class BusyCluster implements AutoCloseable {
  static final long MILLISECOND = 1_000_000L;
  private static final long MOST = 3_600_000 * MILLISECOND;

  final Session session;
  private final int nodes;

  BusyCluster(
      Path elf, String argument, int nodes, int divisor, boolean away, SessionOptions options)
      throws ProblemException, IOException {
    this.nodes = nodes;
    byte[] program = Files.readAllBytes(elf);
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= nodes; i++) {
      text.append(i == 1 ? "" : ", ").append("{\"id\": ").append(i).append(", \"mhz\": 800}");
    }
    String scenario =
        "{\"clockDivisor\": " + divisor + ", \"policy\": \"none\", \"nodes\": [" + text + "]}";
    session =
        Session.open(
            ScenarioReader.read("busy.json", new StringReader(scenario)),
            _ -> Optional.of(program),
            options);
    for (int i = 1; i <= nodes; i++) {
      session.submit(new Command.Launch("n" + i, i, "kernel", List.of(argument), 1, false));
    }
    session.advance(MILLISECOND);
    for (int i = 1; away && i <= nodes; i++) {
      int to = i % nodes + 1;
      session.submit(new Command.Migrate(new ProcessRef.ByLaunch("n" + i, 0), to));
    }
    session.advance(100 * MILLISECOND);
  }

  /** A translator with a thread of its own for translating, as the launcher's. */
  static Engine engine() {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    return Engine.translator(thread::execute);
  }

  /** Runs until all processes have ended; returns what each wrote. */
  List<String> toEnd() {
    List<StringBuilder> texts = new ArrayList<>();
    List<ProcessId> processes = new ArrayList<>();
    for (int i = 1; i <= nodes; i++) {
      texts.add(new StringBuilder());
      processes.add(session.launched("n" + i).getFirst());
    }
    while (session.anyAlive()) {
      session.advance(session.now() + 10 * MILLISECOND);
      if (session.now() > MOST) {
        throw new IllegalStateException("it does not end");
      }
    }
    for (var event : session.events(0)) {
      if (event.what() instanceof Happening.Output output) {
        texts.get(processes.indexOf(output.process())).append(output.bytes());
      }
    }
    return texts.stream().map(StringBuilder::toString).toList();
  }

  @Override
  public void close() {
    session.close();
  }
}
