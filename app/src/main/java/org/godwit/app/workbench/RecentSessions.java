package org.godwit.app.workbench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.image.Image;
import javax.imageio.ImageIO;
import org.godwit.app.settings.SettingsStore;

/**
 * The scenarios that were open last, each with a picture of its canvas when it was left. Pictures
 * lie beside the settings; they are read and written on threads of their own. FX thread only.
 */
final class RecentSessions {
  private static final String KEY = "recent";
  private static final int KEPT = 6;

  private final SettingsStore store;
  private final Path folder;
  private Thread writing;

  /**
   * @param store keeps the order
   * @param settings the file of the settings, or null to keep no pictures
   */
  RecentSessions(SettingsStore store, Path settings) {
    this.store = store;
    this.folder = settings == null ? null : settings.resolveSibling("recent");
  }

  /** Names of scenarios, the newest first. */
  List<String> names() {
    return Stream.of(store.get(KEY, "").split(" ")).filter(name -> !name.isEmpty()).toList();
  }

  /** A scenario was opened. */
  void opened(String name) {
    if (name.matches("[A-Za-z0-9._-]+")) {
      List<String> names = new ArrayList<>(names());
      names.remove(name);
      names.addFirst(name);
      store.put(KEY, String.join(" ", names.subList(0, Math.min(KEPT, names.size()))));
    }
  }

  /** Keeps the picture of a scenario that is being left. */
  void left(String name, Image picture) {
    if (folder != null && names().contains(name)) {
      BufferedImage image = SwingFXUtils.fromFXImage(picture, null);
      writing = Thread.ofVirtual().start(() -> write(name, image));
    }
  }

  /** Waits until the last picture is written; for the end of the program. */
  void finish() throws InterruptedException {
    if (writing != null) {
      writing.join(Duration.ofSeconds(2));
    }
  }

  private void write(String name, BufferedImage image) {
    try {
      Files.createDirectories(folder);
      Path fresh = Files.createTempFile(folder, name, ".new");
      ImageIO.write(image, "png", fresh.toFile());
      Files.move(fresh, folder.resolve(name + ".png"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // A picture less; the name stays.
    }
  }

  /** Reads the picture of a scenario, if there is one, and hands it over on the FX thread. */
  void picture(String name, Consumer<Image> then) {
    Path file = folder == null ? null : folder.resolve(name + ".png");
    if (file == null) {
      return;
    }
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                if (Files.isReadable(file)) {
                  byte[] bytes = Files.readAllBytes(file);
                  Platform.runLater(() -> then.accept(new Image(new ByteArrayInputStream(bytes))));
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}
