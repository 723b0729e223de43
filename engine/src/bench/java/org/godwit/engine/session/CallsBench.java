package org.godwit.engine.session;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.event.Happening;
import org.godwit.model.json.ScenarioReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What a call costs, on the host and in the cluster's own time: at home, forwarded, a byte through
 * two pipes and back, and a fork with exec and wait. The guest is {@code calls}; the same source
 * under qemu-riscv64 and compiled for the host stands beside it, where these tools are.
 *
 * <p>{@link #main} prints the table of docs/performance.md. A shot is a session of its own that is
 * already past the guest's start: opening it is not measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallsBench {
  private static final Path GUEST = Path.of("..", "resources", "programs-test", "calls");
  private static final long SECOND = 1_000_000_000L;
  private static final long STEP = 10_000_000L;
  private static final String CLUSTER =
      "{\"clockDivisor\": 1, \"policy\": \"none\", \"nodes\": [{\"id\": 1, \"mhz\": 1000},"
          + " {\"id\": 2, \"mhz\": 1000}]}";
  private static final Engine ENGINE = Engine.translator(Runnable::run);

  /** A kind of call, and how many make a shot. */
  public enum Kind {
    LOCAL("local", 100_000),
    AWAY("away", 10_000),
    PIPE("pipe", 20_000),
    EXEC("exec", 200);

    final String mode;
    final int count;

    Kind(String mode, int count) {
      this.mode = mode;
      this.count = count;
    }
  }

  @Param({"LOCAL", "AWAY", "PIPE", "EXEC"})
  public Kind kind;

  private Session session;
  private ProcessId guest;

  @Setup(Level.Invocation)
  public void open() throws ProblemException {
    session = start(kind);
    guest = session.launched("calls").getFirst();
  }

  @TearDown(Level.Invocation)
  public void close() {
    session.close();
  }

  /** All calls of a shot. */
  @Benchmark
  public long calls() {
    return toEnd(session, guest);
  }

  private static Session start(Kind kind) throws ProblemException {
    Session session =
        Session.open(
            ScenarioReader.read("calls.json", new StringReader(CLUSTER)),
            OnBoard.SOURCE,
            SessionOptions.DEFAULT.with(ENGINE));
    List<String> arguments = List.of(kind.mode, Integer.toString(kind.count));
    session.submit(new Command.Launch("calls", 1, "calls", arguments, 1, false));
    return session;
  }

  /** Virtual nanoseconds that the guest says its calls took. */
  private static long toEnd(Session session, ProcessId guest) {
    StringBuilder text = new StringBuilder();
    int seen = 0;
    while (session.now() < 600 * SECOND) {
      session.advance(session.now() + STEP);
      for (var event : session.events(seen)) {
        seen++;
        if (event.what() instanceof Happening.Output output) {
          text.append(output.bytes());
        } else if (event.what() instanceof Happening.Exited exited
            && exited.process().equals(guest)) {
          if (exited.status() != 0) {
            throw new IllegalStateException("status " + exited.status() + ": " + text);
          }
          return Long.parseLong(text.toString().strip());
        }
      }
    }
    throw new IllegalStateException("it does not end: " + text);
  }

  // ---------------------------------------------------------------- the table

  public static void main(String[] args)
      throws RunnerException, ProblemException, IOException, InterruptedException {
    List<String> rows = new ArrayList<>();
    Path here = compiled();
    for (Kind kind : Kind.values()) {
      RunResult result =
          new Runner(
                  new OptionsBuilder()
                      .include(CallsBench.class.getName())
                      .param("kind", kind.name())
                      .warmupIterations(10)
                      .measurementIterations(10)
                      .forks(2)
                      .build())
              .runSingle();
      double host = result.getPrimaryResult().getScore() / kind.count;
      double error = result.getPrimaryResult().getScoreError() / kind.count;
      double virtual;
      try (Session session = start(kind)) {
        virtual = (double) toEnd(session, session.launched("calls").getFirst()) / kind.count;
      }
      double qemu = kind == Kind.EXEC ? -1 : other(kind, "qemu-riscv64", GUEST + "/calls.elf");
      double nativ = here == null ? -1 : other(kind, here.toString());
      rows.add(
          String.format(
              Locale.ROOT,
              "| %s | %.0f ± %.0f | %.0f | %s | %s |",
              kind.mode,
              host,
              error,
              virtual,
              beside(qemu, host),
              beside(nativ, host)));
    }
    System.out.println(
        "| call | host ns | virtual ns | qemu-riscv64 ns (ratio) | native ns (ratio) |");
    System.out.println("|---|---|---|---|---|");
    rows.forEach(System.out::println);
  }

  private static String beside(double nanos, double ours) {
    return nanos < 0 ? "-" : String.format(Locale.ROOT, "%.0f (%.2f)", nanos, ours / nanos);
  }

  /** The guest for the host, or null where no compiler is. */
  private static Path compiled() throws IOException, InterruptedException {
    Path to = Files.createTempDirectory("calls").resolve("calls");
    String text = run("gcc", "-O2", "-static", "-o", to.toString(), GUEST + "/calls.c");
    return text != null && Files.isExecutable(to) ? to : null;
  }

  /** The least of five runs in nanoseconds a call, -1 where it cannot run. */
  private static double other(Kind kind, String... command)
      throws IOException, InterruptedException {
    if (kind == Kind.AWAY) {
      return -1; // nowhere else is there another node
    }
    List<String> whole = new ArrayList<>(List.of(command));
    whole.add(kind.mode);
    whole.add(Integer.toString(kind.count));
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      String text = run(whole.toArray(String[]::new));
      if (text == null) {
        return -1;
      }
      best = Math.min(best, Long.parseLong(text.strip()));
    }
    return (double) best / kind.count;
  }

  private static String run(String... command) throws IOException, InterruptedException {
    try {
      java.lang.Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      byte[] text = process.getInputStream().readAllBytes();
      return process.waitFor() == 0 ? new String(text, StandardCharsets.US_ASCII) : null;
    } catch (IOException e) {
      return null; // not installed
    }
  }
}
