package org.godwit.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.godwit.engine.elf.ElfImage;
import org.godwit.engine.machine.Interpreter;
import org.godwit.model.command.Command;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.scenario.CostModel;
import org.godwit.model.scenario.KernelVersion;
import org.godwit.model.scenario.LinkDefaults;
import org.godwit.model.scenario.LocalText;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls on files, pipes, sockets and identities answer what Linux answers: the same C program was
 * run there and runs here, at home and while it moves between two nodes all the time. How the texts
 * were made stands in {@code src/test/linux}.
 */
class LinuxAgreementTest {
  private static final long STEP_NANOS = 100_000_000L;
  private static final long PATIENCE_NANOS = 120_000_000_000L;
  private static final long OFTEN = 20_011;

  /** What came out of a run. */
  private record Run(TreeMap<Integer, StringBuilder> output, int moves) {
    String of(int node) {
      return output.getOrDefault(node, new StringBuilder()).toString();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "pipes", "sockets", "ids"})
  void callsAnswerWhatLinuxAnswers(String part) throws IOException {
    Run run = run("calls", 0, List.of(List.of(part)));
    assertThat(run.of(1)).isEqualTo(text(part));
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "pipes", "sockets", "ids"})
  void callsAnswerTheSameWhileTheirProgramMoves(String part) throws IOException {
    Run run = run("calls", OFTEN, List.of(List.of(part)));
    assertThat(run.of(1)).isEqualTo(text(part));
    assertThat(run.moves()).isPositive();
  }

  @Test
  void programsOfTwoNodesTalk() throws IOException {
    talk(run("net", 0, List.of(List.of("client", "10.0.0.2"), List.of("server"))));
  }

  @Test
  void programsOfTwoNodesTalkWhileBothMove() throws IOException {
    Run run = run("net", 1_000_003, List.of(List.of("client", "10.0.0.2"), List.of("server")));
    talk(run);
    assertThat(run.moves()).isGreaterThan(1);
  }

  private static void talk(Run run) {
    assertThat(run.of(2))
        .isEqualTo("server: 1200260 bytes, 0 wrong, end 0\nserver: datagram of 5 from 10.0.0.1\n");
    assertThat(run.of(1).lines())
        .containsExactly(
            "client: answer of 6",
            "client: then 0",
            "client: datagram of 4",
            "client: refused -1 1",
            "client: no host -1 1");
  }

  /** Runs a program once per node from 1 on, each with its arguments, until all have ended. */
  private static Run run(String program, long migrateEvery, List<List<String>> arguments)
      throws IOException {
    ElfImage image = (ElfImage) ElfImage.parse(resource(program + ".elf.gz"));
    TreeMap<Integer, StringBuilder> output = new TreeMap<>();
    int moves = 0;
    int running = arguments.size();
    ClusterSettings settings =
        new ClusterSettings(1, false, false, false, migrateEvery, new Interpreter());
    try (Cluster cluster = new Cluster(scenario(), settings, name -> image, Roots.NONE)) {
      Commands commands = new Commands(cluster);
      for (int i = 0; i < arguments.size(); i++) {
        String launch = "launch" + i;
        List<String> argv = arguments.get(i);
        assertThat(commands.run(new Command.Launch(launch, i + 1, program, argv, 1, false)))
            .isNull();
      }
      while (running > 0 && cluster.now() < PATIENCE_NANOS) {
        cluster.advance(cluster.now() + STEP_NANOS);
        for (Event event : cluster.takeEvents()) {
          switch (event.what()) {
            case Happening.Output o ->
                output
                    .computeIfAbsent(o.process().home(), key -> new StringBuilder())
                    .append(o.bytes());
            case Happening.Exited e -> {
              boolean launched = e.process().pid() % 1000 == 1;
              assertThat(e.status()).isZero();
              running -= launched ? 1 : 0;
            }
            case Happening.Killed k -> throw new AssertionError(k.toString());
            case Happening.UnknownCall u -> throw new AssertionError(u.toString());
            case Happening.Migrated m -> moves++;
            default -> {}
          }
        }
      }
    }
    assertThat(running).as("programs still running").isZero();
    return new Run(output, moves);
  }

  private static Scenario scenario() {
    LocalText text = new LocalText("two nodes", "two nodes");
    KernelVersion[] versions = KernelVersion.values();
    return new Scenario(
        "agreement",
        text,
        text,
        1,
        PATIENCE_NANOS,
        100,
        versions[versions.length - 1],
        "none",
        1_000_000_000L,
        CostModel.DEFAULT,
        LinkDefaults.DEFAULT,
        List.of(node(1), node(2)),
        List.of(),
        List.of());
  }

  private static NodeSpec node(int id) {
    return new NodeSpec(id, "node" + id, 1, 800, 8000, 512L << 20, 0, 0);
  }

  private static String text(String part) throws IOException {
    try (InputStream in = LinuxAgreementTest.class.getResourceAsStream("/linux/" + part + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        new GZIPInputStream(LinuxAgreementTest.class.getResourceAsStream("/linux/" + name))) {
      return in.readAllBytes();
    }
  }
}
