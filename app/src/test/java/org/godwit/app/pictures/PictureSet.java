package org.godwit.app.pictures;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.paint.Color;
import javafx.scene.transform.Scale;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.Step;
import org.godwit.app.launch.WorkbenchDoor;
import org.godwit.app.theme.Variant;
import org.godwit.app.workbench.ToolWindow;
import org.godwit.app.workbench.Workbench;
import org.godwit.app.workbench.WorkbenchStart;
import org.godwit.model.ProcessId;

/**
 * Draws the window as a set of pictures, for eyes: each panel, dialog and perspective, in each look
 * and both languages, at 1280x720, on a 4K screen at 100 % and at 300 %, with a page to leaf
 * through them. {@code mvn -q -Ppictures}; see CONTRIBUTING.md. Not a test.
 *
 * <p>Arguments: the target folder, then any of {@code looks=light,dark}, {@code languages=en},
 * {@code sizes=1280x720}, {@code only=load} (part of a name).
 */
public final class PictureSet {
  private static final List<Size> SIZES =
      List.of(
          new Size("1280x720", 1280, 720, 1),
          new Size("3840x2160", 3840, 2160, 1),
          new Size("3840x2160-300", 1280, 720, 3));

  /** Time that is let pass for layout, fades and charts that are drawn beside, in ms. */
  private static final int CALM = 480;

  private final Path folder;
  private final Map<String, Set<String>> wanted;
  private final List<Picture> taken = new ArrayList<>();
  private final Path settings;
  private EngineBridge bridge;
  private Workbench workbench;
  private Stage stage;
  private Look look;

  /** A window's size and how many pixels of the picture one of its pixels has. */
  private record Size(String name, int width, int height, int scale) {}

  /** How the window looks. */
  private record Look(Variant variant, Locale language, Size size) {}

  /** A picture that was taken. */
  private record Picture(String scene, Look look, String file) {}

  /** What is to be seen: how to get there and, if need be, how to leave it. */
  private record View(String name, Consumer<Workbench> enter, Consumer<Workbench> leave) {}

