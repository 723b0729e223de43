package org.godwit.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.godwit.app.host.ReleaseFeed.Release;
import org.godwit.model.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an address answers about releases. */
class ReleaseFeedTest {
  @TempDir Path folder;

  private String feed(String answer) throws IOException {
    return Files.writeString(folder.resolve("latest"), answer).toUri().toString();
  }

  @Test
  void onlyANewerReleaseIsTold() throws Exception {
    String page = "https://example.org/godwit/releases/tag/v0.10.0";
    String feed = feed("{\"tag_name\": \"v0.10.0\", \"html_url\": \"" + page + "\", \"id\": 7}");
    assertThat(ReleaseFeed.newer(feed, "0.9.3")).contains(new Release("0.10.0", page));
    assertThat(ReleaseFeed.newer(feed, "0.10.0-SNAPSHOT")).isPresent();
    assertThat(ReleaseFeed.newer(feed, "0.10.0")).isEmpty();
    assertThat(ReleaseFeed.newer(feed, "1.0")).isEmpty();
  }

  @Test
  void whatIsNoAnswerIsAProblemWithARemedy() throws Exception {
    for (String answer : new String[] {"", "<html>", "[]", "{}", "{\"tag_name\": \"newest\"}"}) {
      assertProblem(feed(answer), "update.no-release");
    }
    assertProblem(folder.resolve("nothing").toUri().toString(), "update.no-answer");
    assertProblem("javascript:alert(1)", "update.no-address");
    assertProblem("jar:file:/x!/y", "update.no-address");
  }

  private static void assertProblem(String address, String key) {
    assertThatThrownBy(() -> ReleaseFeed.newer(address, "0.1.0"))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().key()).isEqualTo(key));
  }
}
