package org.godwit.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code godwit experiment}, with real worker processes. */
@Execution(ExecutionMode.CONCURRENT)
class ExperimentCommandTest {
  @TempDir Path folder;
  private Path file;
  private String out;

  @BeforeEach
  void writeExperiment() throws IOException {
    Files.writeString(
        folder.resolve("pair.json"),
        """
        {"nodes": [{"id": 1}, {"id": 2}],
         "script": [{"at": "0s", "do": "launch", "node": 1, "program": "job", "count": 2,
                     "arguments": ["4000"]}]}
        """);
    file = folder.resolve("try.json");
    Files.writeString(
        file,
        """
        {"title": "A try", "scenario": "pair.json", "for": "10s", "seeds": 2,
         "vary": {"policy": ["none", "round-robin"]},
         "published": [{"label": "one", "value": "none", "meanSlowdown": 3, "source": "nowhere"},
                       {"label": "two", "value": "round-robin", "meanSlowdown": 1.5,
                        "source": "nowhere"}]}
        """);
    out = folder.resolve("results").toString();
  }

  private Captured run(String... more) {
    String[] arguments = new String[4 + more.length];
    System.arraycopy(
        new String[] {"experiment", file.toString(), "--out", out}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Captured.of(arguments);
  }

  @Test
  void aGridIsRunWrittenAndTakenUpAgain() throws IOException {
    Captured table = run("--workers", "2");
    assertThat(table.status()).as(table.err()).isZero();
    assertThat(table.out()).contains("none", "round-robin", "2.00 ± 0", "1.00 ± 0");
    Path results = Path.of(out);
    List<String> runs = Files.readAllLines(results.resolve("runs.csv"));
    assertThat(runs).hasSize(5);
    assertThat(runs.getFirst()).startsWith("policy,seed,meanSlowdown,");
    assertThat(Files.readAllLines(results.resolve("summary.csv"))).hasSize(3);
    assertThat(Files.readString(results.resolve("report.html")))
        .contains("A try", "<svg", "round-robin", "nowhere")
        .doesNotContain("http");

    // As if it had been killed in the middle of a line: what is whole is not run again.
    Path log = results.resolve("runs.jsonl");
    List<String> lines = Files.readAllLines(log);
    Files.writeString(
        log, String.join("\n", lines.subList(0, 3)) + "\n" + lines.get(3).substring(0, 9));
    JsonObject again = JsonParser.parseString(run("--json").out()).getAsJsonObject();
    assertThat(again.get("missing").getAsInt()).isZero();
    assertThat(Files.readAllLines(results.resolve("runs.csv"))).isEqualTo(runs);
    assertThat(Files.readAllLines(log).subList(0, 3)).isEqualTo(lines.subList(0, 3));

    Files.writeString(file, Files.readString(file).replace("10s", "11s"));
    Captured other = run();
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains("--fresh");
  }

  @Test
  void wrongSettingsShowBeforeTheFirstRun() throws IOException {
    Files.writeString(file, Files.readString(file).replace("\"policy\"", "\"polcy\""));
    Captured wrong = run();
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).startsWith("godwit: ").contains("polcy");
    assertThat(Path.of(out)).doesNotExist();
  }

  @Test
  void thoseOnBoardAreListed() {
    assertThat(Captured.of("experiment").out().lines().map(line -> line.split(" ")[0]))
        .containsExactlyElementsOf(Catalogue.experiments());
    assertThat(Captured.in(Locale.JAPANESE, "experiment").out()).contains("機会費用");
    Captured none = Captured.of("experiment", "nothing");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("There is no experiment nothing", "policies");
  }
}
