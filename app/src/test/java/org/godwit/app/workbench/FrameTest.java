package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.godwit.app.action.Action;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.canvas.Arranging;
import org.godwit.app.panel.PanelWindows;
import org.godwit.app.settings.SettingsStore;
import org.godwit.app.theme.Variant;
import org.godwit.model.ProcessId;
import org.godwit.model.scenario.LocalText;
import org.junit.jupiter.api.Test;
import software.coley.bentofx.control.Header;

/**
 * The frame as a workplace, on a headless window with all panels: perspectives, maximising,
 * detaching, settings, search, undo, what is kept for the next start.
 */
class FrameTest extends WindowTest {
  private static final Set<String> BELOW =
      Set.of("processes", "load", "timeline", "decisions", "events");

  private Path settings;

  @Override
  WorkbenchStart beginning() throws Exception {
    settings = Files.createTempDirectory("godwit").resolve("workbench.properties");
    return scripted(settings, new LocalText("a", "b"));
  }

  private double width(String id) {
    Node node = workbench.scene().lookup(id);
    return node == null || !isSeen(node) ? 0 : node.getLayoutBounds().getWidth();
  }

  private static boolean isSeen(Node node) {
    for (Node each = node; each != null; each = each.getParent()) {
      if (!each.isVisible()) {
        return false;
      }
    }
    return node.getScene() != null;
  }

  private void ready() throws Exception {
    waitFor(() -> !workbench.scene().getRoot().lookupAll(".node-card").isEmpty());
  }

  @Test
  void aPerspectiveFoldsUnfoldsAndRemembers() throws Exception {
    ready();
    double before = workbench.canvas().getWidth();
    fire("perspective.teach");
    waitFor(() -> workbench.canvas().getWidth() > before + 300);
    assertThat(workbench.context().theme().typeScaleProperty().get()).isEqualTo(1.4);
    fire("window.inspector");
    waitFor(() -> width("#inspector-panel") > 100);
    fire("perspective.analyse");
    waitFor(() -> workbench.canvas().getWidth() < before + 50);
    assertThat(workbench.context().theme().typeScaleProperty().get()).isEqualTo(1);
    // What was opened in Teach is open when one comes back, until it is reset.
    fire("perspective.teach");
    waitFor(() -> width("#inspector-panel") > 100);
    fire("perspective.reset");
    waitFor(() -> workbench.canvas().getWidth() > before + 300);
  }

  @Test
  void aPanelIsMaximisedAndRestored() throws Exception {
    ready();
    clickOn("#processes-panel");
    interact(() -> workbench.scene().lookup("#process-table").requestFocus());
    push(KeyCode.CONTROL, KeyCode.M);
    waitFor(() -> width("#processes-panel") > 1100 && width(".cluster-canvas") == 0);
    push(KeyCode.CONTROL, KeyCode.M);
    waitFor(() -> width(".cluster-canvas") > 300 && width("#processes-panel") > 1100);
  }

  @Test
  void aPanelIsDetachedAndComesBackWhenItsWindowCloses() throws Exception {
    ready();
    fire("window.load");
    interact(() -> workbench.scene().lookup("#load-panel").requestFocus());
    int windows = Window.getWindows().size();
    interact(() -> workbench.detach("load"));
    waitFor(() -> Window.getWindows().size() == windows + 1);
    assertThat(workbench.scene().lookup("#load-panel")).isNull();
    interact(
        () ->
            Window.getWindows().stream()
                .filter(w -> w.getScene().lookup("#load-panel") != null)
                .findFirst()
                .orElseThrow()
                .hide());
    waitFor(() -> width("#load-panel") > 1000);
  }

