package org.godwit.app.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import javafx.animation.AnimationTimer;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.godwit.app.bridge.RunState;
import org.godwit.app.notice.Notice;
import org.godwit.app.panel.events.EventRow;
import org.godwit.app.panel.export.ExportDialog;
import org.godwit.app.panel.inspector.InspectorViewModel;
import org.godwit.app.panel.load.LoadPicture;
import org.godwit.app.panel.processes.ProcessRow;
import org.godwit.app.panel.recording.Recordings;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.NoStyleComplaints;
import org.godwit.app.theme.Role;
import org.godwit.app.theme.Variant;
import org.godwit.app.workbench.ToolWindow;
import org.godwit.engine.session.query.Moment;
import org.godwit.engine.session.query.Query;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

/** Every panel with mouse and keyboard, on a headless window over a make-believe cluster. */
@ExtendWith(NoStyleComplaints.class)
class PanelsTest extends ApplicationTest {
  private static final ProcessId SPIN = new ProcessId(1, 1001);
  private static final ProcessId SPIN_2 = new ProcessId(1, 1002);
  private static final ProcessId SHMGET = new ProcessId(1, 1004);

  private final StackPane root = new StackPane();
  private Bench bench;
  private AnimationTimer timer;

  @TempDir private Path folder;

  @Override
  public void start(Stage stage) {
    bench = new Bench(Variant.LIGHT, Locale.ENGLISH).demo();
    timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            bench.pulse();
          }
        };
    timer.start();
    Scene scene = new Scene(root, 1200, 700);
    bench.context().theme().dress(scene);
    stage.setScene(scene);
    stage.setX(0);
    stage.setY(0);
    stage.show();
  }

  @BeforeEach
  void waitForTheFirstFrame() throws Exception {
    until(() -> bench.models().processes().total().get() == 8);
  }

  @AfterEach
  void end() {
    timer.stop();
    bench.close();
  }

  // ------------------------------------------------------------------ tables

  @Test
  void chosenRowsAreCopiedAsATable() throws Exception {
    TableView<EventRow> table = show("events", "#event-table");
    until(() -> table.getItems().size() > 3);
    interact(() -> table.getSelectionModel().clearAndSelect(1));
    interact(() -> table.getSelectionModel().select(2));
    String text = WaitForAsyncUtils.asyncFx(() -> TableCopy.text(table)).get();
    EventRow first = table.getItems().get(1);
    assertThat(text.lines().toList())
        .hasSize(3)
        .startsWith(String.join("\t", "Time", "Node", "Kind", "What happened"))
        .element(1)
        .isEqualTo(
            String.join(
                "\t",
                bench.models().figures().instant(first.event().atNanos()),
                bench.models().roster().node(first.event().node()),
                bench
                    .context()
                    .messages()
                    .of("events.kind." + first.kind().name().toLowerCase(Locale.ROOT)),
                first.sentence()));
    interact(table::requestFocus);
    press(KeyCode.CONTROL, KeyCode.C).release(KeyCode.C, KeyCode.CONTROL);
    until(() -> text.equals(Clipboard.getSystemClipboard().getString()));
  }

  // ------------------------------------------------------------------ moments

  @Test
  void aMomentIsFoundByItsQueryAndChosen() throws Exception {
    TableView<Moment> table = show("moments", "#moments-table");
    clickOn("#moments-query").write("event migr");
    type(KeyCode.TAB); // Takes the first word that is suggested.
    TextInputControl field = lookup("#moments-query").query();
    until(() -> field.getText().equals("event migrationRequested "));
    interact(() -> field.setText("first event migrated"));
    type(KeyCode.ENTER);
    until(() -> table.getItems().size() == 1);
    type(KeyCode.DOWN);
    until(
        () ->
            bench
                .context()
                .selection()
                .processes()
                .equals(List.of(table.getItems().getFirst().process())));
    interact(() -> field.setText("load = 1"));
    until(() -> lookup("#moments-problem").queryAs(Label.class).getText().contains("\"=\""));
  }

  // ------------------------------------------------------------------ processes

  @Test
  void aLockBoxFlipsAllSelectedProcesses() throws Exception {
    TableView<ProcessRow> table = show("processes", "#process-table");
    clickOn(row(table, 0));
    press(KeyCode.SHIFT).type(KeyCode.DOWN).release(KeyCode.SHIFT);
    assertThat(bench.context().selection().processes()).containsExactlyInAnyOrder(SPIN, SPIN_2);
    clickOn(box(table, 1));
    until(() -> box(table, 0).isSelected() && box(table, 1).isSelected());
    assertThat(locks()).containsExactly(lock(SPIN, true), lock(SPIN_2, true));
    assertThat(box(table, 2).isSelected()).isFalse();
    assertThat(bench.context().selection().processes()).as("still selected").hasSize(2);
  }

  @Test
  void typingInTheTableSearchesAndEscapeEndsIt() throws Exception {
    TableView<ProcessRow> table = show("processes", "#process-table");
    clickOn(row(table, 0));
    write("shm");
    until(() -> bench.context().selection().processes().equals(List.of(SHMGET)));
    Label typed = lookup(".speed-search").queryAs(Label.class);
    assertThat(typed.isVisible()).isTrue();
    assertThat(typed.getText()).isEqualTo("Search: shm");
    type(KeyCode.ESCAPE);
    assertThat(typed.isVisible()).isFalse();
  }

  @Test
  void theFilterSaysWhenNothingMatches() throws Exception {
    TableView<ProcessRow> table = show("processes", "#process-table");
    clickOn("#process-filter").write("clone_vm");
    until(() -> table.getItems().size() == 1);
    clickOn("#process-filter").write("x");
    until(() -> table.getItems().isEmpty());
    assertThat(texts(root)).contains("No process matches \"clone_vmx\"");
    type(KeyCode.ESCAPE);
    until(() -> table.getItems().size() == 8);
  }

  @Test
  void selectionSurvivesSortingFiguresThatChange() throws Exception {
    TableView<ProcessRow> table = show("processes", "#process-table");
    interact(() -> bench.context().selection().selectProcesses(List.of(SHMGET, SPIN)));
    interact(
        () -> {
          table.getSortOrder().setAll(List.of(table.getColumns().get(4)));
          table.sort();
        });
    for (int i = 0; i < 5; i++) {
      bench.context().bridge().query(open -> advance(open::advance, open.now()), _ -> {});
      bench.context().bridge().pause();
      WaitForAsyncUtils.sleep(60, TimeUnit.MILLISECONDS);
      WaitForAsyncUtils.waitForFxEvents();
    }
    assertThat(table.getSelectionModel().getSelectedItems())
        .extracting(ProcessRow::id)
        .containsExactlyInAnyOrder(SHMGET, SPIN);
    assertThat(bench.context().selection().leadProcess()).contains(SPIN);
    List<Double> shares = table.getItems().stream().map(r -> r.now().process().cpuShare()).toList();
    assertThat(shares).isSorted();
  }

  private static boolean advance(LongConsumer to, long now) {
    to.accept(now + 1_000_000_000L);
    return true;
  }

  // ------------------------------------------------------------------ inspector

  @Test
  void theInspectorSaysWhyAProcessStays() throws Exception {
    show("inspector", "#inspector-panel");
    interact(() -> bench.context().selection().select(SHMGET));
    until(() -> texts(root).contains("monkey"));
    assertThat(texts(root))
        .contains("It cannot move")
        .anyMatch(text -> text.startsWith("It shares writable memory with others"))
        .anyMatch(text -> text.contains("raised by shmget"));
    clickOn("#inspector-lock");
    until(() -> lookup("#inspector-lock").queryAs(CheckBox.class).isSelected());
    assertThat(locks()).containsExactly(lock(SHMGET, true));
  }

  @Test
  void filesOfProcAreReadFromTheHomeNode() throws Exception {
    show("inspector", "#inspector-panel");
    interact(() -> bench.context().selection().select(SPIN));
    until(() -> texts(root).contains("Facts"));
    interact(() -> lookup("#file-lock").queryAs(ToggleButton.class).fire());
    until(
        () ->
            Objects.equals(
                lookup("#inspector-file").queryAs(TextInputControl.class).getText(),
                "/proc/1001/lock of node 1\n"));
  }

  @Test
  void switchesOfANodeAreFlippedThere() throws Exception {
    show("inspector", "#inspector-panel");
    interact(() -> bench.context().selection().selectNode(2));
    until(() -> texts(root).contains("node2"));
    clickOn("#switch-block");
    until(() -> lookup("#switch-block").queryAs(CheckBox.class).isSelected());
    assertThat(bench.commands())
        .extracting(CommandRecord::command)
        .contains(new Command.SetSwitch(2, NodeSwitch.BLOCK, true));
  }

  @Test
  void anImpossibleSpeedIsToldWhileTyping() throws Exception {
    show("inspector", "#inspector-panel");
    interact(() -> bench.context().selection().selectNode(2));
    until(() -> texts(root).contains("node2"));
    doubleClickOn("#node-speed").write("fast");
    until(() -> texts(root).contains("A whole number from 1 to 1000000"));
  }

  // ------------------------------------------------------------------ events, tree, decisions

  @Test
  void aLineOfTheLogSelectsWhatItIsAbout() throws Exception {
    TableView<EventRow> table = show("events", "#event-table");
    until(() -> !table.getItems().isEmpty());
    interact(() -> table.scrollTo(0));
    clickOn(row(table, 0));
    ProcessId about = table.getItems().getFirst().event().what().process();
    assertThat(bench.context().selection().processes()).containsExactly(about);
  }

  @Test
  void whatIsSelectedElsewhereIsMarkedInChartLogsAndTimeline() throws Exception {
    var surface = show("timeline", "#timeline-surface");
    until(() -> !bench.models().timeline().lanes().isEmpty());
    until(() -> !marked(surface));
    interact(() -> bench.context().selection().select(SPIN));
    until(() -> marked(surface));
    var events = bench.models().events();
    interact(() -> events.onlySelected().set(true));
    assertThat(events.rows())
        .isNotEmpty()
        .allMatch(row -> row.event().what().process() == null || isOf(row, SPIN));
    interact(() -> bench.context().selection().selectNode(2));
    assertThat(bench.models().load().picture().series())
        .filteredOn(LoadPicture.Series::selected)
        .extracting(LoadPicture.Series::node)
        .containsExactly(2);
    var decisions = bench.models().decisions();
    interact(() -> decisions.onlySelected().set(true));
    assertThat(decisions.rows()).allMatch(entry -> entry.node() == 2);
    until(() -> !marked(surface));
  }

  private static boolean isOf(EventRow row, ProcessId process) {
    return process.equals(row.event().what().process());
  }

  /** Whether a lane lies on the ground of what is selected. */
  private boolean marked(Node surface) {
    WritableImage image = surface.snapshot(null, null);
    int wanted = argb(bench.context().theme().color(Role.SELECTION));
    for (int y = 0; y < image.getHeight(); y++) {
      if (image.getPixelReader().getArgb(2, y) == wanted) {
        return true;
      }
    }
    return false;
  }

  private static int argb(Color colour) {
    return 0xFF << 24
        | (int) Math.round(colour.getRed() * 255) << 16
        | (int) Math.round(colour.getGreen() * 255) << 8
        | (int) Math.round(colour.getBlue() * 255);
  }

  @Test
  void theTreeShowsProcessesWhereTheyRunAndSpaceLocks() throws Exception {
    TreeView<?> tree = show("cluster", "#cluster-tree");
    until(() -> tree.getRoot().getChildren().size() == 3);
    long leaves =
        tree.getRoot().getChildren().stream().mapToLong(n -> n.getChildren().size()).sum();
    assertThat(leaves).isEqualTo(8);
    interact(() -> bench.context().selection().select(SPIN_2));
    TreeItem<?> chosen = tree.getSelectionModel().getSelectedItem();
    int where = bench.context().bridge().frame().view().processes().get(1).where();
    assertThat(tree.getRoot().getChildren().indexOf(chosen.getParent())).isEqualTo(where - 1);
    interact(tree::requestFocus);
    type(KeyCode.SPACE);
    until(() -> bench.context().bridge().frame().view().processes().get(1).lock());
    assertThat(locks()).containsExactly(lock(SPIN_2, true));
  }

  @Test
  void aDecisionShowsItsCandidates() throws Exception {
    TableView<DecisionLog.Entry> table = show("decisions", "#decision-table");
    TableView<?> costs = lookup("#decision-costs").queryTableView();
    until(() -> !table.getItems().isEmpty());
    int busy = 0;
    while (table.getItems().get(busy).decision().candidates().isEmpty()) {
      busy++;
    }
    int chosen = busy;
    interact(() -> table.getSelectionModel().select(chosen));
    assertThat(costs.getItems())
        .hasSize(table.getItems().get(chosen).decision().candidates().size());
    clickOn("#decisions-moment");
    until(() -> bench.context().bridge().frame().state() == RunState.PAST);
    bench.context().bridge().lookAtPresent();
    until(() -> bench.context().bridge().frame().state() != RunState.PAST);
    until(() -> !table.getItems().isEmpty());
    clickOn("#decisions-only-chosen");
    assertThat(table.getItems()).allMatch(entry -> entry.decision().chosen() != null).isNotEmpty();
  }

  // ------------------------------------------------------------------ load and timeline

  @Test
  void theLoadChartIsDrawn() throws Exception {
    show("load", "#load-chart");
    until(() -> image() != null);
    int line =
        ChartLook.of(bench.context().theme().tokens(), Variant.LIGHT, "en")
            .series()
            .getFirst()
            .getRGB();
    until(() -> hasColour(line));
    moveTo("#load-chart");
    until(
        () ->
            texts(root).stream().anyMatch(text -> text.contains("node1  ") && text.contains("\n")));
  }

  @Test
  void aLaneSelectsItsProcess() throws Exception {
    Node surface = show("timeline", "#timeline-surface");
    until(() -> bench.models().timeline().size() == 8);
    WaitForAsyncUtils.sleep(150, TimeUnit.MILLISECONDS);
    var at = surface.localToScene(40, 22 + 24 * 3 + 12);
    clickOn(root.getScene().getWindow().getX() + at.getX(), at.getY());
    assertThat(bench.context().selection().processes()).containsExactly(SHMGET);
    type(KeyCode.UP);
    assertThat(bench.context().selection().processes()).hasSize(1).doesNotContain(SHMGET);
    type(KeyCode.RIGHT);
    assertThat(bench.models().timeline().following().get()).isFalse();
  }

  // ------------------------------------------------------------------ export and recordings

  @Test
  void aSessionIsExportedAndOpenedAgain() throws Exception {
    interact(
        () ->
            ExportDialog.openLive(
                bench.context(), bench.models().load(), bench.models().figures()));
    until(() -> lookup("#export-folder").tryQuery().isPresent());
    interact(() -> lookup("#export-folder").queryTextInputControl().setText("/nowhere/at/all"));
    assertThat(lookup("#export-status").queryAs(Label.class).getText())
        .isEqualTo("/nowhere/at/all is not a folder.");
    interact(
        () -> {
          lookup("#export-folder").queryTextInputControl().setText(folder.toString());
          lookup("#export-name").queryTextInputControl().setText("mine");
          lookup("#export-csv").queryAs(CheckBox.class).setSelected(true);
          lookup("#export-go").queryButton().fire();
        });
    until(() -> Files.isDirectory(folder.resolve("mine-csv")) && notices() > 0);
    assertThat(folder.resolve("mine.godwit")).isRegularFile();
    interact(() -> new Recordings().open(folder.resolve("mine.godwit"), bench.context()));
    until(() -> bench.opened() != null);
    interact(() -> root.getChildren().setAll(bench.opened()));
    until(() -> texts(root).contains("About this recording"));
    assertThat(texts(root)).contains("0:26.000", "Three nodes");
  }

  @Test
  void aFileThatIsNoRecordingBecomesANotice() throws Exception {
    Path bad = Files.write(folder.resolve("bad.godwit"), "no".getBytes(StandardCharsets.UTF_8));
    interact(() -> new Recordings().open(bad, bench.context()));
    until(() -> notices() == 1);
    Notice notice = bench.context().notices().notices().getFirst();
    assertThat(notice.severity()).isEqualTo(Notice.Severity.ERROR);
    assertThat(bench.context().messages().problem(notice.text()))
        .startsWith("bad.godwit is not a Godwit session file");
    show("problems", "#problems-list");
    until(() -> texts(root).stream().anyMatch(text -> text.startsWith("bad.godwit is not")));
  }

  // ------------------------------------------------------------------ all of them

  /** Switched to Japanese while open, no panel keeps an English text or shows a bare key. */
  @Test
  void everyPanelFollowsTheLanguage() throws Exception {
    Set<String> english = new HashSet<>();
    ResourceBundle en = ResourceBundle.getBundle("org.godwit.app.text.panels", Locale.ROOT);
    Messages japanese = new Messages(Locale.JAPANESE);
    for (String key : en.keySet()) {
      if (!japanese.of(key).equals(en.getString(key))) {
        english.add(en.getString(key));
      }
    }
    // Names of files are the same in every language.
    english.removeAll(InspectorViewModel.FILES);
    // So are the words of a query.
    for (Query.Slot slot : Query.Slot.values()) {
      english.removeAll(slot.words());
    }
    for (String id : windows()) {
      interact(() -> bench.context().messages().languageProperty().set(Locale.ENGLISH));
      interact(() -> bench.context().selection().select(SHMGET));
      show(id, "#" + id + "-panel");
      interact(() -> bench.context().messages().languageProperty().set(Locale.JAPANESE));
      WaitForAsyncUtils.waitForFxEvents();
      for (String text : texts(root)) {
        assertThat(english).as(id).doesNotContain(text);
        assertThat(text)
            .as(id)
            .doesNotMatch("(window|processes|inspector|fact|load|event|events|verdict)\\.[\\w.]+");
      }
    }
  }

  // ------------------------------------------------------------------ means

  private List<String> windows() {
    return PanelWindows.all().stream().map(ToolWindow::id).toList();
  }

  /** Puts a panel into the window and finds a part of it. */
  @SuppressWarnings("unchecked")
  private <T extends Node> T show(String id, String part) throws Exception {
    Function<PanelWindow, Node> view =
        window -> window.view().apply(bench.context(), bench.models());
    PanelWindow window =
        (PanelWindow)
            PanelWindows.all().stream().filter(w -> w.id().equals(id)).findFirst().orElseThrow();
    Callable<Boolean> put = () -> root.getChildren().setAll(view.apply(window));
    WaitForAsyncUtils.waitForAsyncFx(60_000, put);
    WaitForAsyncUtils.waitForFxEvents();
    return (T) lookup(part).query();
  }

  private Node row(TableView<?> table, int index) {
    until(() -> table.lookupAll(".table-row-cell").size() > index);
    return table.lookupAll(".table-row-cell").stream()
        .map(node -> (TableRow<?>) node)
        .filter(row -> row.getIndex() == index)
        .findFirst()
        .orElseThrow()
        .lookup(".table-cell");
  }

  private CheckBox box(TableView<?> table, int index) {
    Parent row = row(table, index).getParent();
    return (CheckBox) row.lookup(".check-box");
  }

  private Image image() {
    return lookup("#load-chart").queryAs(Parent.class).getChildrenUnmodifiable().stream()
        .filter(ImageView.class::isInstance)
        .map(node -> ((ImageView) node).getImage())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private boolean hasColour(int argb) {
    Image image = image();
    var pixels = image.getPixelReader();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if (pixels.getArgb(x, y) == argb) {
          return true;
        }
      }
    }
    return false;
  }

  /** Every text that is shown, prompts included. */
  private static List<String> texts(Node node) {
    List<String> texts = new ArrayList<>();
    if (!node.isVisible()) {
      return texts;
    }
    if (node instanceof Labeled labeled && labeled.getText() != null) {
      texts.add(labeled.getText());
    }
    if (node instanceof TextInputControl field && field.getPromptText() != null) {
      texts.add(field.getPromptText());
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> texts.addAll(texts(child)));
    }
    return texts;
  }

  private int notices() {
    return bench.context().notices().notices().size();
  }

  private List<Command> locks() throws Exception {
    return bench.commands().stream()
        .map(CommandRecord::command)
        .filter(Command.SetLock.class::isInstance)
        .toList();
  }

  private static Command lock(ProcessId id, boolean locked) {
    return new Command.SetLock(new ProcessRef.ById(id), locked);
  }

  private static void until(BooleanSupplier condition) {
    try {
      WaitForAsyncUtils.waitFor(
          60,
          TimeUnit.SECONDS,
          () -> WaitForAsyncUtils.waitForAsyncFx(60_000, condition::getAsBoolean));
    } catch (TimeoutException e) {
      throw new AssertionError("it did not come true within a minute", e);
    }
  }
}