  private PictureSet(Path folder, Map<String, Set<String>> wanted) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.wanted = wanted;
    this.settings = Files.createTempDirectory("godwit-pictures").resolve("workbench.properties");
  }

  /** Draws them. */
  public static void main(String[] args) throws Exception {
    Map<String, Set<String>> wanted = new LinkedHashMap<>();
    for (String arg : String.join(" ", List.of(args).subList(1, args.length)).split("\\s+")) {
      if (arg.contains("=")) {
        String[] parts = arg.split("=", 2);
        wanted.put(parts[0], new LinkedHashSet<>(List.of(parts[1].split(","))));
      }
    }
    PictureSet set = new PictureSet(Path.of(args[0]), wanted);
    System.setProperty("glass.platform", "Headless");
    System.setProperty("prism.order", "sw");
    Platform.startup(() -> {});
    Platform.setImplicitExit(false);
    Platform.runLater(PictureSet::letWindowsBeLarge);
    int status = 0;
    try {
      set.draw();
    } catch (Exception e) {
      e.printStackTrace();
      status = 1;
    }
    set.index();
    System.out.println(set.taken.size() + " pictures: " + set.folder.resolve("index.html"));
    System.exit(status);
  }

  /**
   * The screen of the headless platform has 1000 rows; a window that is larger is drawn into its
   * own picture all the same, only not onto that screen, which it tells once a frame.
   */
  private static void letWindowsBeLarge() {
    Thread.currentThread()
        .setUncaughtExceptionHandler(
            (_, e) -> {
              boolean beyond =
                  e instanceof IndexOutOfBoundsException
                      && List.of(e.getStackTrace()).stream()
                          .anyMatch(at -> at.getClassName().endsWith("HeadlessWindow"));
              if (!beyond) {
                e.printStackTrace();
              }
            });
  }

  // ---------------------------------------------------------------------------------- the set

  private void draw() throws Exception {
    for (Size size : SIZES) {
      if (isWanted("sizes", size.name())) {
        show(PictureScenario.BUSY, size, this::busy);
        show(PictureScenario.EMPTY, size, this::empty);
        show(PictureScenario.LARGE, size, this::large);
      }
    }
  }

  private boolean isWanted(String what, String value) {
    Set<String> named = wanted.get(what);
    return named == null || named.contains(value);
  }

  private boolean isAsked(String name) {
    Set<String> named = wanted.get("only");
    return named == null || named.stream().anyMatch(name::contains);
  }

  private List<View> busy(Workbench shown) {
    List<View> views = new ArrayList<>();
    views.add(
        view(
            "main", w -> w.context().selection().select(new ProcessId(1, 1014)), PictureSet::calm));
    views.add(view("node", w -> w.context().selection().selectNode(1), PictureSet::calm));
    views.add(
        view(
            "blocked",
            w -> w.context().selection().select(new ProcessId(2, 2001)),
            PictureSet::calm));
    for (ToolWindow window : shown.windows()) {
      views.add(view("panel-" + window.id(), action(window.titleKey()), w -> {}));
    }
    views.add(
        view(
            "past",
            w -> w.context().bridge().lookAt(20_000_000_000L),
            w -> w.context().bridge().lookAtPresent()));
    views.add(view("settings", action("file.settings"), closing("settings")));
    views.add(
        view(
            "search",
            w -> {
              action("help.search").accept(w);
              ((TextField) w.scene().lookup("#search-field")).setText("node");
            },
            w -> w.scene().lookup("#search-field").fireEvent(key(KeyCode.ESCAPE))));
    views.add(view("help", action("help.contents"), closing("help")));
    views.add(view("welcome", action("help.welcome"), firing("#welcome-close")));
    views.add(view("tour", action("help.tour"), firing("#tour-end")));
    views.add(view("dialog-about", action("help.about"), PictureSet::closeDialogs));
    views.add(view("dialog-export", action("file.export"), PictureSet::closeDialogs));
    views.add(
        view("perspective-teach", action("perspective.teach"), action("perspective.analyse")));
    views.add(
        view("perspective-program", action("perspective.program"), action("perspective.analyse")));
    views.add(view("canvas-only", action("view.canvasonly"), action("view.canvasonly")));
    return views;
  }

  private List<View> empty(Workbench shown) {
    List<View> views = new ArrayList<>();
    for (ToolWindow window : shown.windows()) {
      views.add(view("empty-" + window.id(), action(window.titleKey()), w -> {}));
    }
    return views;
  }

  private List<View> large(Workbench shown) {
    return List.of(
        view("large-fit", w -> w.canvas().fit(), w -> {}),
        view("large-half", w -> w.canvas().zoom(2), w -> w.canvas().fit()),
        view("large-close", w -> w.canvas().zoomReset(), w -> w.canvas().fit()),
        view(
            "large-only",
            w -> {
              action("view.canvasonly").accept(w);
            },
            action("view.canvasonly")));
  }

  private static View view(String name, Consumer<Workbench> enter, Consumer<Workbench> leave) {
    return new View(name, enter, leave);
  }

  private static Consumer<Workbench> action(String id) {
    return w -> w.context().actions().get(id).fire();
  }

  private static Consumer<Workbench> closing(String editor) {
    return w -> w.context().desk().closeEditor(editor);
  }

  private static Consumer<Workbench> firing(String button) {
    return w -> {
      Node found = w.scene().lookup(button);
      if (found instanceof Button it) {
        it.fire();
      }
    };
  }

  private static KeyEvent key(KeyCode code) {
    return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false);
  }

  private static void calm(Workbench w) {
    w.context().selection().clear();
  }

  private static void closeDialogs(Workbench w) {
    List.copyOf(Window.getWindows()).stream()
        .filter(window -> window != w.scene().getWindow())
        .forEach(Window::hide);
  }

  // --------------------------------------------------------------------------------- one window

  private void show(PictureScenario scenario, Size size, Function<Workbench, List<View>> views)
      throws Exception {
    Files.writeString(settings, "welcomed=true\nlook=light\ntips.show=false\n");
    bridge = new EngineBridge(Platform::runLater, System::nanoTime);
    WorkbenchStart.Choice choice = scenario.choice();
    fx(
        () -> {
          WorkbenchStart start =
              WorkbenchDoor.start(Locale.ENGLISH)
                  .withFirst(choice)
                  .withSettings(settings)
                  .standing();
          workbench = new Workbench(start, bridge, size.width(), size.height());
          stage = new Stage();
          stage.setScene(workbench.scene());
          stage.setX(0);
          stage.setY(0);
          stage.setWidth(size.width());
          stage.setHeight(size.height());
          stage.show();
          workbench.begin();
          return null;
        });
    try {
      await(() -> bridge.frame().session() > 0);
      for (long millis = 1_000; millis <= scenario.millis(); millis += 500) {
        // In steps that are seen, so that there are earlier moments to look at.
        long until = millis * 1_000_000;
        bridge.query(
            open -> {
              open.advance(until);
              return until;
            },
            _ -> {});
        bridge.step(new Step.NextQuantum());
        await(() -> bridge.frame().view().nanos() >= until);
      }
      run(action("window.load"));
      beat(2_000); // The first chart takes a while.
      List<View> all = fx(() -> views.apply(workbench));
      for (Variant variant : Variant.values()) {
        for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
          if (isWanted("looks", variant.token()) && isWanted("languages", language.getLanguage())) {
            look = new Look(variant, language, size);
            run(w -> dress(w, variant, language));
            for (View view : all) {
              draw(view);
            }
          }
        }
      }
    } finally {
      fx(
          () -> {
            closeDialogs(workbench);
            stage.hide();
            return null;
          });
      bridge.close();
      bridge.awaitEnd(5_000);
    }
  }

  private static void dress(Workbench w, Variant variant, Locale language) {
    w.context().theme().variantProperty().set(variant);
    w.context().messages().languageProperty().set(language);
  }

  private void draw(View view) throws Exception {
    if (isAsked(view.name())) {
      run(view.enter());
      beat(CALM);
      run(w -> w.canvas().settle());
      beat(CALM);
      take(view.name());
      run(view.leave());
      beat(48);
    }
  }

  private void run(Consumer<Workbench> what) throws Exception {
    fx(
        () -> {
          what.accept(workbench);
          return null;
        });
  }

  /** Lets so much of the window's time pass; what waits beside gets about as much real time. */
  private void beat(int millis) throws Exception {
    for (int spent = 0; spent < millis; spent += 16) {
      run(w -> w.pulse(16));
      Thread.sleep(8);
    }
  }

  private void await(BooleanSupplier condition) throws Exception {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!fx(condition::getAsBoolean)) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("waited in vain");
      }
      beat(32);
    }
  }

  private static <T> T fx(Callable<T> what) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    Platform.runLater(
        () -> {
          try {
            result.complete(what.call());
          } catch (Exception | Error e) {
            result.completeExceptionally(e);
          }
        });
    return result.get(3, TimeUnit.MINUTES);
  }

  private void take(String name) throws Exception {
    String file =
        String.join(
                "_",
                name,
                look.variant().token(),
                look.language().getLanguage(),
                look.size().name())
            + ".png";
    WritableImage image =
        fx(
            () -> {
              Scene front =
                  List.copyOf(Window.getWindows()).stream()
                      .filter(window -> window instanceof Stage && window != stage)
                      .filter(Window::isShowing)
                      .map(Window::getScene)
                      .findFirst()
                      .orElse(workbench.scene());
              SnapshotParameters parameters = new SnapshotParameters();
              parameters.setTransform(new Scale(look.size().scale(), look.size().scale()));
              parameters.setFill(Color.MAGENTA);
              return look.size().scale() == 1
                  ? front.snapshot(null)
                  : front.getRoot().snapshot(parameters, null);
            });
    ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", folder.resolve(file).toFile());
    taken.add(new Picture(name, look, file));
  }

  // --------------------------------------------------------------------------------- the page

  private void index() throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html><meta charset=utf-8><title>Godwit in pictures</title>\n<style>")
        .append("body{font:14px sans-serif;margin:24px;background:#888}")
        .append("figure{display:inline-block;margin:8px;width:30%}img{width:100%}")
        .append("figcaption{color:#fff}h2{color:#fff}</style>\n");
    String scene = "";
    List<Picture> ordered = new ArrayList<>(taken);
    ordered.sort(Comparator.comparing(Picture::scene));
    for (Picture each : ordered) {
      if (!each.scene().equals(scene)) {
        scene = each.scene();
        page.append("<h2>").append(scene).append("</h2>\n");
      }
      page.append("<figure><a href=\"").append(each.file()).append("\"><img loading=lazy src=\"");
      page.append(each.file()).append("\"></a><figcaption>");
      page.append(each.look().variant().token()).append(", ");
      page.append(each.look().language().getLanguage()).append(", ");
      page.append(each.look().size().name()).append("</figcaption></figure>\n");
    }
    Files.writeString(folder.resolve("index.html"), page, StandardCharsets.UTF_8);
  }
}