  @Test
  void aDetachedPanelIsDetachedAgainAtTheNextStart() throws Exception {
    ready();
    interact(() -> workbench.detach("events"));
    waitFor(() -> windowsWith("#events-panel").size() == 1);
    Window first = windowsWith("#events-panel").getFirst();
    interact(() -> first.setWidth(555));
    // As the window closes: it takes those of the panels with it.
    interact(
        () -> {
          workbench.leave();
          first.hide();
        });
    waitFor(() -> SettingsStore.read(settings).get("detached.analyse", "").endsWith(kept(first)));
    EngineBridge another = new EngineBridge(Platform::runLater, System::nanoTime);
    Workbench[] next = {null};
    Stage[] stage = {null};
    interact(
        () -> {
          next[0] =
              new Workbench(
                  WorkbenchStart.of(List.of(), List.of())
                      .withToolWindows(PanelWindows.all())
                      .withSettings(settings),
                  another,
                  1000,
                  700);
          stage[0] = new Stage();
          stage[0].setScene(next[0].scene());
          stage[0].show();
          next[0].begin();
        });
    Stage again =
        windowsWith("#events-panel").stream()
            .map(Stage.class::cast)
            .filter(each -> each.getOwner() == stage[0])
            .findFirst()
            .orElseThrow();
    assertThat(again.getWidth()).isEqualTo(555);
    // Who brings it back has it back at the start after that.
    interact(again::hide);
    interact(
        () -> {
          next[0].pulse(16);
          next[0].leave();
          stage[0].hide();
        });
    waitFor(() -> SettingsStore.read(settings).get("detached.analyse", "").isEmpty());
    another.close();
  }

  @Test
  void inADetachedPanelTheShortcutsWorkAndItGoesBackToItsPlaceAmongTheTabs() throws Exception {
    ready();
    List<String> tabs = tabsBelow();
    interact(() -> workbench.detach("processes"));
    interact(() -> workbench.detach("load"));
    waitFor(() -> windowsWith("#processes-panel").size() == 1);
    Scene own = windowsWith("#processes-panel").getFirst().getScene();
    assertThat(tabsBelow()).hasSize(tabs.size() - 2);
    interact(() -> workbench.context().selection().select(new ProcessId(2, 2001)));
    press(own, KeyCode.L, false);
    waitFor(() -> bridge.frame().view().processes().getFirst().lock());
    press(own, KeyCode.ESCAPE, false);
    assertThat(workbench.scene().getFocusOwner()).isSameAs(workbench.canvas());
    press(own, KeyCode.COMMA, true);
    waitFor(() -> workbench.scene().lookup("#settings-search") != null);
    // Where another editor is in front it gets the keyboard.
    press(own, KeyCode.ESCAPE, false);
    assertThat(workbench.scene().getFocusOwner())
        .isSameAs(workbench.scene().lookup("#settings-search"));
    // What is arranged is kept with their places.
    waitFor(() -> arrangement().contains("\"tabs\":[\"processes\",\"load\",\"timeline\""));
    interact(() -> own.getWindow().hide());
    interact(() -> windowsWith("#load-panel").getFirst().hide());
    assertThat(tabsBelow()).isEqualTo(tabs);
  }

  private String arrangement() {
    return workbench.settings().get("layout.analyse", "");
  }

