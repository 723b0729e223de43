package org.godwit.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class CliTest {
  private static final Path PROGRAMS = Path.of("../resources/programs");
  private static final Path TEST_PROGRAMS = Path.of("../resources/programs-test");

  @TempDir Path folder;

  // Help and lists

  @ParameterizedTest
  @ValueSource(
      strings = {"", "programs", "scenarios", "exec", "run", "explain", "export", "query", "diff"})
  void helpIsThereInBothLanguages(String command) {
    String[] arguments =
        command.isEmpty() ? new String[] {"--help"} : new String[] {command, "--help"};
    Captured english = Captured.of(arguments);
    Captured japanese = Captured.in(Locale.JAPANESE, arguments);

    assertThat(english.status()).isZero();
    assertThat(english.err()).isEmpty();
    assertThat(english.out())
        .startsWith("Usage: godwit" + (command.isEmpty() ? "" : " " + command))
        .isASCII();
    assertThat(japanese.status()).isZero();
    assertThat(japanese.out()).startsWith("使い方: godwit").contains("この説明を表示します。");
    assertThat(japanese.out().lines().filter(line -> line.startsWith("  -")))
        .allMatch(line -> line.codePoints().anyMatch(c -> c > 0x3000));
  }

  /** The block in issue 2: other tools call it. */
  @ParameterizedTest
  @CsvSource({
    "exec, '--root,--stdin,--nodes,--migrate-every,--engine,--out,--stats,ELF,ARGS'",
    "run, 'SCENARIO,--for,--seed,--workers,--set,--out,--json'",
    "export, 'FILE.godwit,--to,csv,perfetto,chrome,paje,asciicast,--out'",
  })
  void everyOptionOfTheIssueIsThere(String command, String options) {
    assertThat(Captured.of(command, "--help").out()).contains(options.split(","));
  }

  @Test
  void programsAndScenariosAreListed() {
    assertThat(Captured.of("programs").out().lines().map(line -> line.split(" ")[0]))
        .containsExactly(
            "spin",
            "shmget",
            "pipe",
            "pthread",
            "files",
            "threads",
            "job",
            "memlock",
            "mapdev",
            "realtime");
    assertThat(Captured.of("scenarios").out().lines().map(line -> line.split(" ")[0]))
        .containsExactlyElementsOf(Catalogue.scenarios())
        .contains("demo", "seed-spin");
    assertThat(Captured.in(Locale.JAPANESE, "programs").out()).contains("数え続けるループ");
  }

  // Bad input

  static Stream<List<String>> userErrors() {
    return Stream.of(
        List.of("nonsense"),
        List.of("--nonsense"),
        List.of("programs", "more"),
        List.of("run"),
        List.of("run", "nonsense"),
        List.of("run", "demo", "--for", "5"),
        List.of("run", "demo", "--for", "0s"),
        List.of("run", "demo", "--seed", "x"),
        List.of("run", "demo", "--workers", "0"),
        List.of("run", "demo", "--set", "x"),
        List.of("run", "demo", "--set", "clockDivisor=0"),
        List.of("run", "demo", "--set", "policy=nonsense"),
        List.of("run", "demo", "--out", "/nonsense/x.godwit"),
        List.of("run", "demo", "--out", "/"),
        List.of("exec"),
        List.of("exec", "--bogus", "x"),
        List.of("exec", "nonsense"),
        List.of("exec", "/"),
        List.of("exec", "pom.xml"),
        List.of("exec", "--engine", "steam", "pom.xml"),
        List.of("exec", "--nodes", "0", "pom.xml"),
        List.of("exec", "--nodes", "1", "--migrate-every", "5", "pom.xml"),
        List.of("exec", "--migrate-every", "-1", "pom.xml"),
        List.of("exec", "--root", "nonsense", "pom.xml"),
        List.of("exec", "--stdin", "nonsense", "pom.xml"),
        List.of("export", "nonsense.godwit", "--to", "csv", "--out", "x"),
        List.of("export", "pom.xml", "--to", "csv", "--out", "x"),
        List.of("export", "pom.xml", "--to", "pdf", "--out", "x"),
        List.of("export", "pom.xml", "--to", "csv"),
        List.of("query", "nonsense.godwit", "spin"),
        List.of("query", "pom.xml", "event", "nonsense"),
        List.of("query", "pom.xml"),
        List.of("diff", "nonsense.godwit", "pom.xml"),
        List.of("diff", "pom.xml", "pom.xml"),
        List.of("x.godwit"),
        List.of("pom.xml"));
  }

  @ParameterizedTest
  @MethodSource("userErrors")
  void aUsersErrorIsOneSentenceAndStatusTwo(List<String> arguments) {
    for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
      Captured result = Captured.in(language, arguments.toArray(new String[0]));

      assertThat(result.status()).as("%s", result.err()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).startsWith("godwit: ").endsWith("\n").hasLineCount(1);
      assertThat(result.err()).doesNotContain("Exception", "\tat ", "{0}");
      // A key that nobody worded would stand there as itself.
      assertThat(result.err()).doesNotContainPattern("godwit: [a-z]+\\.[a-z-]+( \\[|\n)");
    }
  }

  @Test
  void aScenarioFileIsRefusedWithItsPlace() throws IOException {
    Path file = folder.resolve("mine.json");
    Files.writeString(file, "{\n  \"nodes\": [{\"id\": 1, \"cpu\": 2}]\n}\n");
    Captured result = Captured.of("run", file.toString());

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "godwit: "
                + file
                + ":2:30: $.nodes[0].cpu: unknown key cpu; possible here: id, name, cpus, mhz,"
                + " speed, memory, x, y, profile, limits, dfsa.\n");
  }

  // run

  @Test
  void runPrintsATableAndWritesASessionThatExports() throws IOException {
    Path file = folder.resolve("spin.godwit");
    Captured table = Captured.of("run", "seed-spin-two", "--for", "2s", "--out", file.toString());

    assertThat(table.status()).as(table.err()).isZero();
    assertThat(table.out().lines())
        .containsExactly(
            "PID   PROGRAM  HOME  WHERE  MIGRATIONS  LOCK  CANTMOVE  STATE",
            "1001  spin     1     1      0           0     -         running",
            "1002  spin     1     1      0           0     -         running",
            "seed-spin-two: 2.000 virtual seconds, seed 1, clock divisor 100");

    Path csv = folder.resolve("csv");
    Path trace = folder.resolve("trace.json");
    assertThat(Captured.of("export", file.toString(), "--to", "csv", "--out", csv.toString()))
        .matches(result -> result.status() == 0 && result.err().isEmpty());
    assertThat(Captured.of("export", file.toString(), "--to", "chrome", "--out", trace.toString()))
        .matches(result -> result.status() == 0 && result.err().isEmpty());
    assertThat(Files.readAllLines(csv.resolve("load.csv"))).hasSize(1 + 8 * 3);
    assertThat(Files.readString(csv.resolve("session.csv"))).contains("seed-spin-two,1,100,");
    JsonArray events =
        JsonParser.parseString(Files.readString(trace))
            .getAsJsonObject()
            .getAsJsonArray("traceEvents");
    assertThat(events).hasSizeGreaterThan(100);

    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    Captured cut = Captured.of("export", file.toString(), "--to", "csv", "--out", csv.toString());
    assertThat(cut.status()).isEqualTo(2);
    assertThat(cut.err()).contains("ends early").doesNotContain("\tat ");
    assertThat(Files.readAllLines(csv.resolve("load.csv"))).hasSize(1 + 8 * 3);
  }

  @Test
  void runGivesTheSameBytesAgainAndWithMoreWorkers() throws IOException {
    Path one = folder.resolve("1.godwit");
    Path two = folder.resolve("2.godwit");
    String[] arguments = {"run", "seed-cantmove", "--for", "2s", "--seed", "7", "--out"};
    Captured.of(with(arguments, one.toString()));
    Captured.of(with(arguments, two.toString(), "--workers", "2"));

    assertThat(Files.readAllBytes(two)).isEqualTo(Files.readAllBytes(one));
  }

  @Test
  void runPrintsJsonWithKeysInsteadOfSentences() {
    Captured result = Captured.in(Locale.JAPANESE, "run", "seed-cantmove", "--for", "6s", "--json");
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();

    assertThat(result.status()).isZero();
    assertThat(json.get("clockDivisor").getAsInt()).isEqualTo(100);
    assertThat(json.getAsJsonArray("processes"))
        .extracting(
            row -> row.getAsJsonObject().get("program").getAsString(),
            row -> row.getAsJsonObject().get("cantmove").toString(),
            row -> row.getAsJsonObject().get("home").getAsInt())
        .containsExactly(
            tuple("shmget", "[\"monkey\"]", 1),
            tuple("threads", "[\"clone_vm\"]", 1),
            tuple("spin", "[]", 1));
    assertThat(json.getAsJsonArray("refused"))
        .extracting(row -> row.getAsJsonObject().get("key").getAsString())
        .containsExactly("move.refused.reason", "move.refused.reason");
    for (JsonElement row : json.getAsJsonArray("processes")) {
      assertThat(row.getAsJsonObject().keySet())
          .containsExactly(
              "pid",
              "program",
              "home",
              "where",
              "migrations",
              "lock",
              "cantmove",
              "state",
              "calls");
    }
    assertThat(json.getAsJsonArray("processes").get(0).getAsJsonObject().getAsJsonArray("calls"))
        .extracting(
            row -> row.getAsJsonObject().get("call").getAsString(),
            row -> row.getAsJsonObject().get("place").getAsString(),
            row -> row.getAsJsonObject().get("count").getAsInt())
        .contains(tuple("shmget", "here", 1));
  }

  @Test
  void runFindsProgramsBesideAScenarioFile() throws IOException {
    Files.copy(PROGRAMS.resolve("spin/spin.elf"), folder.resolve("mine.elf"));
    Path file = folder.resolve("mine.json");
    Files.writeString(
        file,
        """
        {"nodes": [{"id": 1}], "script": [{"at": "0s", "do": "launch", "node": 1, "program": "mine.elf"}]}
        """);

    assertThat(Captured.of("run", file.toString(), "--for", "10ms").out()).contains("mine.elf");
  }

  // exec

  @Test
  void execGivesOutputErrorsAndStatusOfTheProgram() {
    Captured usage = Captured.of("exec", program("pthread"));
    Captured greet = Captured.of("exec", program("pthread"), "2");

    assertThat(usage.status()).isEqualTo(1);
    assertThat(usage.out()).isEmpty();
    assertThat(usage.err()).startsWith("usage: pthread N");
    assertThat(greet.status()).isZero();
    assertThat(greet.err()).isEmpty();
    assertThat(greet.out()).contains("Hello").endsWith("Goodbye\n");
  }

  @Test
  void execLeavesOptionsBehindTheProgramToTheProgram() {
    Captured result = Captured.of("exec", testProgram("hello"), "--help", "--", "-x", "@file");

    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("1: [--help]", "2: [--]", "3: [-x]", "4: [@file]");
  }

  @Test
  void execPassesBytesThroughUnchanged() throws IOException {
    Path input = folder.resolve("in");
    byte[] bytes = new byte[70_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 7);
    }
    Files.write(input, bytes);
    Captured result = Captured.of("exec", "--stdin", input.toString(), testProgram("filter"));

    byte[] capitals = bytes.clone();
    for (int i = 0; i < capitals.length; i++) {
      if (capitals[i] >= 'a' && capitals[i] <= 'z') {
        capitals[i] -= 'a' - 'A';
      }
    }
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.outBytes()).isEqualTo(capitals);
  }

  @ParameterizedTest
  @ValueSource(strings = {"translator", "auto"})
  void execGivesTheSameWithEachEngine(String engine) {
    Captured other = withEngine(engine);
    Captured reference = withEngine("interpreter");

    assertThat(other.status()).as(other.err()).isZero();
    assertThat(other.out()).isEqualTo(reference.out());
    assertThat(instructions(other)).isEqualTo(instructions(reference));
  }

  private static Captured withEngine(String engine) {
    return Captured.of(
        "exec",
        "--engine",
        engine,
        "--stats",
        "--migrate-every",
        "997",
        program("pipe"),
        "3",
        "5000");
  }

  private static long instructions(Captured result) {
    String last = result.err().lines().reduce((_, line) -> line).orElseThrow();
    return JsonParser.parseString(last).getAsJsonObject().get("instructions").getAsLong();
  }

  @Test
  void execTellsAFaultWithItsSignal() {
    Captured result = Captured.of("exec", testProgram("fault"));

    assertThat(result.status()).isEqualTo(128 + 11);
    assertThat(result.err())
        .containsPattern("(?m)^godwit: .*fault\\.elf was ended by signal 11: the instruction at 0x")
        .doesNotContain("Exception");
  }

  @Test
  void execPrintsStatisticsAsOneObject() {
    Captured result =
        Captured.of("exec", "--stats", "--migrate-every", "997", program("pipe"), "3", "5000");
    JsonObject stats =
        JsonParser.parseString(result.err().lines().reduce((_, last) -> last).orElseThrow())
            .getAsJsonObject();

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).contains("all intact");
    assertThat(stats.keySet())
        .containsExactly(
            "instructions",
            "cpuSeconds",
            "processCpuSeconds",
            "mips",
            "migrations",
            "forwardedCalls",
            "virtualSeconds");
    assertThat(stats.get("instructions").getAsLong()).isGreaterThan(100_000);
    assertThat(stats.get("migrations").getAsLong()).isGreaterThan(20);
    assertThat(stats.get("virtualSeconds").getAsDouble()).isPositive();
  }

  @Test
  void aForeignProgramIsNamedWithItsCause() throws IOException {
    Path file = folder.resolve("true");
    byte[] elf = Files.readAllBytes(PROGRAMS.resolve("spin/spin.elf"));
    elf[18] = 62;
    Files.write(file, elf);

    assertThat(Captured.of("exec", file.toString()).err())
        .startsWith("godwit: " + file + ": This program is for x86-64");
  }

  private static String program(String name) {
    return PROGRAMS.resolve(name).resolve(name + ".elf").toString();
  }

  private static String testProgram(String name) {
    return TEST_PROGRAMS.resolve(name).resolve(name + ".elf").toString();
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
  }
}
