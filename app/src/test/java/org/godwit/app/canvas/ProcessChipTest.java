package org.godwit.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.control.Label;
import org.godwit.app.palette.ProgramDisc;
import org.godwit.app.palette.ProgramLooks.Look;
import org.godwit.model.ProcessId;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;

/** The plate of one process. */
class ProcessChipTest extends ApplicationTest {
  /** A launch on a booted node begins as its shell: the mark must not stay the shell's. */
  @Test
  void theMarkFollowsWhatTheProcessExecutes() {
    interact(
        () -> {
          ProcessChip chip = new ProcessChip(new ProcessId(1, 1001), new Look(5, "Sh"));
          String before = chip.getStyle();
          assertThat(monogram(chip)).isEqualTo("Sh");
          chip.wear(new Look(0, "Sp"));
          assertThat(monogram(chip)).isEqualTo("Sp");
          assertThat(chip.getStyle()).isNotEqualTo(before);
          assertThat(chip.getChildren()).filteredOn(ProgramDisc.class::isInstance).hasSize(1);
        });
  }

  private static String monogram(ProcessChip chip) {
    ProgramDisc disc = (ProgramDisc) chip.getChildren().getFirst();
    return ((Label) disc.getChildren().getLast()).getText();
  }
}