  /** A key pressed there, whether or not the platform gives that window the keyboard. */
  private void press(Scene scene, KeyCode code, boolean control) {
    interact(
        () -> {
          Node target = scene.getFocusOwner() == null ? scene.getRoot() : scene.getFocusOwner();
          Event.fireEvent(
              target,
              new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, control, false, false));
        });
  }

  private List<String> tabsBelow() {
    return lookup(".header").queryAllAs(Header.class).stream()
        .filter(header -> header.getScene() == workbench.scene() && isSeen(header))
        .filter(header -> BELOW.contains(header.getDockable().getIdentifier()))
        .sorted(Comparator.comparingDouble(h -> h.localToScene(0, 0).getX()))
        .map(header -> header.getDockable().getIdentifier())
        .toList();
  }

  private static String kept(Window window) {
    return "events:%.0f,%.0f,555,%.0f".formatted(window.getX(), window.getY(), window.getHeight());
  }

  private List<Window> windowsWith(String panel) {
    return Window.getWindows().stream()
        .filter(each -> each != workbench.scene().getWindow())
        .filter(each -> each instanceof Stage && each.getScene().lookup(panel) != null)
        .toList();
  }

  @Test
  void f6GoesThroughThePanelsAndEscapeLeadsToTheCanvas() throws Exception {
    ready();
    interact(() -> workbench.canvas().requestFocus());
    push(KeyCode.F6);
    assertThat(workbench.scene().getFocusOwner()).isNotSameAs(workbench.canvas());
    for (int i = 0; i < 8 && workbench.scene().getFocusOwner() != workbench.canvas(); i++) {
      push(KeyCode.F6);
    }
    assertThat(workbench.scene().getFocusOwner()).isSameAs(workbench.canvas());
    push(KeyCode.SHIFT, KeyCode.F6);
    assertThat(workbench.scene().getFocusOwner()).isNotSameAs(workbench.canvas());
    push(KeyCode.ESCAPE);
    assertThat(workbench.scene().getFocusOwner()).isSameAs(workbench.canvas());
  }

  @Test
  void settingsTakeEffectAtOnceAndAreKept() throws Exception {
    ready();
    push(KeyCode.CONTROL, KeyCode.COMMA);
    waitFor(() -> workbench.scene().lookup("#setting-look") != null);
    interact(() -> this.<String>box("#setting-look").setValue("dark"));
    assertThat(workbench.context().theme().variantProperty().get()).isEqualTo(Variant.DARK);
    interact(() -> this.<String>box("#setting-text-size").setValue("130"));
    assertThat(workbench.context().theme().typeScaleProperty().get()).isEqualTo(1.3);
    interact(() -> this.<String>box("#setting-language").setValue("ja"));
    assertThat(workbench.context().messages().of("window.canvas")).isEqualTo("キャンバス");
    interact(() -> workbench.scene().lookup("#settings-search").requestFocus());
    interact(() -> ((TextField) workbench.scene().lookup("#settings-search")).setText("動き"));
    assertThat(workbench.scene().lookup("#setting-look")).isNull();
    assertThat(workbench.scene().lookup("#setting-motion")).isNotNull();
    interact(
        () -> {
          try {
            workbench.end();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    SettingsStore next = SettingsStore.read(settings);
    assertThat(next.get("look", "")).isEqualTo("dark");
    assertThat(next.get("language", "")).isEqualTo("ja");
  }

  @Test
  void aShortcutIsRemappedAndItsConflictIsNamed() throws Exception {
    ready();
    fire("file.settings");
    waitFor(() -> workbench.scene().lookup("#key-process-lock") != null);
    interact(() -> workbench.scene().lookup("#key-process-lock").requestFocus());
    push(KeyCode.H);
    Action lock = workbench.context().actions().get("process.lock");
    assertThat(lock.key().getName()).isEqualTo("H");
    assertThat(
            workbench
                .scene()
                .lookup("#key-process-lock")
                .getParent()
                .lookupAll(".settings-warning")
                .stream()
                .map(Label.class::cast)
                .map(Label::getText))
        .containsExactly("Also the shortcut of: Send home");
    push(KeyCode.BACK_SPACE);
    assertThat(lock.key()).isNull();
  }

  private <T> ComboBox<T> box(String id) {
    return lookup(id).query();
  }

  @Test
  void undoTakesBackMovedCardsAndLocks() throws Exception {
    ready();
    var places = workbench.canvas();
    interact(() -> workbench.context().selection().selectNode(1));
    interact(() -> places.requestFocus());
    double x = card(1).getLayoutX();
    push(KeyCode.CONTROL, KeyCode.RIGHT);
    assertThat(card(1).getLayoutX()).isEqualTo(x + 8);
    push(KeyCode.CONTROL, KeyCode.Z);
    waitFor(() -> card(1).getLayoutX() == x);
    push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
    waitFor(() -> card(1).getLayoutX() == x + 8);
    ProcessId spin = new ProcessId(2, 2001);
    interact(() -> workbench.context().selection().select(spin));
    push(KeyCode.L);
    waitFor(() -> isLocked(spin));
    waitFor(() -> workbench.undoName().equals("lock spin 2001"));
    push(KeyCode.CONTROL, KeyCode.Z);
    waitFor(() -> !isLocked(spin));
  }

  @Test
  void nodesAreCopiedAndPastedAsOneDeed() throws Exception {
    ready();
    interact(() -> workbench.context().selection().selectNodes(List.of(1, 2)));
    interact(() -> workbench.canvas().requestFocus());
    push(KeyCode.CONTROL, KeyCode.C);
    push(KeyCode.CONTROL, KeyCode.V);
    waitFor(() -> bridge.frame().view().nodes().size() == 5);
    waitFor(() -> workbench.context().selection().nodes().equals(List.of(4, 5)));
    fire("edit.undo");
    waitFor(() -> upNodes() == 3);
  }

  @Test
  void arrangingMovesCardsAndIsKeptForTheNextStart() throws Exception {
    ready();
    // Cards are where they belong at once.
    interact(() -> workbench.settings().of(DeskSettings.MOTION).set("reduced"));
    double before = card(3).getLayoutY();
    fire("arrange." + Arranging.GRID.token());
    fire("arrange." + Arranging.LAYERED.token());
    waitFor(() -> card(3).getLayoutY() != before);
    fire("cluster.note");
    waitFor(() -> workbench.scene().lookup("#note-editor") != null);
    Node note = workbench.scene().getRoot().lookup(".canvas-note");
    waitFor(
        () ->
            List.of(card(1), card(2), card(3)).stream()
                .noneMatch(card -> edges(note).intersects(edges(card))));
    write("two racks");
    push(KeyCode.ESCAPE);
    waitFor(() -> SettingsStore.read(settings).get("notes.scripted", "").contains("two racks"));
    assertThat(SettingsStore.read(settings).get("places.scripted", "")).contains("3:");
    fire("edit.undo");
    assertThat(workbench.scene().getRoot().lookupAll(".canvas-note")).isEmpty();
  }

  @Test
  void searchFindsSettingsAndEventsAndSaysWhyNot() throws Exception {
    ready();
    interact(() -> workbench.context().selection().select(new ProcessId(2, 2001)));
    fire("process.lock");
    waitFor(() -> isLocked(new ProcessId(2, 2001)));
    interact(() -> workbench.context().selection().clear());
    fire("help.search");
    TextField field = lookup("#search-field").query();
    interact(() -> field.setText("align left"));
    settle();
    assertThat(texts(".search-kind")).contains("Select two or more nodes first");
    interact(() -> field.setText("overview map"));
    settle();
    assertThat(texts(".search-kind")).contains("Setting");
    waitFor(
        () -> {
          field.setText("");
          field.setText("2001");
          workbench.scene().getRoot().applyCss();
          workbench.scene().getRoot().layout();
          return texts(".search-kind").stream().anyMatch(text -> text.startsWith("Event"));
        });
    // In any language actions have their English names too.
    interact(() -> workbench.context().messages().languageProperty().set(Locale.JAPANESE));
    fire("help.search");
    TextField again = lookup("#search-field").query();
    interact(() -> again.setText("process lock"));
    ListView<Found> found = lookup("#search-list").query();
    assertThat(found.getItems())
        .extracting(Found::text)
        .contains(workbench.context().messages().of("action.process.lock"));
  }

  private static Bounds edges(Node node) {
    return node.localToScene(node.getLayoutBounds());
  }

  /** Cells of a list get their words with the next layout. */
  private void settle() {
    interact(
        () -> {
          workbench.scene().getRoot().applyCss();
          workbench.scene().getRoot().layout();
        });
  }

  private List<String> texts(String style) {
    return lookup(style).queryAllAs(Label.class).stream().map(Label::getText).toList();
  }

  private boolean isLocked(ProcessId id) {
    return bridge.frame().view().processes().stream().anyMatch(p -> p.id().equals(id) && p.lock());
  }

  private long upNodes() {
    return workbench.scene().getRoot().lookupAll(".node-card").size();
  }
}
