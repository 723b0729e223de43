package org.godwit.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.godwit.app.host.HostFiles;
import org.godwit.app.text.Wording;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.SessionFileReader;
import org.godwit.model.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class HeadlessDemoTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void runsTheThreeLaunchesAndLeavesSessionAndPicture() throws ProblemException, IOException {
    byte[] png = {1, 2, 3};
    Path target = folder.resolve("new/demo");
    int status = new HeadlessDemo(terminal(), target, _ -> png).run("there is no display");

    assertThat(status).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .hasLineCount(1)
        .startsWith("godwit: no window: there is no display.");
    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.split(" +")[0]))
        .startsWith("PID", "1001", "1002", "1003", "demo:", "Written:", "For");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(target.resolve("demo.godwit").toString(), target.resolve("demo.png").toString());
    assertThat(target.resolve("demo.png")).hasBinaryContent(png);
    OpenedSession opened =
        SessionFileReader.read("demo.godwit", HostFiles.open(target.resolve("demo.godwit")));
    assertThat(opened.damage()).isEmpty();
    assertThat(opened.session().commands()).hasSize(3);
    assertThat(opened.session().preview().orElseThrow()).isEqualTo(png);
  }

  @Test
  void goesOnWithoutAPicture() throws ProblemException, IOException {
    int status =
        new HeadlessDemo(
                terminal(),
                folder,
                _ -> {
                  throw new IllegalStateException("no fonts");
                })
            .run("there is no display");

    assertThat(status).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("godwit: No picture: no fonts\n");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("demo.godwit"));
    }
  }

  private Terminal terminal() {
    return new Terminal(
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        Map.of(),
        new Wording(Locale.ENGLISH));
  }
}
