package org.godwit.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class QueryAndDiffTest {
  @TempDir static Path folder;

  private static String same;
  private static String other;

  @BeforeAll
  static void record() {
    same = folder.resolve("a.godwit").toString();
    other = folder.resolve("b.godwit").toString();
    run(same, "nodes[0].mhz=800");
    run(other, "nodes[0].mhz=900");
  }

  private static void run(String file, String setting) {
    Captured ran =
        Captured.of(
            "run",
            "seed-spin",
            "--for",
            "3s",
            "--set",
            "clockDivisor=10000",
            "--set",
            setting,
            "--out",
            file);
    assertThat(ran.status()).as(ran.err()).isZero();
  }

  @Test
  void aMomentIsATableRowAndStatusZero() {
    Captured result = Captured.of("query", same, "spin", "on", "node3");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out().lines()).hasSize(2);
    assertThat(result.out()).containsPattern("2\\.\\d{6} s +3\\.000000 s +spin 1002@1 on node3");
  }

  @Test
  void noMomentIsStatusOne() {
    Captured result = Captured.in(Locale.JAPANESE, "query", same, "reason monkey");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("そのような時刻はありません。\n");
  }

  @Test
  void momentsAreJsonToo() {
    JsonArray moments =
        JsonParser.parseString(Captured.of("query", same, "--json", "first event migrated").out())
            .getAsJsonArray();

    JsonObject event = moments.get(0).getAsJsonObject().getAsJsonObject("event");
    assertThat(moments).hasSize(1);
    assertThat(event.getAsJsonObject("what").get("kind").getAsString()).isEqualTo("migrated");
  }

  @Test
  void aSessionDoesNotDifferFromItself() {
    Captured result = Captured.of("diff", same, same);

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).startsWith("The same session: 3.000000 s, ").hasLineCount(1);
  }

  @Test
  void otherSessionsDifferWithTheirCauses() {
    for (Locale language : new Locale[] {Locale.ENGLISH, Locale.JAPANESE}) {
      Captured result = Captured.in(language, "diff", same, other);

      assertThat(result.status()).as(result.err()).isEqualTo(1);
      assertThat(result.out())
          .containsPattern("scenario.nodes\\[0\\].mhz +800 +900")
          .containsPattern("  AB 0.000000 s .*3 . spin|spin .*3 ")
          .contains("event.what.decision.speed")
          .doesNotContain("{0}", "diff.", "asked.", "query.");
    }
  }

  @Test
  void aDifferenceIsJsonToo() {
    Captured result = Captured.of("diff", "--json", same, other);
    JsonObject difference = JsonParser.parseString(result.out()).getAsJsonObject();

    assertThat(result.status()).isEqualTo(1);
    assertThat(difference.get("same").getAsBoolean()).isFalse();
    assertThat(difference.getAsJsonObject("events").getAsJsonArray("causesA")).isNotEmpty();
    assertThat(difference.getAsJsonArray("load")).hasSize(3);
  }
}
