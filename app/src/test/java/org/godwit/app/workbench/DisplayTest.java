package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.ScriptedCluster;
import org.godwit.app.theme.Variant;
import org.godwit.model.scenario.LocalText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

/** The workbench on a real display: the window comes up and shows the cluster's cards. */
@Tag("window")
class DisplayTest extends ApplicationTest {
  private EngineBridge bridge;
  private Workbench workbench;
  private Stage shown;

  @Override
  public void start(Stage stage) {
    ScriptedCluster cluster = new ScriptedCluster(ScriptedCluster.scenario(2));
    WorkbenchStart.Choice choice =
        new WorkbenchStart.Choice("scripted", new LocalText("a", "b"), () -> cluster);
    bridge = new EngineBridge(Platform::runLater, System::nanoTime);
    workbench =
        new Workbench(
            WorkbenchStart.of(List.of(choice), SampleStart.CARDS)
                .withLook(Locale.ENGLISH, Variant.LIGHT),
            bridge,
            1200,
            740);
    shown = stage;
    stage.setScene(workbench.scene());
    stage.show();
    workbench.begin();
  }

  @AfterEach
  void end() throws InterruptedException {
    bridge.close();
    bridge.awaitEnd(2_000);
  }

  @Test
  void theWindowShowsTheCards() throws Exception {
    WaitForAsyncUtils.waitFor(
        60,
        TimeUnit.SECONDS,
        () -> {
          Platform.runLater(() -> workbench.pulse(16));
          WaitForAsyncUtils.waitForFxEvents();
          return !workbench.scene().getRoot().lookupAll(".node-card").isEmpty();
        });
    assertThat(shown.isShowing()).isTrue();
    assertThat(shown.getWidth()).isGreaterThan(1000);
  }
}
