package org.godwit.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.godwit.app.workbench.WorkbenchStart;
import org.godwit.engine.session.Advisers;
import org.godwit.model.ProblemException;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.Test;

class LaunchTest {
  @Test
  void withoutADisplayThereIsNoWindow() {
    assertThat(Displays.hasDisplay(Map.of())).isFalse();
    assertThat(Displays.hasDisplay(Map.of("DISPLAY", ""))).isFalse();
    assertThat(Displays.hasDisplay(Map.of("DISPLAY", "other-host:0"))).isTrue();
  }

  @Test
  void settingsLieWhereTheUsersSystemKeepsThem() {
    if (System.getProperty("os.name").equals("Linux")) {
      assertThat(Settings.file(Map.of("XDG_CONFIG_HOME", "/x")))
          .isEqualTo(Path.of("/x/godwit/workbench.properties"));
      assertThat(Settings.file(Map.of("XDG_CONFIG_HOME", "relative")))
          .isEqualTo(
              Path.of(System.getProperty("user.home"), ".config/godwit/workbench.properties"));
    }
  }

  @Test
  void theWorkbenchOffersEverythingOnBoardTheDemoFirst() throws ProblemException {
    assertThat(Shelf.choices(Advisers.NONE).getFirst().name()).isEqualTo("demo");
    assertThat(Shelf.choices(Advisers.NONE))
        .extracting(WorkbenchStart.Choice::name)
        .containsExactlyInAnyOrderElementsOf(Catalogue.scenarios());
    assertThat(Shelf.cards()).hasSameSizeAs(Catalogue.programs());
  }

  @Test
  void everyChoiceOpens() throws Exception {
    for (WorkbenchStart.Choice choice : Shelf.choices(Advisers.NONE)) {
      try (var session = choice.opener().open()) {
        assertThat(session.scenario().name()).isEqualTo(choice.name());
      }
    }
  }
}
