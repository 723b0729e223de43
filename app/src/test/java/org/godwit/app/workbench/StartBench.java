package org.godwit.app.workbench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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
    private EngineBridge bridge;

    @Override
    public void start(Stage stage) throws Exception {
      long toolkit = sinceStart();
      bridge = new EngineBridge(Platform::runLater, System::nanoTime);
      bridge.giveWay();
      Workbench workbench = new Workbench(WorkbenchDoor.start(Locale.ENGLISH), bridge, 1600, 1000);
      stage.setScene(workbench.scene());
      stage.setX(0);
      stage.setY(0);
      stage.show();
      workbench.begin();
      long shown = sinceStart();
      new AnimationTimer() {
        @Override
        public void handle(long now) {
          workbench.pulse(16);
          if (workbench.first().look(bridge.frame())) {
            stop();
            System.out.printf(
                Locale.ROOT,
                "start-up: first interactive frame after %d ms (JavaFX %d ms, window %d ms), "
                    + "%d ms of CPU time; %d cores%n",
                workbench.first().millis().getAsLong(),
                toolkit,
                shown,
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis(),
                Runtime.getRuntime().availableProcessors());
            threads();
            Platform.exit();
          }
        }
      }.start();
    }

    /** Who needed the CPU time, on Linux: threads of more than 100 ms (proc_pid_stat(5)). */
    private static void threads() {
      Map<String, Long> spent = new TreeMap<>();
      try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
        for (Path task : tasks.toList()) {
          String stat = Files.readString(task.resolve("stat"));
          String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
          String name = Files.readString(task.resolve("comm")).strip();
          // In ticks of 10 ms.
          spent.merge(
              name, 10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12])), Long::sum);
        }
      } catch (IOException e) {
        return; // Another system.
      }
      spent.entrySet().stream()
          .filter(each -> each.getValue() > 100)
          .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
          .forEach(each -> System.out.printf("%8d ms %s%n", each.getValue(), each.getKey()));
    }

    @Override
    public void stop() {
      bridge.close();
    }
  }
}
