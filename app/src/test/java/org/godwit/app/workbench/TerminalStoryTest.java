package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.regex.Pattern;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.godwit.app.launch.WorkbenchDoor;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/** Somebody logs in to nodes of the demo: the real engine, the real shell, keys and mouse. */
class TerminalStoryTest extends WindowTest {
  private static final String PROMPT = "node1:/root# ";

  @Override
  WorkbenchStart beginning() throws Exception {
    return WorkbenchDoor.start(Locale.ENGLISH);
  }

  @BeforeEach
  void logIn() throws Exception {
    settled(1);
    clickOn(card(1));
    type(KeyCode.T);
    waitFor(() -> pane() != null && pane().isFocused() && seen().endsWith(PROMPT.strip()));
  }

  @Test
  void theSeedsWordsAreTypedAndTheCanvasShowsThem() throws Exception {
    line("echo hi");
    waitFor(() -> seen().contains("\nhi\n"));

    line("mosrun -l ./spin &");
    waitFor(() -> find("spin") != null);
    ProcessView spin = find("spin");
    waitFor(() -> chipOn(1, spin.id()) != null);
    line("cat /proc/$!/cantmove; cat /proc/$!/lock");
    waitFor(() -> seen().endsWith("\n0\n" + PROMPT.strip()));
    line("migrate $! 2");
    waitFor(() -> chipOn(2, spin.id()) != null);
    line("echo 1 > /proc/$!/lock");
    waitFor(() -> find("spin").lock());

    // A login holds what was started on it: closing asks, and hangs up.
    clickOn("#terminal-tabs .tab-close-button");
    waitFor(() -> lookup("Hang up and close").tryQuery().isPresent());
    assertThat(lookup(".terminal-strip .label").queryLabeled().getText()).endsWith(": spin");
    clickOn("Keep open");
    waitFor(() -> workbench.scene().getFocusOwner() == pane());
    assertThat(tabs().getTabs()).hasSize(1);
    line("kill %1; exit 3");
    waitFor(() -> lookup("The shell has ended with status 3.").tryQuery().isPresent());
    clickOn("Log in again");
    waitFor(
        () ->
            pane() != null
                && workbench.scene().getFocusOwner() == pane()
                && seen().equals(PROMPT.strip()));
    assertThat(tabs().getTabs()).hasSize(1);
  }

  @Test
  void controlKeysSteerJobsAndTheWindowIsAsLargeAsProgramsSee() throws Exception {
    line("sleep 1000");
    waitFor(() -> find("sleep") != null);
    chord(KeyCode.CONTROL, KeyCode.Z);
    waitFor(() -> seen().contains("Stopped"));
    line("fg");
    waitFor(() -> find("sleep").state() == ProcessView.State.WAITING);
    chord(KeyCode.CONTROL, KeyCode.C);
    waitFor(() -> find("sleep") == null && seen().endsWith(PROMPT.strip()));

    line("echo one two three");
    waitFor(() -> seen().contains("\none two three\n"));
    type(KeyCode.UP);
    waitFor(() -> seen().endsWith(PROMPT + "echo one two three"));
    chord(KeyCode.CONTROL, KeyCode.C);

    line("stty size");
    waitFor(() -> Pattern.compile("\n\\d+ \\d+\n").matcher(seen()).find());
    var sizes = Pattern.compile("\n(\\d+) (\\d+)\n").matcher(seen());
    assertThat(sizes.find()).isTrue();
    assertThat(bridge.frame().view().terminals().getFirst().rows())
        .isEqualTo(Integer.parseInt(sizes.group(1)));
    assertThat(bridge.frame().view().terminals().getFirst().columns())
        .isEqualTo(Integer.parseInt(sizes.group(2)));
  }

  private void line(String text) {
    interact(
        () -> {
          Node at = workbench.scene().getFocusOwner();
          text.chars().forEach(c -> typed(at, Character.toString(c)));
        });
    type(KeyCode.ENTER);
  }

  private static void typed(Node at, String text) {
    at.fireEvent(
        new KeyEvent(
            KeyEvent.KEY_TYPED, text, text, KeyCode.UNDEFINED, false, false, false, false));
  }

  private void chord(KeyCode held, KeyCode key) {
    press(held).type(key).release(held);
    WaitForAsyncUtils.waitForFxEvents();
  }

  private ProcessView find(String program) {
    return bridge.frame().view().processes().stream()
        .filter(p -> p.program().equals(program) && p.isAlive())
        .findFirst()
        .orElse(null);
  }

  private TabPane tabs() {
    return lookup("#terminal-tabs").query();
  }

  private Node pane() {
    var tab = tabs().getSelectionModel().getSelectedItem();
    return tab == null ? null : tab.getContent().lookup(".terminal-pane");
  }

  private String seen() {
    return (String) pane().queryAccessibleAttribute(AccessibleAttribute.TEXT);
  }
}
