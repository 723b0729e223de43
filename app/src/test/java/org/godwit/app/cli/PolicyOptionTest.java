package org.godwit.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --policies} where there are none; {@code PolicyFolderTest} has policies. */
class PolicyOptionTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"run seed-spin", "explain seed-spin --pid 1001", "sh seed-spin -c true"})
  void aPolicyThatIsNotThereIsRefusedBeforeAnythingRuns(String command) {
    String line = command + " --set policy=user:patient --policies " + folder;
    Captured said = Captured.of(line.split(" "));
    assertThat(said.status()).isEqualTo(Cli.USER_ERROR);
    assertThat(said.err()).contains("no policy user:patient in " + folder);
  }

  @Test
  void theUsualFolderIsBesideTheSettings() {
    Captured said = Captured.of("run", "seed-spin", "--set", "policy=user:patient");
    assertThat(said.err()).containsPattern("[/\\\\]policies\\. There is");
  }
}
