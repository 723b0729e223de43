package org.godwit.app.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import javafx.scene.text.Font;

/** The bundled fonts, made known to JavaFX once per run. */
final class Fonts {
  private static final List<String> FILES =
      List.of(
          "Inter-Regular.otf",
          "Inter-SemiBold.otf",
          "Mplus1-Regular.otf",
          "Mplus1-Bold.otf",
          "JetBrainsMono-Regular.ttf",
          "JetBrainsMono-SemiBold.ttf");

  private static boolean loaded;

  private Fonts() {}

  static synchronized void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    for (String file : FILES) {
      try (InputStream in = Fonts.class.getResourceAsStream("/fonts/" + file)) {
        if (in == null || Font.loadFont(in, 12) == null) {
          throw new IllegalStateException("the font " + file + " is missing or damaged");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
