package org.godwit.app.workbench;

import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.godwit.app.settings.SettingsStore;

/** Where the window lies, kept between two starts. FX thread only. */
final class WindowPlace {
  private static final String KEY = "window";
  private static final double LEAST_SEEN = 120;

  private WindowPlace() {}

  /** Puts the window where it was, if enough of it would be on a screen that is there now. */
  static void restore(Stage stage, SettingsStore store) {
    String kept = store.get(KEY, "");
    parse(kept)
        .ifPresent(
            was -> {
              stage.setX(was.getMinX());
              stage.setY(was.getMinY());
              stage.setWidth(was.getWidth());
              stage.setHeight(was.getHeight());
              stage.setMaximized(kept.endsWith(",true"));
            });
  }

  /** A place as text: left, top, width, height. */
  static String text(Window window) {
    return String.format(
        Locale.ROOT,
        "%.0f,%.0f,%.0f,%.0f",
        window.getX(),
        window.getY(),
        window.getWidth(),
        window.getHeight());
  }

  /** What such a text says, if enough of it would be on a screen that is there now. */
  static Optional<Rectangle2D> parse(String text) {
    String[] parts = text.split(",");
    if (parts.length < 4) {
      return Optional.empty();
    }
    try {
      Rectangle2D was =
          new Rectangle2D(
              Double.parseDouble(parts[0]),
              Double.parseDouble(parts[1]),
              Double.parseDouble(parts[2]),
              Double.parseDouble(parts[3]));
      return Optional.of(was)
          .filter(
              it -> Screen.getScreens().stream().anyMatch(s -> isSeen(it, s.getVisualBounds())));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // What cannot be read is as good as nothing kept.
    }
  }

  private static boolean isSeen(Rectangle2D window, Rectangle2D screen) {
    double across =
        Math.min(window.getMaxX(), screen.getMaxX()) - Math.max(window.getMinX(), screen.getMinX());
    double down =
        Math.min(window.getMaxY(), screen.getMaxY()) - Math.max(window.getMinY(), screen.getMinY());
    return across >= LEAST_SEEN && down >= LEAST_SEEN;
  }

  /** Keeps the place when the window closes. */
  static void follow(Stage stage, SettingsStore store) {
    double[] last = {stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight()};
    Runnable note =
        () -> {
          // The size to come back to is the one before maximising.
          if (!stage.isMaximized() && !stage.isIconified()) {
            last[0] = stage.getX();
            last[1] = stage.getY();
            last[2] = stage.getWidth();
            last[3] = stage.getHeight();
          }
        };
    stage.xProperty().addListener(_ -> note.run());
    stage.yProperty().addListener(_ -> note.run());
    stage.widthProperty().addListener(_ -> note.run());
    stage.heightProperty().addListener(_ -> note.run());
    stage.setOnHiding(
        _ ->
            store.put(
                KEY,
                String.format(
                    Locale.ROOT,
                    "%.0f,%.0f,%.0f,%.0f,%s",
                    last[0],
                    last[1],
                    last[2],
                    last[3],
                    stage.isMaximized())));
  }
}
