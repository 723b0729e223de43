package org.godwit.app.workbench;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.Image;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.godwit.app.bridge.EngineBridge;

/** The JavaFX application: one stage with a {@link Workbench}, fed by the pulse. */
public final class WorkbenchApp extends Application {
  // JavaFX makes the instance by itself; this is how the start reaches it.
  private static final AtomicReference<Future<WorkbenchStart>> START = new AtomicReference<>();

  private static final double WIDTH = 1440;
  private static final double HEIGHT = 900;

  private EngineBridge bridge;
  private Workbench workbench;

  /** Opens the window and returns when it was closed. */
  public static void launch(WorkbenchStart start) {
    launch(CompletableFuture.completedFuture(start));
  }

  /**
   * The same for what is being put together on another thread while the toolkit starts. If that
   * fails there is no window; who asked for it finds out from {@code start}.
   */
  public static void launch(Future<WorkbenchStart> start) {
    START.set(start);
    Application.launch(WorkbenchApp.class);
  }

  @Override
  public void start(Stage stage) throws InterruptedException {
    try {
      show(stage, START.get().get());
    } catch (ExecutionException e) {
      Platform.exit();
    }
  }

  private void show(Stage stage, WorkbenchStart start) {
    bridge = new EngineBridge(Platform::runLater, System::nanoTime, start.recordings().logs());
    bridge.giveWay();
    Rectangle2D screen = Screen.getPrimary().getVisualBounds();
    double width = Math.min(WIDTH, screen.getWidth());
    double height = Math.min(HEIGHT, screen.getHeight());
    workbench = new Workbench(start, bridge, width, height);
    stage.setScene(workbench.scene());
    stage.titleProperty().bind(workbench.title());
    stage.setMinWidth(960);
    stage.setMinHeight(600);
    for (String size : new String[] {"16", "32", "64", "128"}) {
      var picture = WorkbenchApp.class.getResourceAsStream("/org/godwit/app/icon-" + size + ".png");
      if (picture != null) {
        stage.getIcons().add(new Image(picture));
      }
    }
    if (width < WIDTH || height < HEIGHT) {
      // On a small screen the window takes all of it, its own borders included.
      stage.setX(screen.getMinX());
      stage.setY(screen.getMinY());
      stage.setWidth(width);
      stage.setHeight(height);
    }
    WindowPlace.restore(stage, workbench.settings());
    pulse(workbench);
    stage.show();
    WindowPlace.follow(stage, workbench.settings());
    // A window that is gone has no picture any more.
    stage.setOnCloseRequest(_ -> workbench.leave());
    workbench.begin();
  }

  /** Asked for by the measurement of a start: the time is printed, and the window closes. */
  private static final String REPORT = "godwit.start.report";

  private void pulse(Workbench workbench) {
    new AnimationTimer() {
      private final boolean reports = Boolean.getBoolean(REPORT);
      private long last;

      @Override
      public void handle(long now) {
        double millis = last == 0 ? 0 : Math.min(100, (now - last) / 1e6);
        last = now;
        workbench.pulse(millis);
        if (workbench.first().look(bridge.frame()) && reports) {
          System.out.printf(
              Locale.ROOT,
              "first interactive frame after %d ms, %d ms of CPU time%n",
              workbench.first().millis().getAsLong(),
              ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis());
          Platform.exit();
        }
      }
    }.start();
  }

  @Override
  public void stop() throws InterruptedException {
    if (workbench == null) {
      return;
    }
    workbench.end();
    bridge.close();
    // The session may be finishing a file; a hung engine must not keep the process alive.
    bridge.awaitEnd(3_000);
  }
}
