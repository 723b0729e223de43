package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TreeView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Window;
import org.godwit.app.bridge.Frame;
import org.godwit.app.notice.Notice;
import org.godwit.app.palette.ProgramDisc;
import org.godwit.app.palette.ProgramLooks;
import org.godwit.app.panel.processes.ProcessRow;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.text.Messages;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.scenario.LocalText;
import org.godwit.model.view.LinkView;
import org.junit.jupiter.api.Test;
import software.coley.bentofx.control.Header;

/** Small things that a workplace is judged by, each by what a user sees of it. */
class WorkplaceTest extends WindowTest {
  private static final ProcessId SPIN = new ProcessId(2, 2001);
  private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");

  @Override
  WorkbenchStart beginning() throws Exception {
    Path settings = Files.createTempDirectory("godwit").resolve("workbench.properties");
    return scripted(settings, new LocalText("Three nodes", "3 つのノード"));
  }

  private SelectionModel selection() {
    return workbench.context().selection();
  }

  private static boolean isSeen(Node node) {
    for (Node each = node; each != null; each = each.getParent()) {
      if (!each.isVisible()) {
        return false;
      }
    }
    return node != null && node.getScene() != null;
  }

  private Node seen(String id) {
    Node node = workbench.scene().lookup(id);
    return isSeen(node) ? node : null;
  }

  @Test
  void aDoubleClickOnATabLeavesItsWindowAlone() throws Exception {
    settled(1);
    double before = workbench.canvas().getHeight();
    doubleClick(tab("Canvas"));
    waitFor(() -> workbench.canvas().getHeight() > before + 80);
    doubleClick(tab("Canvas"));
    waitFor(() -> workbench.canvas().getHeight() < before + 50);
    assertThat(seen("#process-table")).isNotNull();
    doubleClick(tab("Processes"));
    waitFor(() -> seen(".cluster-canvas") == null && seen("#process-table") != null);
  }

  /** Told to the tab itself: on a busy machine two clicks of the robot may be too far apart. */
  private void doubleClick(Node tab) {
    Bounds at = tab.localToScene(tab.getLayoutBounds());
    interact(
        () ->
            tab.fireEvent(
                new MouseEvent(
                    MouseEvent.MOUSE_CLICKED,
                    at.getCenterX(),
                    at.getCenterY(),
                    at.getCenterX(),
                    at.getCenterY(),
                    MouseButton.PRIMARY,
                    2,
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    true,
                    false,
                    true,
                    null)));
  }

  private Node tab(String title) {
    return lookup(".header").queryAllAs(Header.class).stream()
        .filter(header -> header.getDockable().getTitle().equals(title))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void controlTabGoesThroughThePanels() throws Exception {
    settled(1);
    interact(() -> workbench.canvas().requestFocus());
    press(KeyCode.CONTROL).type(KeyCode.TAB).release(KeyCode.CONTROL);
    waitFor(() -> workbench.scene().getFocusOwner() != workbench.canvas());
    press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.TAB).release(KeyCode.SHIFT, KeyCode.CONTROL);
    waitFor(() -> workbench.scene().getFocusOwner() == workbench.canvas());
  }

  @Test
  void selectedNodesAreLinkedAndCutByKeyboardAndUndone() throws Exception {
    settled(1);
    interact(() -> selection().selectNodes(List.of(2, 3)));
    fire("cluster.cut");
    waitFor(() -> !isLinked(2, 3));
    interact(() -> workbench.canvas().requestFocus());
    push(KeyCode.K);
    waitFor(() -> isLinked(2, 3));
    push(KeyCode.CONTROL, KeyCode.Z);
    waitFor(() -> !isLinked(2, 3));
  }

  private boolean isLinked(int a, int b) {
    return bridge.frame().view().links().stream()
        .filter(LinkView::up)
        .anyMatch(link -> link.spec().a() == a && link.spec().b() == b);
  }

