package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.godwit.model.ProblemException;
import org.godwit.model.event.Happening;
import org.godwit.model.json.ScenarioReader;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The userland's scripts print the same everywhere: what dash printed on a Linux host stands beside
 * each, and is asked of dash itself, of our shell under qemu-riscv64 (with the host's tools), of
 * our shell and tools on our kernel, and of these while every process is moved all the time.
 */
class ShellScriptsTest {
  private static final Path USERLAND = Path.of("..", "resources", "userland").toAbsolutePath();
  private static final long SECOND = 1_000_000_000L;

  /** Instructions between two moves of a process. */
  private static final long A_FEW_THOUSAND = 7_000;

  private static final String CLUSTER =
      "{\"clockDivisor\": 100, \"policy\": \"none\","
          + " \"nodes\": [{\"id\": 1}, {\"id\": 2}, {\"id\": 3}]}";

  static List<String> scripts() throws IOException {
    try (Stream<Path> files = Files.list(USERLAND.resolve("scripts"))) {
      return files
          .map(each -> each.getFileName().toString())
          .filter(each -> each.endsWith(".sh"))
          .sorted()
          .toList();
    }
  }

  private static String text(String file) throws IOException {
    return Files.readString(USERLAND.resolve("scripts").resolve(file), StandardCharsets.UTF_8);
  }

  private static String expected(String script) throws IOException {
    return text(script.replace(".sh", ".expected"));
  }

  /** What never ends, or belongs to a boot; BootTest has them at work. */
  private static final Set<String> NOT_FOR_SCRIPTS =
      Set.of(
          "init", "telinit", "shutdown", "update", "getty", "mingetty", "login", "sshd", "launchd");

  private static String clusterTools() throws IOException {
    try (var in = ShellScriptsTest.class.getResourceAsStream("cluster-tools.sh")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** So that each is moved, by one of the tests here. */
  @Test
  void everyProgramOfANodeIsInSomeScript() throws IOException {
    StringBuilder all = new StringBuilder(clusterTools());
    for (String script : movedScripts()) {
      all.append(text(script));
    }
    for (String name : Catalogue.userlandNames()) {
      if (!NOT_FOR_SCRIPTS.contains(name)) {
        String word = "(?m)(^|[^\\w/.-])" + Pattern.quote(name) + "($|[^\\w-])";
        assertThat(all.toString()).as(name).containsPattern(word);
      }
    }
  }

  /** There is nobody else to ask what these print; moved or not, it must be the same. */
  @Test
  void theClustersToolsPrintTheSameWhileEveryProcessMoves() throws IOException, ProblemException {
    String quiet = ran("cluster-tools.sh", clusterTools(), 0);
    assertThat(quiet.lines())
        .contains("a", "d", "fastdecay", "This is MOSIX #1", "NAME", "node1")
        .hasSizeGreaterThan(50);
    assertThat(ran("cluster-tools.sh", clusterTools(), A_FEW_THOUSAND)).isEqualTo(quiet);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void onOurKernel(String script) throws IOException, ProblemException {
    assertThat(printed(script, 0)).isEqualTo(expected(script));
  }

  /** Three hundred flags of tools that move in the other scripts. */
  private static final String TOO_MANY_TO_MOVE = "flags.sh";

  static List<String> movedScripts() throws IOException {
    return scripts().stream().filter(each -> !each.equals(TOO_MANY_TO_MOVE)).toList();
  }

  @ParameterizedTest
  @MethodSource("movedScripts")
  void whileEveryProcessMoves(String script) throws IOException, ProblemException {
    assertThat(printed(script, A_FEW_THOUSAND)).isEqualTo(expected(script));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void underQemu(String script) throws IOException, InterruptedException {
    assertThat(onHost("qemu-riscv64", "userland.elf", "sh", "scripts/" + script))
        .isEqualTo(expected(script));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void ofDash(String script) throws IOException, InterruptedException {
    assertThat(onHost("dash", "scripts/" + script)).isEqualTo(expected(script));
  }

  private static String printed(String script, long migrateEvery)
      throws IOException, ProblemException {
    return ran(script, text(script), migrateEvery);
  }

  private static String ran(String script, String commands, long migrateEvery)
      throws ProblemException {
    SessionInputs tree =
        new SessionInputs(1, OnBoard.SOURCE.root("debian").orElseThrow(), new byte[0]);
    SessionOptions options = new SessionOptions(1, false, false, migrateEvery);
    try (Session session =
        Session.open(
            ScenarioReader.read("scripts.json", new StringReader(CLUSTER)),
            OnBoard.SOURCE,
            options,
            tree)) {
      NodeShell shell = NodeShell.of(session, SECOND, 600 * SECOND);
      String text = shell.run(1, List.of("sh", "-c", commands, script, "alpha")).output();
      boolean moved =
          session.events(0).stream().anyMatch(each -> each.what() instanceof Happening.Migrated);
      assertThat(moved).isEqualTo(migrateEvery > 0);
      return text;
    }
  }

  /** What a tool of the host prints, standard error left out. */
  private static String onHost(String tool, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(tool));
    command.addAll(List.of(arguments));
    command.add("alpha");
    ProcessBuilder builder = new ProcessBuilder(command).directory(USERLAND.toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LC_ALL", "C");
    java.lang.Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      Assumptions.abort(tool + " is not installed");
      throw e;
    }
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }
}
