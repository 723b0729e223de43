package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.godwit.app.bridge.LiveSession;
import org.godwit.app.bridge.RunState;
import org.godwit.app.bridge.ScriptedCluster;
import org.godwit.app.theme.Variant;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.scenario.LocalText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/**
 * The main gestures, done with a mouse and a keyboard on a headless window over a scripted cluster.
 */
class GesturesTest extends WindowTest {
  private final List<Command> given = Collections.synchronizedList(new ArrayList<>());
  private ScriptedCluster cluster;

  @Override
  WorkbenchStart beginning() {
    cluster = new ScriptedCluster(ScriptedCluster.scenario(2));
    cluster.submit(new Command.Launch("first", 2, "spin", List.of(), 1, false));
    WorkbenchStart.Choice choice =
        new WorkbenchStart.Choice("scripted", new LocalText("a", "b"), () -> listening(cluster));
    return WorkbenchStart.of(List.of(choice), SampleStart.CARDS)
        .withLook(Locale.ENGLISH, Variant.LIGHT);
  }

  @BeforeEach
  void settle() throws Exception {
    waitFor(() -> chip(new ProcessId(2, 2001)) != null);
    settled(1);
  }

  private LiveSession listening(ScriptedCluster inner) {
    return (LiveSession)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {LiveSession.class},
            (self, method, arguments) -> {
              if (method.getName().equals("submit")) {
                given.add((Command) arguments[0]);
              }
              Object answer = method.invoke(inner, arguments);
              return answer == inner ? self : answer;
            });
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
}