  @Test
  void aLaunchIsUndoneAndDoneAgain() throws Exception {
    settled(1);
    interact(() -> workbench.context().verbs().launch(1, "spin", List.of(), 2, false));
    waitFor(() -> alive() == 3 && workbench.undoName().equals("launch spin × 2"));
    fire("edit.undo");
    waitFor(() -> alive() == 1);
    fire("edit.redo");
    waitFor(() -> alive() == 3);
    fire("edit.undo");
    waitFor(() -> alive() == 1);
  }

  private long alive() {
    return bridge.frame().view().processes().stream().filter(p -> p.isAlive()).count();
  }

  @Test
  void theMomentIsSelectedEverywhereAndVisitedAgain() throws Exception {
    settled(1);
    waitFor(() -> bridge.frame().view().nanos() > 2_500_000_000L);
    interact(() -> selection().select(SPIN));
    interact(() -> selection().momentProperty().set(1_000_000_000L));
    waitFor(() -> bridge.frame().view().nanos() <= 1_000_000_000L);
    assertThat(((Label) seen("#time-where")).getText()).matches("[01]\\.\\d{3} s of \\d.*");
    waitFor(() -> selection().momentProperty().get() == bridge.frame().view().nanos());
    push(KeyCode.END);
    waitFor(() -> selection().momentProperty().get() == SelectionModel.LIVE);
    assertThat(bridge.frame().view().nanos()).isGreaterThan(2_000_000_000L);
    fire("go.back");
    waitFor(() -> bridge.frame().view().nanos() <= 1_000_000_000L);
    fire("go.forward");
    waitFor(() -> selection().momentProperty().get() == SelectionModel.LIVE);
  }

  @Test
  void oneProcessAndOneNodeAreSelectedInEveryPanel() throws Exception {
    settled(1);
    lifeSize();
    fire("window.cluster");
    waitFor(() -> chipOn(2, SPIN) != null && table().getItems().size() == 1);
    // From the table to the others.
    interact(() -> table().getSelectionModel().select(0));
    waitFor(() -> selection().processes().equals(List.of(SPIN)));
    assertThat(chipOn(2, SPIN).getPseudoClassStates()).contains(SELECTED);
    waitFor(() -> treeSays("2001"));
    fire("window.inspector");
    waitFor(() -> inspectorSays("spin"));
    // From the canvas to the others.
    clickOn(card(3));
    waitFor(() -> selection().nodes().equals(List.of(3)));
    assertThat(table().getSelectionModel().getSelectedItems()).isEmpty();
    assertThat(card(3).getPseudoClassStates()).contains(SELECTED);
    waitFor(() -> treeSays("node3") && inspectorSays("node3"));
    // Nothing is nothing everywhere.
    interact(() -> selection().clear());
    waitFor(() -> !card(3).getPseudoClassStates().contains(SELECTED));
    waitFor(() -> tree().getSelectionModel().getSelectedItems().isEmpty());
  }

  private TableView<ProcessRow> table() {
    return lookup("#process-table").query();
  }

  private TreeView<?> tree() {
    return lookup("#cluster-tree").query();
  }

  private boolean treeSays(String word) {
    return tree().getSelectionModel().getSelectedItem() != null
        && tree().getSelectionModel().getSelectedItem().getValue().toString().contains(word);
  }

  private boolean inspectorSays(String title) {
    return lookup("#inspector-panel .card-title").queryAllAs(Label.class).stream()
        .anyMatch(label -> isSeen(label) && label.getText().contains(title));
  }

