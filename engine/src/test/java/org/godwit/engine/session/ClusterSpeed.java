package org.godwit.engine.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.godwit.engine.machine.QemuComparison;
import org.godwit.model.ProblemException;

/**
 * How many virtual CPUs of 800 MHz run in real time: the same endless kernel on each of N nodes
 * ({@link BusyCluster}), with one worker and with two. One engine serves all, so that nothing but
 * the first row's warming up sees the compiler much. Not a test: it measures wall time.
 *
 * <p>Arguments: the folder {@code resources/programs-bench}, then seconds for each figure.
 */
public final class ClusterSpeed {
  private record Row(int nodes, int divisor, boolean away) {}

  private record Speed(double cpus, double sharedPercent, double windowsPerSecond) {}

  private static final Row[] ROWS = {
    new Row(2, 1, false),
    new Row(2, 1, true),
    new Row(4, 1, true),
    new Row(2, 100, false),
    new Row(16, 100, false),
    new Row(64, 100, false),
    new Row(128, 100, false),
    new Row(2, 100, true),
    new Row(16, 100, true),
    new Row(64, 100, true),
  };

  private ClusterSpeed() {}

  public static void main(String[] args) throws IOException, ProblemException {
    Path elf = Path.of(args[0], "mix", "mix.elf");
    double seconds = Double.parseDouble(args[1]);
    Engine engine = BusyCluster.engine();
    System.out.println("load average at the start: " + QemuComparison.load());
    System.out.println(
        "| nodes | divisor | processes | CPUs in real time, 1 worker | 2 workers | gain"
            + " | shared, not inline | windows a virtual second |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (int i = 0; i < 2; i++) {
      measure(elf, ROWS[i], SessionOptions.workers(2).with(engine), seconds);
    }
    for (Row row : ROWS) {
      Speed one = measure(elf, row, SessionOptions.workers(1).with(engine), seconds);
      Speed two = measure(elf, row, SessionOptions.workers(2).with(engine), seconds);
      System.out.printf(
          Locale.ROOT,
          "| %d | %d | %s | %.2f | %.2f | %.2f | %.0f %% | %.0f |%n",
          row.nodes,
          row.divisor,
          row.away ? "away" : "at home",
          one.cpus,
          two.cpus,
          two.cpus / one.cpus,
          two.sharedPercent,
          two.windowsPerSecond);
    }
    System.out.println("load average at the end: " + QemuComparison.load());
    System.exit(0);
  }

  private static Speed measure(Path elf, Row row, SessionOptions options, double seconds)
      throws IOException, ProblemException {
    try (BusyCluster cluster =
        new BusyCluster(elf, "4000000000", row.nodes, row.divisor, row.away, options)) {
      advance(cluster, seconds / 2);
      Session session = cluster.session;
      long from = session.now();
      long windows = session.windows();
      long shared = session.shared();
      long inline = session.inline();
      double wall = advance(cluster, seconds);
      if (session.launched("n1").isEmpty() || !session.anyAlive()) {
        throw new IllegalStateException("the kernel has ended");
      }
      double virtual = (session.now() - from) / 1e9;
      shared = session.shared() - shared;
      inline = session.inline() - inline;
      return new Speed(
          row.nodes * virtual / wall,
          100.0 * shared / (shared + inline),
          (session.windows() - windows) / virtual);
    }
  }

  /** Advances for so many seconds of wall time at least; returns how many. */
  private static double advance(BusyCluster cluster, double seconds) {
    Session session = cluster.session;
    long begin = System.nanoTime();
    double passed = 0;
    while (passed < seconds) {
      session.advance(session.now() + 20 * BusyCluster.MILLISECOND);
      passed = (System.nanoTime() - begin) / 1e9;
    }
    return passed;
  }
}
