package org.godwit.app.workbench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.launch.WorkbenchDoor;

/**
 * How long it takes from the start of the process to the first interactive frame: the demo is open,
 * its nodes are cards that have been laid out and drawn, and the next pulse has come, in which a
 * click would be answered. Prints one line, with the time at which JavaFX was there and the window
 * was asked for. Needs a display. One start a process: run it several times.
 */
public final class StartBench {
  private StartBench() {}

  public static void main(String[] args) {
    Application.launch(StartWindow.class, args);
  }

  private static long sinceStart() {
    return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  /** The window that is measured. */
  public static final class StartWindow extends Application {
    /** Pulses after the cards: one lays them out, one follows its drawing. */
    private static final int PULSES = 2;

    private EngineBridge bridge;

    @Override
    public void start(Stage stage) throws Exception {
      long toolkit = sinceStart();
      bridge = new EngineBridge(Platform::runLater, System::nanoTime);
      Workbench workbench = new Workbench(WorkbenchDoor.start(Locale.ENGLISH), bridge, 1600, 1000);
      stage.setScene(workbench.scene());
      stage.setX(0);
      stage.setY(0);
      stage.show();
      workbench.begin();
      long shown = sinceStart();
      new AnimationTimer() {
        private int left = PULSES;

        @Override
        public void handle(long now) {
          workbench.pulse(16);
          if (workbench.scene().getRoot().lookup(".node-card") != null && left-- == 0) {
            stop();
            System.out.printf(
                Locale.ROOT,
                "start-up: first interactive frame after %d ms (JavaFX %d ms, window %d ms), "
                    + "%d ms of CPU time; %d cores%n",
                sinceStart(),
                toolkit,
                shown,
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis(),
                Runtime.getRuntime().availableProcessors());
            Platform.exit();
          }
        }
      }.start();
    }

    @Override
    public void stop() {
      bridge.close();
    }
  }
}
