package org.godwit.app.workbench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.LiveSession;
import org.godwit.model.scenario.LocalText;

/**
 * The workbench as a PNG, without a display: JavaFX's Headless platform and its software renderer
 * show the very window that a person would see. Not for the FX thread; one picture at a time.
 *
 * <p>The toolkit starts at the first picture and stays until {@link #end}; a program that also
 * opens a window must not make pictures before it.
 */
public final class WorkbenchPicture {
  private static final AtomicBoolean STARTED = new AtomicBoolean();
  private static final int PULSES = 24;

  private WorkbenchPicture() {}

  /**
   * The window on {@code session}, which does not run.
   *
   * @param start panels, programs, language and look; its scenarios are shown in the chooser only
   * @param title title of the scenario
   * @param session the cluster, usually a {@link org.godwit.app.bridge.StillSession}
   * @param width of the picture in pixels
   * @param height of the picture in pixels
   * @return the PNG
   * @throws IllegalStateException if JavaFX cannot be started here (see {@code docs}: the packages
   *     that even the headless platform needs)
   */
  public static byte[] png(
      WorkbenchStart start, LocalText title, LiveSession session, int width, int height) {
    startToolkit();
    CompletableFuture<BufferedImage> taken = new CompletableFuture<>();
    EngineBridge bridge = new EngineBridge(Platform::runLater, System::nanoTime);
    try {
      WorkbenchStart.Choice choice = new WorkbenchStart.Choice("still", title, () -> session);
      Platform.runLater(
          () -> {
            try {
              show(start.withFirst(choice).standing(), bridge, width, height, taken);
            } catch (RuntimeException | Error e) {
              taken.completeExceptionally(e);
            }
          });
      return encode(await(taken::get));
    } finally {
      bridge.close();
    }
  }

  /** Ends the toolkit; no picture can be made after it. */
  public static void end() {
    if (STARTED.get()) {
      Platform.exit();
    }
  }

  private static void show(
      WorkbenchStart start,
      EngineBridge bridge,
      int width,
      int height,
      CompletableFuture<BufferedImage> taken) {
    Workbench workbench = new Workbench(start, bridge, width, height);
    Stage stage = new Stage();
    stage.setScene(workbench.scene());
    stage.setX(0);
    stage.setY(0);
    stage.setWidth(width);
    stage.setHeight(height);
    stage.show();
    workbench.begin();
    new AnimationTimer() {
      private int seen;

      @Override
      public void handle(long now) {
        workbench.pulse(16);
        if (bridge.frame().session() > 0 && ++seen == PULSES / 2) {
          workbench.canvas().settle();
          workbench.canvas().fit();
        }
        if (seen == PULSES) {
          stop();
          taken.complete(SwingFXUtils.fromFXImage(workbench.scene().snapshot(null), null));
          stage.hide();
        }
      }
    }.start();
  }

  private static void startToolkit() {
    if (STARTED.getAndSet(true)) {
      return;
    }
    if (System.getProperty("glass.platform") == null) {
      System.setProperty("glass.platform", "Headless");
    }
    if (System.getProperty("prism.order") == null) {
      System.setProperty("prism.order", "sw");
    }
    try {
      Platform.startup(() -> {});
    } catch (IllegalStateException e) {
      // It runs already: a test, or a window, started it.
    } catch (UnsatisfiedLinkError | UnsupportedOperationException e) {
      throw new IllegalStateException("JavaFX cannot be started: " + e.getMessage(), e);
    }
    Platform.setImplicitExit(false);
  }

  private static byte[] encode(BufferedImage image) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T await(Callable<T> waiting) {
    try {
      return waiting.call();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the picture failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
