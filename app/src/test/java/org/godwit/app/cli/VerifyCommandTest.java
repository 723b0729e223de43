package org.godwit.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionOptions;
import org.godwit.model.scenario.Scenario;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code godwit verify}: files as they were written, and files that somebody has touched. */
@Execution(ExecutionMode.CONCURRENT)
class VerifyCommandTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void record() {
    file = folder.resolve("session.godwit");
    Captured run =
        Captured.of(
            "run",
            "seed-spin",
            "--for",
            "8s",
            "--set",
            "clockDivisor=1000",
            "--out",
            file.toString());
    assertThat(run.status()).as(run.err()).isZero();
  }

  /** As somebody would who unpacks the zip, edits a line and packs it again. */
  private void edit(String entry, String from, String to) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      for (Path path : Files.walk(zip.getPath("/")).filter(Files::isRegularFile).toList()) {
        if (path.toString().matches(entry)) {
          String text = Files.readString(path, StandardCharsets.UTF_8);
          assertThat(text).containsPattern(from);
          Files.writeString(path, text.replaceFirst(from, to));
          return;
        }
      }
    }
    throw new AssertionError("no entry " + entry);
  }

  private Captured verify() {
    return Captured.of("verify", file.toString());
  }

  @Test
  void whatWasRecordedIsIdentical() {
    Captured verified = verify();
    assertThat(verified.err()).isEmpty();
    assertThat(verified.status()).isZero();
    assertThat(verified.out()).contains("is identical", "8 state hashes", "8.000 virtual seconds");
    assertThat(Captured.in(Locale.JAPANESE, "verify", file.toString()).out()).contains("一致");
  }

  /** Its log is that of a run that goes on; what is copied meanwhile is what a kill leaves. */
  @Test
  void aKilledRunLeavesALogThatOpensAsAFileDoes() throws Exception {
    Scenario scenario = OnBoard.scenario("seed-spin", List.of("clockDivisor=1000", "policy=none"));
    Path asked = folder.resolve("asked.godwit");
    Path log = folder.resolve("asked.live.godwit");
    Path left = folder.resolve("left.godwit");
    try (Session session =
        Session.open(scenario, OnBoard.programs("seed-spin"), SessionOptions.DEFAULT)) {
      try (Recording recording = Recording.begin(session, asked)) {
        session.advance(3_000_000_000L);
        LockSupport.parkNanos(950_000_000L);
        recording.keep();
      }
      assertThat(asked).doesNotExist();
      Files.copy(log, left);
      Captured verified = Captured.of("verify", left.toString());
      assertThat(verified.err()).isEmpty();
      assertThat(verified.out()).contains("is identical", "3.000 virtual seconds");
      assertThat(Captured.of("query", left.toString(), "event launched").status()).isZero();

      try (Recording recording = Recording.begin(session, asked)) {
        recording.finish();
      }
      assertThat(log).doesNotExist();
      assertThat(Captured.of("diff", asked.toString(), left.toString()).status()).isZero();
    }
    assertThat(folder.resolve("session.live.godwit")).as("of the run above").doesNotExist();
  }

  @Test
  void anEditedEventIsFoundOut() throws IOException {
    edit(".*events.*", "\"program\":\"spin\"", "\"program\":\"spun\"");
    Captured verified = verify();
    assertThat(verified.status()).isEqualTo(1);
    assertThat(verified.out())
        .contains("first at 0.000 s", "In the log of events.", "Node: 1", "spun")
        .contains("It was probably edited.");
  }

  @Test
  void aWrongHashIsFoundOut() throws IOException {
    edit(
        ".*hashes.*", "(?s)(\"atNanos\":5000000000,\"hash\":\")[0-9a-f]{16}", "$10123456789abcdef");
    Captured verified = verify();
    assertThat(verified.status()).isEqualTo(1);
    assertThat(verified.out())
        .contains("first at 5.000 s", "In the state of the cluster", "0123456789abcdef")
        .doesNotContain("edited");
  }

  /** Another cluster under the same events: they part at the first thing that depends on it. */
  @Test
  void anotherScenarioPartsFromItsEvents() throws IOException {
    edit("/session.json", "\"mhz\":\\s*800", "\"mhz\": 400");
    assertThat(verify().status()).isEqualTo(1);
  }

  @Test
  void anotherBehaviourIsRefused() throws IOException {
    edit("/session.json", "\"behaviourVersion\":\\s*\\d+", "\"behaviourVersion\": 1");
    Captured verified = verify();
    assertThat(verified.status()).isEqualTo(2);
    assertThat(verified.err()).contains("behaves otherwise (version 1").hasLineCount(1);
  }

  @Test
  void aFileWithoutItsProgramsIsRefused() throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      for (Path path : Files.walk(zip.getPath("/programs")).filter(Files::isRegularFile).toList()) {
        Files.delete(path);
      }
    }
    Captured verified = verify();
    assertThat(verified.status()).isEqualTo(2);
    assertThat(verified.out()).isEmpty();
    assertThat(verified.err()).contains("cannot be run again: the programs spin are missing");
  }

  /** What does not belong there is named; the session is whole and the same. */
  @Test
  void whatLiesInTheFileBesideTheSessionDoesNotMakeItDiffer() throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Files.writeString(zip.getPath("/readme.txt"), "hello");
      Files.write(zip.getPath("/preview.png"), new byte[80 << 20]);
    }
    Captured verified = verify();
    assertThat(verified.out()).contains("is identical");
    assertThat(verified.err()).contains("readme.txt", "preview.png").hasLineCount(2);
    assertThat(verified.status()).isZero();
  }

  /** A session in which nobody opened a terminal has nothing to play. */
  @Test
  void anExportOfNoTerminalsSaysSoAndIsNoError() {
    Captured exported =
        Captured.of(
            "export",
            file.toString(),
            "--to",
            "asciicast",
            "--out",
            folder.resolve("casts").toString());
    assertThat(exported.status()).isZero();
    assertThat(exported.err())
        .isEqualTo("godwit: The session has no terminals; nothing is written.\n");
    assertThat(folder.resolve("casts")).doesNotExist();
  }

  @Test
  void whatIsNoSessionIsAUserError() throws IOException {
    Files.write(file, List.of("nonsense"));
    assertThat(verify().status()).isEqualTo(2);
  }
}
