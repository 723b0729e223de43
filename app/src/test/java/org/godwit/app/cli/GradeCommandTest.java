package org.godwit.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code godwit lessons} and {@code godwit grade}. */
@Execution(ExecutionMode.CONCURRENT)
class GradeCommandTest {
  @TempDir Path folder;

  private String session(String scenario, String length) {
    String file = folder.resolve(scenario + length + ".godwit").toString();
    Captured run =
        Captured.of("run", scenario, "--for", length, "--set", "clockDivisor=10000", "--out", file);
    assertThat(run.status()).as(run.err()).isZero();
    return file;
  }

  @Test
  void lessonsAreListed() {
    assertThat(Captured.of("lessons").out().lines().map(line -> line.split(" ")[0]))
        .containsExactlyElementsOf(Catalogue.lessons());
    assertThat(Captured.in(Locale.JAPANESE, "lessons").out()).contains("まず cantmove を見る");
  }

  @Test
  void aClassIsMarkedInATable() {
    String whole = session("seed-spin", "30s");
    String early = session("seed-spin", "10s");
    String other = session("seed-spin-two", "30s");
    Captured table = Captured.of("grade", "04-one-more-than-cpus", whole, early, other);
    assertThat(table.err()).isEmpty();
    assertThat(table.out().lines().filter(line -> line.startsWith(whole)).findFirst())
        .get()
        .asString()
        .endsWith("2/2");
    assertThat(table.out())
        .contains("too short")
        .contains("0/2")
        .contains("Not the scenario of this lesson.");

    JsonObject json =
        JsonParser.parseString(Captured.of("grade", "04-one-more-than-cpus", whole, "--json").out())
            .getAsJsonObject();
    JsonObject mark = json.getAsJsonArray("sessions").get(0).getAsJsonObject();
    assertThat(mark.get("passed").getAsInt()).isEqualTo(2);
    assertThat(mark.get("reproduced").getAsBoolean()).isTrue();
  }

  /** One file that is broken keeps nobody else from their marks. */
  @Test
  void aBrokenFileIsARowOfTheTable() throws IOException {
    Path head = folder.resolve("head.godwit");
    Path most = folder.resolve("most.godwit");
    byte[] whole = Files.readAllBytes(Path.of(session("seed-spin", "2s")));
    Files.write(head, Arrays.copyOf(whole, 100));
    Files.write(most, Arrays.copyOf(whole, whole.length * 9 / 10));
    Path text = Files.writeString(folder.resolve("homework.txt"), "I did it, promise.");
    String good = session("seed-spin-two", "3s");
    Captured table =
        Captured.of(
            "grade",
            "04-one-more-than-cpus",
            head.toString(),
            most.toString(),
            text.toString(),
            "gone",
            good);
    assertThat(table.status()).isEqualTo(1);
    List<String> rows = table.out().lines().map(each -> each.replaceAll(" +", " ")).toList();
    assertThat(rows.get(rows.size() - 5)).startsWith(head + " - - 0/2 ");
    assertThat(rows.get(rows.size() - 4)).startsWith(most + " ").contains("/2 The file is damaged");
    assertThat(rows.get(rows.size() - 3)).startsWith(text + " - - 0/2 ");
    assertThat(rows.get(rows.size() - 2)).startsWith("gone - - 0/2 ");
    assertThat(rows.getLast()).startsWith(good + " too short");
  }

  /** A file of the same name with fewer loops in it is not the lesson's scenario. */
  @Test
  void aScenarioThatWasMadeEasierIsSeen() throws IOException {
    Path own = folder.resolve("seed-spin.json");
    Files.writeString(
        own,
        Files.readString(Path.of("../resources/scenarios/seed-spin.json"))
            .replace("\"cpus\": 2", "\"cpus\": 1"));
    String file = folder.resolve("easy.godwit").toString();
    Captured run = Captured.of("run", own.toString(), "--for", "2s", "--out", file);
    assertThat(run.status()).as(run.err()).isZero();
    Captured table = Captured.of("grade", "04-one-more-than-cpus", file);
    assertThat(table.out()).contains("has the name of the lesson's, but not its content");
    assertThat(Captured.of("grade", "04-one-more-than-cpus", session("seed-spin", "2s")).out())
        .doesNotContain("content");
  }

  /** What a program was given to read is in the file, so what it did with it happens again. */
  @Test
  void aSessionWithInputsIsMarkedByWhatItDidWithThem() throws IOException {
    Path input = Files.write(folder.resolve("input"), "one\ntwo\n".getBytes(UTF_8));
    Path deep = folder.resolve("tree/" + "a-folder-with-quite-a-long-name/".repeat(5));
    Files.createDirectories(deep);
    Files.writeString(deep.resolve("file"), "content");
    Path lesson = Files.createDirectories(folder.resolve("own"));
    Files.writeString(
        lesson.resolve("lesson.json"),
        """
        {"title": "t", "scenario": "exec", "question": "q", "choices": ["a", "b"], "answer": 0,
         "run": "1s", "checks": [{"at": "0s", "that": "moves", "is": 0, "text": "t"}]}
        """);
    String file = folder.resolve("exec.godwit").toString();
    Path filter = Path.of("../resources/programs-test/filter/filter.elf");
    Captured exec =
        Captured.of(
            "exec",
            "--stdin",
            input.toString(),
            "--root",
            folder.resolve("tree").toString(),
            "--out",
            file,
            filter.toString());
    assertThat(exec.status()).as(exec.err()).isZero();
    assertThat(exec.out()).isEqualTo("ONE\nTWO\n");
    Captured verified = Captured.of("verify", file);
    assertThat(verified.status()).as(verified.out()).isZero();
    Captured graded = Captured.of("grade", lesson.toString(), file, "--json");
    assertThat(graded.out()).contains("\"reproduced\": true");
  }

  @Test
  void whatIsNoLessonIsAUserError() {
    Captured wrong = Captured.of("grade", "nonsense", "x.godwit");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).startsWith("godwit: There is no lesson nonsense");
  }
}
