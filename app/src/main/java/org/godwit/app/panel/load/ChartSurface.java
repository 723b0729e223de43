package org.godwit.app.panel.load;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.IntBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/**
 * Shows pictures that another thread draws with Java 2D. While one is being drawn, requests are
 * merged into the newest: the FX thread never waits, and a slow drawing only lowers the picture
 * rate.
 *
 * <p>All methods belong to the FX thread; the one drawing thread sees only the immutable request.
 */
final class ChartSurface {
  private static final ExecutorService PAINTER =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().name("godwit-chart").daemon(true).unstarted(task));

  private final ImageView view = new ImageView();
  private PixelBuffer<IntBuffer> pixels;
  private Supplier<LoadChart.Drawn> next;
  private Runnable then = () -> {};
  private boolean drawing;
  private LoadChart.Drawn shown;

  ChartSurface() {
    view.setMouseTransparent(true);
    view.setSmooth(false);
  }

  ImageView view() {
    return view;
  }

  /** What is visible now, or null. */
  LoadChart.Drawn shown() {
    return shown;
  }

  /** Asks for a drawing; {@code draw} runs on the drawing thread. */
  void request(Supplier<LoadChart.Drawn> draw) {
    request(draw, () -> {});
  }

  /** As above; {@code whenShown} is called when a drawing has become visible. */
  void request(Supplier<LoadChart.Drawn> draw, Runnable whenShown) {
    next = draw;
    then = whenShown;
    if (!drawing) {
      begin();
    }
  }

  private void begin() {
    Supplier<LoadChart.Drawn> draw = next;
    next = null;
    drawing = true;
    PAINTER.execute(
        () -> {
          try {
            LoadChart.Drawn drawn = draw.get();
            Platform.runLater(() -> finish(drawn));
          } catch (RuntimeException | Error e) {
            Platform.runLater(() -> drawing = false);
            throw e;
          }
        });
  }

  private void finish(LoadChart.Drawn drawn) {
    drawing = false;
    shown = drawn;
    BufferedImage image = drawn.image();
    int[] argb = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    if (pixels == null
        || pixels.getWidth() != image.getWidth()
        || pixels.getHeight() != image.getHeight()) {
      pixels =
          new PixelBuffer<>(
              image.getWidth(),
              image.getHeight(),
              IntBuffer.wrap(new int[argb.length]),
              PixelFormat.getIntArgbPreInstance());
      view.setImage(new WritableImage(pixels));
    }
    pixels.updateBuffer(
        buffer -> {
          buffer.getBuffer().put(0, argb);
          return null;
        });
    then.run();
    if (next != null) {
      begin();
    }
  }
}
