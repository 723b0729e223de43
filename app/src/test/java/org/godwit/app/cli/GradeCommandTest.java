package org.godwit.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Locale;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code godwit lessons} and {@code godwit grade}. */
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

  @Test
  void whatIsNoLessonIsAUserError() {
    Captured wrong = Captured.of("grade", "nonsense", "x.godwit");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).startsWith("godwit: There is no lesson nonsense");
  }
}
