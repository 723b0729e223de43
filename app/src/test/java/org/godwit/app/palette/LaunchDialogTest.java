package org.godwit.app.palette;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** An argument line is cut into words as a person expects. */
class LaunchDialogTest {
  @Test
  void blanksSeparateAndQuotationMarksKeepTogether() {
    assertThat(LaunchDialog.split("")).isEmpty();
    assertThat(LaunchDialog.split("  4  -v ")).containsExactly("4", "-v");
    assertThat(LaunchDialog.split("\"a b\" c\"d e\"f")).containsExactly("a b", "cd ef");
    assertThat(LaunchDialog.split("\"\"")).isEqualTo(List.of(""));
  }

  @Test
  void aMonogramIsTwoLettersOfTheName() {
    assertThat(ProgramShelf.monogram("hello-world")).isEqualTo("He");
    assertThat(ProgramShelf.monogram("7")).isEqualTo("7");
    assertThat(ProgramShelf.monogram("--")).isEqualTo("??");
  }
}
