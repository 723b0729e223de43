package org.godwit.app.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFilesTest {
  @TempDir Path folder;

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("a");
    Files.writeString(file, "old");
    Problem problem =
        refusal(
            () ->
                HostFiles.write(
                    file,
                    out -> {
                      out.write('n');
                      throw new IOException("disk full");
                    }));

    assertThat(problem).isEqualTo(Problem.of("host.unwritable", file.toString()));
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void aWriteReplacesTheFileAsAWhole() throws IOException, ProblemException {
    Path file = folder.resolve("a");
    Files.writeString(file, "something longer");
    HostFiles.write(file, out -> out.write('n'));

    assertThat(file).hasContent("n");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void impossiblePlacesAreToldBeforeTheWork() {
    Path nowhere = folder.resolve("no/where");

    assertThat(refusal(() -> HostFiles.demandWritable(nowhere)))
        .isEqualTo(
            Problem.of("host.no-folder", nowhere.toString(), nowhere.getParent().toString()));
    assertThat(refusal(() -> HostFiles.demandWritable(folder)).key()).isEqualTo("host.is-folder");
    assertThat(refusal(() -> HostFiles.path("a\0b")).key()).isEqualTo("host.bad-name");
  }

  @Test
  void whatCannotBeReadIsToldByItsCause() throws IOException {
    Path file = folder.resolve("a");
    Files.write(file, new byte[11]);

    assertThat(refusal(() -> HostFiles.read(folder.resolve("b"), 10)).key())
        .isEqualTo("host.missing");
    assertThat(refusal(() -> HostFiles.read(folder, 10)).key()).isEqualTo("host.is-folder");
    assertThat(refusal(() -> HostFiles.read(file, 10)))
        .isEqualTo(Problem.of("host.too-big", file.toString(), 10));
  }

  private interface Action {
    void run() throws ProblemException;
  }

  private static Problem refusal(Action action) {
    return catchThrowableOfType(ProblemException.class, action::run).problem();
  }
}
