package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.model.scenario.LocalText;
import org.junit.jupiter.api.Test;

/**
 * A window that was closed leaves nothing behind: no timer of a panel, no listener to the computer.
 */
class ClosedWindowTest extends WindowTest {
  @Override
  WorkbenchStart beginning() throws Exception {
    Path settings = Files.createTempDirectory("godwit").resolve("workbench.properties");
    return scripted(settings, new LocalText("Three nodes", "3 つのノード"));
  }

  @Test
  void theWorkbenchIsForgottenWithItsWindow() throws Exception {
    settled(1);
    WeakReference<Workbench> closed = openedWithEveryPanelAndClosed();
    for (int i = 0; i < 60 && closed.get() != null; i++) {
      // The toolkit lets go of a window some pulses after it was hidden.
      System.gc();
      Thread.sleep(100);
    }
    assertThat(closed.get()).isNull();
  }

  private WeakReference<Workbench> openedWithEveryPanelAndClosed() throws Exception {
    EngineBridge second = new EngineBridge(Platform::runLater, System::nanoTime);
    WorkbenchStart start = beginning();
    Workbench[] made = new Workbench[1];
    Stage[] stage = new Stage[1];
    interact(
        () -> {
          made[0] = new Workbench(start, second, 1000, 700);
          stage[0] = new Stage();
          stage[0].setScene(made[0].scene());
          stage[0].show();
          made[0].begin();
        });
    waitFor(
        () -> {
          made[0].pulse(16);
          return !second.frame().view().processes().isEmpty();
        });
    for (String panel : new String[] {"inspector", "load", "timeline", "cluster"}) {
      interact(() -> made[0].context().actions().get("window." + panel).fire());
      waitFor(() -> made[0].scene().lookup("#" + panel + "-panel") != null);
    }
    interact(() -> stage[0].hide());
    second.close();
    second.awaitEnd(5_000);
    return new WeakReference<>(made[0]);
  }
}
