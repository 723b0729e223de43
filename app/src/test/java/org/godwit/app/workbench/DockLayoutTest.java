package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.godwit.app.panel.PanelWindows;
import org.junit.jupiter.api.Test;

/** Arrangements are kept as text and come back; what is no arrangement does not. */
class DockLayoutTest {
  @Test
  void everyPerspectiveComesBackFromItsText() {
    for (Perspective each : Perspective.values()) {
      DockLayout layout = each.layout(PanelWindows.all(), 1280, 620);
      assertThat(DockLayout.parse(layout.text())).contains(layout);
      assertThat(layout.stacks()).extracting(DockLayout.Part::place).contains("editors", "BOTTOM");
    }
  }

  @Test
  void nonsenseIsNoArrangement() {
    for (String text :
        List.of(
            "",
            "{",
            "[]",
            "{}",
            "{\"root\":{\"tabs\":[]}}",
            "{\"root\":{\"parts\":[null],\"dividers\":[]}}",
            "{\"root\":{\"parts\":[],\"dividers\":[]}}")) {
      assertThat(DockLayout.parse(text)).as(text).isEmpty();
    }
    assertThat(DockLayout.parse("{\"root\":".repeat(40))).isEmpty();
  }
}