  @Test
  void aRubberBandSelectsAndTheMiniMapPans() throws Exception {
    settled(1);
    Bounds all = workbench.canvas().localToScene(workbench.canvas().getLayoutBounds());
    interact(
        () -> {
          shiftMouse(MouseEvent.MOUSE_PRESSED, all.getMinX() + 3, all.getMinY() + 3);
          shiftMouse(MouseEvent.MOUSE_DRAGGED, all.getCenterX(), all.getCenterY());
          shiftMouse(MouseEvent.MOUSE_DRAGGED, all.getMaxX() - 3, all.getMaxY() - 3);
          shiftMouse(MouseEvent.MOUSE_RELEASED, all.getMaxX() - 3, all.getMaxY() - 3);
        });
    waitFor(() -> selection().nodes().size() == 3);
    interact(
        () -> {
          for (int i = 0; i < 4; i++) {
            fireNow("view.zoomin");
          }
        });
    waitFor(() -> seen("#minimap") != null);
    Node map = seen("#minimap");
    double before = card(1).localToScene(0, 0).getX();
    clickOn(map.localToScreen(8, 8).getX() > 0 ? map.localToScreen(8, 8) : centre(map));
    waitFor(() -> card(1).localToScene(0, 0).getX() != before);
  }

  /** The robot of the headless platform has no Shift for the mouse. */
  private void shiftMouse(EventType<MouseEvent> type, double x, double y) {
    boolean down = type != MouseEvent.MOUSE_RELEASED;
    Node canvas = workbench.canvas();
    canvas.fireEvent(
        new MouseEvent(
            type,
            x,
            y,
            x,
            y,
            MouseButton.PRIMARY,
            1,
            true,
            false,
            false,
            false,
            down,
            false,
            false,
            false,
            false,
            false,
            null));
  }

  private void fireNow(String action) {
    workbench.context().actions().get(action).fire();
  }

  @Test
  void aGroupOfBalloonsIsTurnedOffAndKeptInTheList() throws Exception {
    settled(1);
    interact(() -> post("one"));
    waitFor(() -> !lookup(".toast-text").queryAll().isEmpty());
    interact(
        () -> {
          workbench.context().notices().clear();
          workbench.settings().of(DeskSettings.BALLOON_WARNING).set("false");
        });
    int before = lookup(".toast-text").queryAll().size();
    interact(() -> post("another"));
    assertThat(lookup(".toast-text").queryAll()).hasSize(before);
    assertThat(workbench.context().notices().notices()).hasSize(1);
  }

  private void post(String name) {
    workbench
        .context()
        .notices()
        .post(
            new Notice(
                Notice.Severity.WARNING, Problem.of("file.not-program", name), "", -1, List.of()));
  }

  @Test
  void theStatusBarTellsHowMuchCodeIsTranslated() {
    Messages messages = new Messages(Locale.ENGLISH);
    interact(
        () -> {
          StatusLine line = new StatusLine(messages);
          Label code =
              (Label)
                  line.getLeftItems().stream()
                      .filter(item -> "status-code".equals(item.getId()))
                      .findFirst()
                      .orElseThrow();
          line.show(Frame.EMPTY);
          assertThat(code.isVisible()).isFalse();
          line.show(withCode(3L << 19, 48L << 20));
          assertThat(code.isVisible()).isTrue();
          assertThat(code.getText()).isEqualTo("code 1.5 of 48 MB");
          messages.languageProperty().set(Locale.JAPANESE);
          line.show(withCode(3L << 19, 48L << 20));
          assertThat(code.getText()).isEqualTo("変換済みコード 1.5 / 48 MB");
        });
  }

  private static Frame withCode(long bytes, long most) {
    Frame none = Frame.EMPTY;
    return new Frame(
        none.session(),
        none.look(),
        none.scenario(),
        none.view(),
        none.latestNanos(),
        none.events(),
        none.samples(),
        none.state(),
        none.pace(),
        none.ratio(),
        none.mips(),
        none.slow(),
        bytes,
        most);
  }

  @Test
  void theStatusBarTellsMemoryWhatGoesOnAndWhatHappened() throws Exception {
    settled(1);
    waitFor(() -> text("#status-memory").matches("Window \\d+ of \\d+ MB"));
    Runnable[] end = {() -> {}};
    interact(() -> end[0] = workbench.context().notices().begin(Problem.of("action.time.verify")));
    waitFor(() -> text("#status-tasks").equals("Run again and compare"));
    interact(() -> end[0].run());
    waitFor(() -> seen("#status-tasks") == null);
    interact(() -> workbench.context().verbs().migrate(List.of(SPIN), 3));
    waitFor(() -> text("#status-said").startsWith("spin 2001@2 moved from node2 to node3"));
    assertThat(seen("#status-said").getAccessibleText()).isEqualTo(text("#status-said"));
  }

