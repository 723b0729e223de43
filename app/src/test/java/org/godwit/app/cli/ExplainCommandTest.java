package org.godwit.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code godwit explain} in words and as JSON. */
@Execution(ExecutionMode.CONCURRENT)
class ExplainCommandTest {
  private static final String QUICK = "clockDivisor=10000";

  @Test
  void whatIsBlockedNamesTheCall() {
    Captured english =
        Captured.of("explain", "seed-shmget", "--pid", "1001@1", "--to", "2", "--set", QUICK);
    assertThat(english.err()).isEmpty();
    assertThat(english.out())
        .startsWith("1001@1 (shmget) cannot move.\n")
        .contains("monkey", "The call shmget at address 0x", "Remedy: ");
    Captured japanese =
        Captured.in(Locale.JAPANESE, "explain", "seed-shmget", "--pid", "1001", "--set", QUICK);
    assertThat(japanese.out()).contains("は移動できません。", "対処: ");
  }

  @Test
  void whatWillMoveSaysWhenAndWhereTo() {
    Captured words =
        Captured.of("explain", "seed-spin", "--pid", "1002@1", "--at", "0s", "--set", QUICK);
    assertThat(words.out().lines().findFirst().orElseThrow())
        .matches("1002@1 \\(spin\\) will leave for node [23] at [1-9]\\.\\d{3} s, .*");

    JsonObject json =
        JsonParser.parseString(
                Captured.of(
                        "explain",
                        "seed-spin",
                        "--pid",
                        "1002@1",
                        "--at",
                        "0s",
                        "--set",
                        QUICK,
                        "--json")
                    .out())
            .getAsJsonObject();
    assertThat(json.get("answer").getAsString()).isEqualTo("will-move");
    assertThat(json.getAsJsonObject("forecast").get("leavesNanos").getAsLong()).isPositive();
  }

  @Test
  void aLockIsEvidenceInTheJson() {
    JsonObject json =
        JsonParser.parseString(
                Captured.of(
                        "explain",
                        "seed-lock",
                        "--pid",
                        "1001@1",
                        "--at",
                        "5s",
                        "--ahead",
                        "0s",
                        "--set",
                        QUICK,
                        "--json")
                    .out())
            .getAsJsonObject();
    JsonObject because = json.getAsJsonArray("because").get(0).getAsJsonObject();
    assertThat(because.getAsJsonObject("lock").get("means").getAsString()).isEqualTo("launch");
    assertThat(because.getAsJsonArray("remedies")).isNotEmpty();
  }

  @Test
  void whoIsNotThereIsAUserError() {
    Captured wrong = Captured.of("explain", "seed-spin", "--pid", "7@1", "--set", QUICK);
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).startsWith("godwit: There is no process 7@1");
    assertThat(Captured.of("explain", "seed-spin").status()).isEqualTo(2);
    assertThat(Captured.of("explain", "seed-spin", "--pid", "1001", "--at", "x").status())
        .isEqualTo(2);
  }

  @Test
  void aRecordingIsRunAgainToTheMoment(@TempDir Path folder) {
    String file = folder.resolve("a.godwit").toString();
    Captured.of("run", "seed-shmget", "--for", "4s", "--set", QUICK, "--out", file);
    Captured then = Captured.of("explain", file, "--pid", "1001@1", "--at", "3s");
    assertThat(then.err()).isEmpty();
    assertThat(then.out())
        .startsWith("1001@1 (shmget) cannot move.\n")
        .contains("cantmove(5): \"It has shared memory", "running the recording again");
    assertThat(Captured.of("explain", file, "--pid", "1001@1", "--at", "5s").err())
        .contains("The recording ends at 4.000 s");
  }
}
