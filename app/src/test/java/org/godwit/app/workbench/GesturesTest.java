package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.LiveSession;
import org.godwit.app.bridge.RunState;
import org.godwit.app.bridge.ScriptedCluster;
import org.godwit.app.theme.Variant;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.scenario.LocalText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;
import org.testfx.util.WaitForAsyncUtils;

/**
 * The main gestures, done with a mouse and a keyboard on a headless window over a scripted cluster.
 */
class GesturesTest extends ApplicationTest {
  private final List<Command> given = Collections.synchronizedList(new ArrayList<>());
  private ScriptedCluster cluster;
  private EngineBridge bridge;
  private Workbench workbench;
  private AnimationTimer timer;

  @Override
  public void start(Stage stage) {
    cluster = new ScriptedCluster(ScriptedCluster.scenario(2));
    cluster.submit(new Command.Launch("first", 2, "spin", List.of(), 1, false));
    WorkbenchStart.Choice choice =
        new WorkbenchStart.Choice("scripted", new LocalText("a", "b"), () -> listening(cluster));
    WorkbenchStart start =
        WorkbenchStart.of(List.of(choice), SampleStart.CARDS)
            .withLook(Locale.ENGLISH, Variant.LIGHT);
    bridge = new EngineBridge(Platform::runLater, System::nanoTime);
    workbench = new Workbench(start, bridge, 1200, 740);
    stage.setScene(workbench.scene());
    timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            workbench.pulse(16);
          }
        };
    timer.start();
    stage.setX(0);
    stage.setY(0);
    stage.show();
    workbench.begin();
  }

  /** Cards exist a pulse before they are laid out; a gesture needs them in their places. */
  @BeforeEach
  void settle() throws Exception {
    waitFor(() -> card(1) != null && chip(new ProcessId(2, 2001)) != null);
    for (int i = 0; i < 5; i++) {
      WaitForAsyncUtils.waitForFxEvents();
    }
    waitFor(() -> workbench.canvas().covers(scene(card(1)).getX(), scene(card(1)).getY()));
    leap(new Point2D(2, 2));
  }

  private static Point2D scene(Node node) {
    Bounds bounds = node.localToScene(node.getLayoutBounds());
    return new Point2D(bounds.getCenterX(), bounds.getCenterY());
  }

  private LiveSession listening(ScriptedCluster inner) {
    return (LiveSession)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {LiveSession.class},
            (_, method, arguments) -> {
              if (method.getName().equals("submit")) {
                given.add((Command) arguments[0]);
              }
              return method.invoke(inner, arguments);
            });
  }

  @AfterEach
  void end() throws InterruptedException {
    timer.stop();
    bridge.close();
    bridge.awaitEnd(2_000);
  }

  @Test
  void draggingSpinOntoNodeOneThreeTimesLaunchesThreeTimes() throws Exception {
    waitFor(() -> card(1) != null);
    for (int i = 0; i < 3; i++) {
      dragProgram("spin", card(1));
      int wanted = i + 1;
      waitFor(() -> given.size() == wanted);
    }
    assertThat(given)
        .allSatisfy(
            command -> {
              Command.Launch launch = (Command.Launch) command;
              assertThat(launch.node()).isEqualTo(1);
              assertThat(launch.program()).isEqualTo("spin");
              assertThat(launch.count()).isEqualTo(1);
            });
    assertThat(given.stream().map(c -> ((Command.Launch) c).launch()).distinct()).hasSize(3);
  }

  @Test
  void aDigitWhileDraggingSetsTheCount() throws Exception {
    waitFor(() -> card(1) != null);
    Point2D to = centre(card(1));
    grab(node("#program-spin"), to);
    press(KeyCode.DIGIT3).release(KeyCode.DIGIT3);
    drop();
    waitFor(() -> !given.isEmpty());
    assertThat(((Command.Launch) given.getFirst()).count()).isEqualTo(3);
  }

  @Test
  void controlAtTheDropAsksForTheOptionsFirst() throws Exception {
    waitFor(() -> card(1) != null);
    grab(node("#program-spin"), centre(card(1)));
    press(KeyCode.CONTROL);
    drop();
    release(KeyCode.CONTROL);
    waitFor(() -> lookup("#launch-arguments").tryQuery().isPresent());
    interact(
        () -> {
          lookup("#launch-arguments").<TextField>query().setText("4 \"a b\"");
          lookup("#launch-count").<Spinner<Integer>>query().getValueFactory().setValue(5);
          lookup("#launch-locked").<CheckBox>query().setSelected(true);
          Node pane = lookup(".dialog-pane").query();
          Node go = pane.lookupAll(".button").stream().filter(n -> isDefault(n)).findFirst().get();
          ((Button) go).fire();
        });
    waitFor(() -> !given.isEmpty());
    Command.Launch launch = (Command.Launch) given.getFirst();
    assertThat(launch.arguments()).containsExactly("4", "a b");
    assertThat(launch.count()).isEqualTo(5);
    assertThat(launch.locked()).isTrue();
  }

  private static boolean isDefault(Node node) {
    return node instanceof Button button && button.isDefaultButton();
  }

  @Test
  void escapeAndTheEmptyCanvasLaunchNothing() throws Exception {
    waitFor(() -> card(1) != null);
    grab(node("#program-spin"), centre(card(1)));
    press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
    drop();
    Bounds canvas = workbench.canvas().localToScreen(workbench.canvas().getLayoutBounds());
    grab(node("#program-spin"), new Point2D(canvas.getMinX() + 15, canvas.getMaxY() - 15));
    assertThat(lookup(".floating-caption").queryAll().stream().map(Object::toString).toList())
        .anyMatch(text -> text.contains("Drop on a node"));
    drop();
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(given).isEmpty();
  }

  @Test
  void draggingAChipOntoAnotherNodeAsksForAMigration() throws Exception {
    ProcessId spin = new ProcessId(2, 2001);
    waitFor(() -> chip(spin) != null);
    grab(chip(spin), centre(card(3)));
    waitFor(() -> captions().stream().anyMatch(t -> t.contains("41 pages")));
    drop();
    waitFor(() -> !given.isEmpty());
    assertThat(given.getFirst()).isEqualTo(new Command.Migrate(new ProcessRef.ById(spin), 3));
    waitFor(() -> where(spin) == 3);
  }

  @Test
  void doubleClickOnAChipAwaySendsItHome() throws Exception {
    ProcessId spin = new ProcessId(2, 2001);
    waitFor(() -> chip(spin) != null);
    bridge.submit(new Command.Migrate(new ProcessRef.ById(spin), 3));
    waitFor(() -> where(spin) == 3 && chipOn(3, spin) != null);
    given.clear();
    doubleClickOn(chipOn(3, spin));
    waitFor(() -> given.contains(new Command.Migrate(new ProcessRef.ById(spin), 0)));
    waitFor(() -> where(spin) == 2);
  }

  @Test
  void keysLockMigrateAndPause() throws Exception {
    ProcessId spin = new ProcessId(2, 2001);
    waitFor(() -> chip(spin) != null);
    clickOn(chip(spin));
    type(KeyCode.L);
    waitFor(() -> given.contains(new Command.SetLock(new ProcessRef.ById(spin), true)));
    waitFor(() -> !lookup(".chip").lookup(".chip-mark").queryAll().isEmpty());
    type(KeyCode.M);
    type(KeyCode.DIGIT1);
    type(KeyCode.ENTER);
    waitFor(() -> given.contains(new Command.Migrate(new ProcessRef.ById(spin), 1)));
    type(KeyCode.SPACE);
    waitFor(() -> bridge.frame().state() == RunState.PAUSED);
    type(KeyCode.PERIOD);
    type(KeyCode.SPACE);
    waitFor(() -> bridge.frame().state() == RunState.RUNNING);
  }

  @Test
  void theCanvasCanBeWalkedWithoutAMouse() throws Exception {
    ProcessId spin = new ProcessId(2, 2001);
    var selection = workbench.context().selection();
    interact(() -> workbench.canvas().requestFocus());
    type(KeyCode.RIGHT);
    assertThat(selection.nodes()).containsExactly(1);
    type(KeyCode.RIGHT);
    assertThat(selection.nodes()).containsExactly(2);
    type(KeyCode.ENTER);
    assertThat(selection.processes()).containsExactly(spin);
    type(KeyCode.M);
    type(KeyCode.DIGIT3);
    type(KeyCode.ENTER);
    waitFor(() -> given.contains(new Command.Migrate(new ProcessRef.ById(spin), 3)));
    type(KeyCode.ESCAPE);
    assertThat(selection.processes()).isEmpty();
  }

  @Test
  void searchFindsANodeAndAnActionByKeyboardAlone() throws Exception {
    interact(() -> workbench.canvas().requestFocus());
    type(KeyCode.SHIFT);
    type(KeyCode.SHIFT);
    waitFor(() -> lookup("#search-field").tryQuery().isPresent());
    interact(() -> lookup("#search-field").<TextField>query().setText("node3"));
    type(KeyCode.ENTER);
    assertThat(workbench.context().selection().nodes()).containsExactly(3);
    assertThat(lookup("#search-field").tryQuery()).isEmpty();
    interact(() -> workbench.context().actions().get("help.search").fire());
    interact(() -> lookup("#search-field").<TextField>query().setText("add node"));
    type(KeyCode.ENTER);
    waitFor(() -> card(4) != null);
  }

  @Test
  void aNodeIsAddedAndRemovedByKey() throws Exception {
    waitFor(() -> card(3) != null);
    interact(() -> workbench.canvas().requestFocus());
    type(KeyCode.N);
    waitFor(() -> card(4) != null);
    interact(() -> workbench.context().selection().selectNode(4));
    type(KeyCode.DELETE);
    waitFor(() -> card(4) == null);
    assertThat(given.getLast()).isEqualTo(new Command.RemoveNode(4));
  }

  @Test
  void aFaultOfTheEngineLeavesTheWindowAlive() throws Exception {
    waitFor(() -> card(1) != null);
    cluster.broken = true;
    waitFor(() -> bridge.frame().state() == RunState.FAILED);
    waitFor(() -> !workbench.context().notices().notices().isEmpty());
    assertThat(workbench.context().notices().notices().getFirst().details())
        .contains("told to break");
    assertThat(card(1)).isNotNull();
    interact(() -> workbench.context().messages().languageProperty().set(Locale.JAPANESE));
    WaitForAsyncUtils.waitForFxEvents();
    assertThat(workbench.context().messages().of("window.canvas")).isEqualTo("キャンバス");
  }

  // ------------------------------------------------------------------------------- helpers

  private void dragProgram(String name, Node onto) {
    grab(node("#program-" + name), centre(onto));
    drop();
  }

  /** Presses and moves in a few leaps: a pixel at a time takes seconds on a busy machine. */
  private void grab(Node from, Point2D to) {
    Point2D start = centre(from);
    leap(start);
    press(MouseButton.PRIMARY);
    for (double way : new double[] {0.02, 0.1, 0.5, 0.9, 1}) {
      leap(start.interpolate(to, way));
    }
  }

  private void leap(Point2D to) {
    robotContext().getBaseRobot().moveMouse(to);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private Node node(String query) {
    return lookup(query).query();
  }

  private List<String> captions() {
    return lookup(".floating-caption").queryAll().stream()
        .filter(Node::isVisible)
        .map(Object::toString)
        .toList();
  }

  private Node card(int number) {
    return lookup(".node-card").queryAll().stream()
        .filter(n -> String.valueOf(n.getAccessibleText()).startsWith("node" + number + ","))
        .findFirst()
        .orElse(null);
  }

  private Node chip(ProcessId id) {
    return lookup(".chip").queryAll().stream()
        .filter(n -> String.valueOf(n.getAccessibleText()).contains(" " + id.pid() + " on node"))
        .findFirst()
        .orElse(null);
  }

  private Node chipOn(int node, ProcessId id) {
    return lookup(".chip").queryAll().stream()
        .filter(
            n ->
                String.valueOf(n.getAccessibleText())
                    .contains(" " + id.pid() + " on node " + node + ","))
        .findFirst()
        .orElse(null);
  }

  private int where(ProcessId id) {
    return bridge.frame().view().processes().stream()
        .filter(p -> p.id().equals(id))
        .mapToInt(p -> p.where())
        .findFirst()
        .orElse(0);
  }

  private static Point2D centre(Node node) {
    Bounds bounds = node.localToScreen(node.getLayoutBounds());
    return new Point2D(bounds.getCenterX(), bounds.getCenterY());
  }

  private static void waitFor(BooleanSupplier condition) throws Exception {
    WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> onFx(condition));
  }

  private static boolean onFx(BooleanSupplier condition) throws Exception {
    return WaitForAsyncUtils.asyncFx(condition::getAsBoolean).get(5, TimeUnit.SECONDS);
  }
}
