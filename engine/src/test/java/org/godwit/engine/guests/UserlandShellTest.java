package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.godwit.model.ProcessId;
import org.junit.jupiter.api.Test;

/**
 * The userland's shell on our kernel. What is expected was printed by dash on a Linux host; the
 * scripts here need no other program than the shell.
 */
class UserlandShellTest {
  private static final Path USERLAND = Path.of("..", "resources", "userland");

  static Optional<byte[]> elf(String name) {
    try {
      return Optional.of(Files.readAllBytes(USERLAND.resolve("userland.elf")));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String text(String name) throws IOException {
    return Files.readString(USERLAND.resolve("scripts").resolve(name), StandardCharsets.UTF_8);
  }

  @Test
  void aScriptPrintsWhatDashPrints() throws IOException {
    try (Lab lab = Lab.Plan.nodes(1).programs(UserlandShellTest::elf).open()) {
      ProcessId shell = lab.launch("userland", "sh", "-c", text("alone.sh"));
      lab.session.advance(60 * Lab.SECOND);
      assertThat(lab.wrote(shell, 1)).isEqualTo(text("alone.expected"));
      assertThat(lab.status(shell)).isEqualTo(5);
    }
  }
}
