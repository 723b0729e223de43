package org.godwit.app.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import javafx.util.Duration;
import javax.imageio.ImageIO;
import org.godwit.app.theme.Variant;

/**
 * Draws every panel over the make-believe cluster into PNG files, for eyes: arguments are the
 * target folder, a variant ({@code LIGHT}, {@code DARK}, {@code HIGH_CONTRAST}), a language and, if
 * wanted, a part of panel names. Not a test.
 */
public final class Gallery extends Application {
  private final Map<String, Function<Bench, Node>> panels = new LinkedHashMap<>();
  private final Map<String, double[]> sizes = new LinkedHashMap<>();

  @Override
  public void start(Stage stage) throws Exception {
    var args = getParameters().getRaw();
    Path folder = Files.createDirectories(Path.of(args.get(0)));
    Variant variant = Variant.valueOf(args.get(1));
    String only = args.size() > 3 ? args.get(3) : "";
    Bench bench = new Bench(variant, Locale.of(args.get(2))).demo();
    GalleryPanels.fill(panels, sizes);
    while (bench.context().bridge().frame().session() == 0) {
      Thread.sleep(20);
      bench.pulse();
    }
    var names = panels.keySet().stream().filter(n -> n.contains(only)).iterator();
    next(bench, names, folder.resolve("x").getParent(), variant + "-" + args.get(2));
  }

  private void next(Bench bench, Iterator<String> names, Path folder, String suffix) {
    if (!names.hasNext()) {
      bench.close();
      Platform.exit();
      return;
    }
    String name = names.next();
    BorderPane root = new BorderPane(panels.get(name).apply(bench));
    double[] size = sizes.get(name);
    Scene scene = new Scene(root, size[0], size[1]);
    bench.context().theme().dress(scene);
    // Not shown, because the headless platform's screen is small; a picture lays the scene out.
    scene.snapshot(null);
    after(
        500,
        () -> {
          // What was computed meanwhile is laid out, and then drawn elsewhere.
          scene.snapshot(null);
          after(600, () -> save(scene, folder.resolve(name + "-" + suffix + ".png")));
          after(700, () -> next(bench, names, folder, suffix));
        });
  }

  private static void after(int millis, Runnable then) {
    PauseTransition wait = new PauseTransition(Duration.millis(millis));
    wait.setOnFinished(_ -> then.run());
    wait.play();
  }

  private static void save(Scene scene, Path file) {
    try {
      ImageIO.write(SwingFXUtils.fromFXImage(scene.snapshot(null), null), "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