  private String text(String id) {
    return ((Label) workbench.scene().lookup(id)).getText();
  }

  @Test
  void aboutTellsWhatAReportNeedsAndCopiesIt() throws Exception {
    settled(1);
    fire("help.about");
    TextArea facts = lookup("#about-diagnostics").query();
    assertThat(facts.getText()).contains("Godwit", "JavaFX", "3 nodes, 1 processes");
    interact(
        () ->
            ((javafx.scene.control.Button) facts.getScene().getRoot().lookup("#about-copy"))
                .fire());
    assertThat(onFx(() -> facts.getText().equals(Clipboard.getSystemClipboard().getString())))
        .isTrue();
    interact(
        () ->
            List.copyOf(Window.getWindows()).stream()
                .filter(each -> each != workbench.scene().getWindow())
                .forEach(Window::hide));
  }

  /** Programs without a card get their marks as they come: one account of that, not one a panel. */
  @Test
  void aStrangerWearsTheSameMarkOnTheCanvasAndInTheTable() throws Exception {
    ProgramLooks looks = workbench.context().looks();
    settled(1);
    lifeSize();
    interact(() -> looks.of("whoever was there before"));
    interact(() -> workbench.context().verbs().launch(1, "stranger", List.of(), 1, false));
    waitFor(() -> marks(".chip", "St").size() == 1 && marks(".program-mark", "St").size() == 1);
    int slot = looks.of("stranger").slot();
    assertThat(marks(".chip", "St").getFirst().getStyle()).isEqualTo(ProgramDisc.colours(slot));
    assertThat(marks(".program-mark", "St").getFirst().getStyle())
        .contains("-godwit-program-" + slot % 8 + ";");
  }

  private List<Node> marks(String kind, String monogram) {
    return lookup(kind).queryAll().stream()
        .filter(
            each ->
                from(each).lookup(".label").queryAllAs(Label.class).stream()
                    .anyMatch(label -> label.getText().equals(monogram)))
        .toList();
  }

  @Test
  void nothingInTheMainWindowIsCutOffWhenTextsAreTwoFifthsLonger() throws Exception {
    settled(1);
    interact(() -> selection().select(SPIN));
    interact(() -> workbench.context().messages().languageProperty().set(Messages.PSEUDO));
    for (String panel : List.of("processes", "problems", "notifications", "terminal", "load")) {
      fire("window." + panel);
      interact(
          () -> {
            workbench.scene().getRoot().applyCss();
            workbench.scene().getRoot().layout();
          });
      List<String> cut = new ArrayList<>();
      interact(() -> collectCut(workbench.scene().getRoot(), cut));
      assertThat(cut).as(panel).isEmpty();
    }
    assertThat(text("#status-memory")).contains("é");
  }

  private static boolean isCut(Labeled labeled) {
    return labeled.isWrapText()
        ? labeled.getHeight() + 1 < labeled.prefHeight(labeled.getWidth())
        : labeled.getWidth() + 1 < labeled.prefWidth(-1);
  }

  /** Texts in sight that are not shown whole and have no tooltip that shows them. */
  private static void collectCut(Node node, List<String> cut) {
    if (!node.isVisible() || node.getStyleClass().contains("cluster-canvas")) {
      return; // On the canvas the zoom decides.
    }
    if (node instanceof Labeled labeled
        && isCut(labeled)
        && labeled.getTooltip() == null
        && !labeled.getStyleClass().contains("context-button") // Its shape is shown, a gear.
        && !labeled.getText().isBlank()) {
      cut.add(labeled.getText() + " " + labeled.getStyleClass());
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> collectCut(child, cut));
    }
  }
}
