package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodHighlight;
import javafx.scene.input.InputMethodTextRun;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.godwit.app.launch.WorkbenchDoor;
import org.godwit.app.panel.terminal.TerminalPane;
import org.godwit.model.command.Command;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.Assumptions;
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
  void theTerminalOfTheSelectedNodeComesToTheFront() throws Exception {
    clickOn(card(2));
    type(KeyCode.T);
    TabPane tabs = lookup("#terminal-tabs").query();
    waitFor(() -> tabs.getTabs().size() == 2 && front(tabs).startsWith("node2"));
    clickOn(card(1));
    waitFor(() -> front(tabs).startsWith("node1"));
    clickOn(card(3)); // Nobody has logged in there.
    waitFor(() -> workbench.context().selection().isNodeSelected(3));
    assertThat(front(tabs)).startsWith("node1");
  }

  private static String front(TabPane tabs) {
    return tabs.getSelectionModel().getSelectedItem().getText();
  }

  @Test
  void theSeedsWordsAreTypedAndTheCanvasShowsThem() throws Exception {
    Node pane = pane();
    long before = bridge.frame().view().nanos();
    line("echo hi");
    waitFor(() -> seen().contains("\nhi\n"));
    bridge.lookAt(before);
    waitFor(() -> !seen().contains("hi") && strip().startsWith("The screen as it was at"));
    line("in the past");
    bridge.lookAtPresent();
    waitFor(() -> seen().contains("\nhi") && strip().startsWith("Time stands"));
    assertThat(seen()).doesNotContain("in the past");
    assertThat(pane()).as("the tab and its terminal stay").isSameAs(pane);
    clickOn("#terminal-run");
    waitFor(() -> strip().isEmpty() && seen().endsWith("\nhi\n" + PROMPT.strip()));
    interact(pane::requestFocus);

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
    assertThat(strip()).endsWith(": spin");
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

  @Test
  void textIsComposedFoundCopiedAndAFullScreenProgramGivesTheScreenBack() throws Exception {
    Node pane = pane();
    interact(() -> compose("にほん", ""));
    interact(() -> compose("", "echo 日本語-word wor"));
    type(KeyCode.ENTER);
    waitFor(() -> seen().contains("\n日本語-word wor\n"));

    press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.F).release(KeyCode.SHIFT, KeyCode.CONTROL);
    waitFor(() -> workbench.scene().getFocusOwner() instanceof TextField);
    write("wor");
    waitFor(() -> lookup("#terminal-found").queryLabeled().getText().equals("4 of 4"));
    type(KeyCode.ENTER);
    assertThat(lookup("#terminal-found").queryLabeled().getText()).isEqualTo("3 of 4");
    type(KeyCode.ESCAPE);
    assertThat(workbench.scene().getFocusOwner()).isSameAs(pane);

    int row = (int) seen().lines().takeWhile(line -> !line.startsWith("日本語")).count();
    Point2D word = ((TerminalPane) pane).place(row, 4).add(1, 6);
    doubleClickOn(pane.localToScreen(word));
    press(KeyCode.CONTROL, KeyCode.SHIFT).type(KeyCode.C).release(KeyCode.SHIFT, KeyCode.CONTROL);
    assertThat(onFx(() -> "日本語-word".equals(Clipboard.getSystemClipboard().getString()))).isTrue();

    line("mtop");
    waitFor(() -> seen().contains("PID NODE STAT") && seen().contains("mtop"));
    assertThat(seen()).as("it has the screen alone").startsWith("node 1  up");
    typedHere("q");
    waitFor(() -> seen().endsWith(PROMPT + "mtop\n" + PROMPT.strip()));
    assertThat(seen()).contains("\n日本語-word wor\n").doesNotContain("PID NODE STAT");

    line("printf '\\033[?1000;1006h'; cat");
    waitFor(() -> find("cat") != null);
    clickOn(pane.localToScreen(((TerminalPane) pane).place(2, 4).add(1, 6)));
    waitFor(() -> seen().endsWith("^[[<0;5;3M^[[<0;5;3m"));
    chord(KeyCode.CONTROL, KeyCode.C);

    press(KeyCode.SHIFT).type(KeyCode.ESCAPE).release(KeyCode.SHIFT);
    waitFor(() -> workbench.scene().getFocusOwner() == workbench.canvas());
  }

  /** Somebody else's editor, unmodified; resources/build-real-programs.sh builds it. */
  @Test
  void aFullScreenEditorEditsAndFollowsTheSizeOfItsWindow() throws Exception {
    Path busybox = Path.of("../resources/target/real/busybox");
    Assumptions.assumeTrue(
        Files.exists(busybox), "no busybox: run resources/build-real-programs.sh (gcc, deb-src)");
    bridge.addProgram(
        "busybox",
        Files.readAllBytes(busybox),
        () -> bridge.submit(new Command.InstallProgram("busybox")));
    line("echo before; busybox vi poem");
    waitFor(() -> seen().startsWith("~\n~") || seen().startsWith("\n~"));
    typedHere("ifirst line");
    type(KeyCode.ENTER);
    typedHere("second");
    type(KeyCode.ENTER);
    typedHere("third");
    waitFor(() -> seen().startsWith("first line\nsecond\nthird\n~\n"));
    type(KeyCode.ESCAPE);
    waitFor(() -> lastSeen().startsWith("- poem"));
    typedHere("1GrF"); // first line, replace by F
    typedHere("jddp"); // down, delete the line, put it below
    waitFor(() -> seen().startsWith("First line\nthird\nsecond\n~\n"));
    type(KeyCode.UP);
    typedHere("A!");
    type(KeyCode.ESCAPE);
    waitFor(() -> seen().startsWith("First line\nthird!\nsecond\n~\n"));

    int rows = (int) seen().lines().count();
    interact(() -> workbench.scene().getWindow().setHeight(workbench.scene().getHeight() - 40));
    waitFor(() -> seen().lines().count() < rows && lastSeen().startsWith("- poem"));
    assertThat(seen()).startsWith("First line\nthird!\nsecond\n");
    assertThat(bridge.frame().view().terminals().getFirst().rows())
        .isEqualTo((int) seen().lines().count());

    typedHere(":wq");
    type(KeyCode.ENTER);
    waitFor(() -> seen().endsWith(PROMPT.strip()));
    assertThat(seen()).as("the screen is given back").contains("\nbefore\n").doesNotContain("~");
    line("cat poem; wc -l poem");
    waitFor(() -> seen().contains("\nFirst line\nthird!\nsecond\n3 poem\n"));
  }

  private String lastSeen() {
    return seen().lines().reduce((one, next) -> next).orElse("");
  }

  /** What an input method tells: what it is making, and what it has made. */
  private void compose(String making, String made) {
    List<InputMethodTextRun> runs =
        making.isEmpty()
            ? List.of()
            : List.of(new InputMethodTextRun(making, InputMethodHighlight.UNSELECTED_RAW));
    pane()
        .fireEvent(new InputMethodEvent(InputMethodEvent.INPUT_METHOD_TEXT_CHANGED, runs, made, 0));
  }

  private void typedHere(String text) {
    interact(() -> typed(workbench.scene().getFocusOwner(), text));
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

  private String strip() {
    return lookup(".terminal-strip .label").queryLabeled().getText();
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
