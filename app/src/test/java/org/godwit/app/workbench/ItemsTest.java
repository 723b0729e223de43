package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.godwit.app.bridge.LiveSession;
import org.godwit.app.bridge.RunState;
import org.godwit.app.palette.LaunchDialog;
import org.godwit.app.palette.LaunchRequest;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.scenario.LocalText;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Items of docs/checklist.md that nothing else drives: help, gear, empty panels, search by typing.
 */
class ItemsTest extends WindowTest {
  @Override
  WorkbenchStart beginning() throws Exception {
    Path settings = Files.createTempDirectory("godwit").resolve("workbench.properties");
    return scripted(settings, new LocalText("Three nodes", "3 つのノード"));
  }

  private boolean isSeen(String query) {
    return lookup(query).queryAll().stream().anyMatch(node -> node.isVisible() && in(node));
  }

  private static boolean in(Node node) {
    for (Node each = node; each != null; each = each.getParent()) {
      if (!each.isVisible()) {
        return false;
      }
    }
    return node.getScene() != null;
  }

  private String helpTitle() {
    return lookup(".help-title").queryAllAs(Label.class).stream()
        .filter(ItemsTest::in)
        .map(Label::getText)
        .findFirst()
        .orElse("");
  }

  @Test
  void f1OpensThePageOfThePanelWithTheKeyboardAndTheHelpIsSearched() throws Exception {
    settled(1);
    interact(() -> workbench.canvas().requestFocus());
    push(KeyCode.F1);
    waitFor(() -> helpTitle().equals("The canvas"));
    fire("window.moments");
    push(KeyCode.F1);
    waitFor(() -> helpTitle().equals("Finding moments"));
    interact(() -> lookup("#policy").query().requestFocus());
    push(KeyCode.F1);
    waitFor(() -> helpTitle().equals("Balancing policies"));
    clickOn("#help-search").write("cantmove goto");
    waitFor(() -> helpTitle().equals("Files of /proc"));
    // It follows the language.
    interact(() -> workbench.context().messages().languageProperty().set(Locale.JAPANESE));
    waitFor(() -> helpTitle().equals("/proc のファイル"));
  }

  @Test
  void theGearOffersTheViewOptionsOfThePanelInFront() throws Exception {
    settled(1);
    TableView<?> table = lookup("#process-table").query();
    long before = table.getVisibleLeafColumns().size();
    clickOn(gearOf("#process-table"));
    MenuItem columns = shownMenu().getItems().getFirst();
    assertThat(columns.getText()).isEqualTo("Columns");
    MenuItem first = ((Menu) columns).getItems().getFirst();
    assertThat(((CheckMenuItem) first).isSelected()).isTrue();
    interact(() -> ((CheckMenuItem) first).setSelected(false));
    assertThat(table.getVisibleLeafColumns()).hasSize((int) before - 1);
    interact(() -> shownMenu().hide());
  }

  /** The gear at the end of the row of tabs above or below a panel. */
  private Node gearOf(String panel) {
    Node inside = lookup(panel).query();
    for (Node each = inside; each != null; each = each.getParent()) {
      List<Node> gears =
          each.lookupAll(".context-button").stream().filter(Node::isVisible).toList();
      if (!gears.isEmpty()) {
        return gears.getFirst();
      }
    }
    throw new AssertionError("no gear at " + panel);
  }

  private static ContextMenu shownMenu() {
    return Window.getWindows().stream()
        .filter(ContextMenu.class::isInstance)
        .map(ContextMenu.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void emptyPanelsOfferWhatFillsThem() throws Exception {
    settled(1);
    interact(() -> workbench.context().selection().selectNode(2));
    fire("window.terminal");
    waitFor(() -> isSeen("#empty-terminal-open"));
    clickOn("#empty-terminal-open");
    // The make-believe cluster has no shells, but it was asked for one.
    List<CommandRecord> asked = new CopyOnWriteArrayList<>();
    waitFor(
        () -> {
          bridge.ask(LiveSession::commands, asked::addAll);
          return asked.stream()
              .anyMatch(
                  each -> each.command() instanceof Command.OpenTerminal of && of.node() == 2);
        });
    fire("window.notifications");
    waitFor(() -> isSeen("#empty-file-settings"));
    clickOn("#empty-file-settings");
    waitFor(() -> isSeen("#settings-search"));
  }

  @Test
  void everyTableIsSearchedByTyping() throws Exception {
    settled(1);
    fire("window.events");
    waitFor(() -> isSeen("#event-table"));
    TableView<?> events = lookup("#event-table").query();
    waitFor(() -> !events.getItems().isEmpty());
    int nodes = bridge.frame().view().nodes().size();
    interact(events::requestFocus);
    // An n on the canvas would add a node.
    write("node2");
    waitFor(() -> events.getSelectionModel().getSelectedIndex() >= 0);
    assertThat(isSeen(".speed-search")).isTrue();
    assertThat(bridge.frame().view().nodes()).hasSize(nodes);
    push(KeyCode.ESCAPE);
    waitFor(() -> !isSeen(".speed-search"));
  }

  @Test
  void aTipComesOnceAndIsGotRidOf() throws Exception {
    settled(1);
    assertThat(isSeen("#tip")).isFalse();
    interact(() -> workbench.settings().of(DeskSettings.TIPS).set("true"));
    interact(() -> workbench.context().verbs().submit(lockSpin()));
    waitFor(() -> isSeen("#tip-got-it"));
    clickOn("#tip-got-it");
    waitFor(() -> !isSeen("#tip"));
    assertThat(workbench.settings().get("tip.lock", "")).isEqualTo("seen");
    // There is still a lock, but no tip for it.
    for (int i = 0; i < 60; i++) {
      WaitForAsyncUtils.waitForFxEvents();
    }
    assertThat(isSeen("#tip")).isFalse();
  }

  private static Command lockSpin() {
    return new Command.SetLock(new ProcessRef.ById(new ProcessId(2, 2001)), true);
  }

  @Test
  void whatGoesOnInTheBackgroundIsGivenUpInTheStatusBar() throws Exception {
    settled(1);
    boolean[] cancelled = {false};
    Runnable[] end = {null};
    interact(
        () ->
            end[0] =
                workbench
                    .context()
                    .notices()
                    .begin(Problem.of("panel.export.busy"), () -> cancelled[0] = true));
    waitFor(() -> isSeen("#status-cancel"));
    clickOn("#status-cancel");
    assertThat(cancelled[0]).isTrue();
    interact(end[0]);
    waitFor(() -> !isSeen("#status-cancel"));
  }

  @Test
  void aNewerReleaseIsSaidQuietlyAndOnlyToWhoAsks() throws Exception {
    settled(1);
    fire("help.updates");
    assertThat(newestNotice()).isEqualTo("update.off");
    Path feed = Files.createTempDirectory("godwit").resolve("latest");
    Files.writeString(feed, "{\"tag_name\": \"v99.1\", \"html_url\": \"https://example.org/\"}");
    interact(() -> workbench.settings().of(DeskSettings.UPDATES).set(feed.toUri().toString()));
    assertThat(newestNotice()).as("a change asks nobody").isEqualTo("update.off");
    // As the next start does.
    interact(workbench::askForUpdates);
    waitFor(() -> newestNotice().equals("update.newer"));
    Files.writeString(feed, "nothing of use");
    interact(workbench::askForUpdates);
    fire("help.updates");
    waitFor(() -> newestNotice().equals("update.no-release"));
    // Who asked aloud hears of it; the start does not complain.
    assertThat(
            workbench.context().notices().notices().stream()
                .filter(notice -> notice.text().key().equals("update.no-release")))
        .hasSize(1);
  }

  private String newestNotice() {
    return workbench.context().notices().notices().isEmpty()
        ? ""
        : workbench.context().notices().notices().getFirst().text().key();
  }

  @Test
  void aProblemLeadsToItsNodeOnTheCanvasAndToItsMoment() throws Exception {
    settled(3);
    interact(() -> workbench.context().verbs().submit(new Command.CrashNode(3)));
    fire("window.problems");
    TableView<?> problems = lookup("#problems-list").query();
    waitFor(() -> !problems.getItems().isEmpty());
    long seen = bridge.frame().view().nanos();
    waitFor(() -> bridge.frame().view().nanos() > seen + 500_000_000L);
    interact(
        () -> {
          problems.getSelectionModel().select(0);
          problems.requestFocus();
        });
    push(KeyCode.ENTER);
    waitFor(() -> workbench.context().selection().nodes().equals(List.of(3)));
    waitFor(() -> bridge.frame().state() == RunState.PAST);
    assertThat(bridge.frame().view().nanos()).isLessThan(seen + 1);
  }

  @Test
  void lettersOfMenusAreUniqueInTheirMenu() throws Exception {
    settled(1);
    MenuBar bar = lookup(".menu-bar").query();
    letters("the menu bar", List.copyOf(bar.getMenus()));
    assertThat(bar.getMenus()).allMatch(menu -> letter(menu) != 0);
  }

  @Test
  void lettersOfDialogsAreUniqueAndLeadToEachField() throws Exception {
    settled(1);
    for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
      interact(() -> workbench.context().messages().languageProperty().set(language));
      Set<Character> launch =
          lettersOf(
              () ->
                  LaunchDialog.ask(
                      workbench.scene().getWindow(),
                      new LaunchRequest(1, "spin", List.of(), 1, false),
                      "node1",
                      workbench.context().messages(),
                      _ -> {},
                      _ -> {}),
              "#launch-count");
      assertThat(launch).contains('a', 'c', 'k', 'l');
      assertThat(
              lettersOf(
                  () -> workbench.context().actions().get("file.export").fire(), "#export-name"))
          .contains('n', 'f', 'c', 'e');
      assertThat(
              lettersOf(
                  () -> workbench.context().actions().get("help.about").fire(), "#about-copy"))
          .contains('c');
    }
  }

  /** Opens a dialog, takes the letters that are underlined in it, and closes it. */
  private Set<Character> lettersOf(Runnable open, String inside) throws Exception {
    interact(open);
    waitFor(() -> dialogWith(inside) != null);
    Set<Character> taken = new HashSet<>();
    interact(
        () -> {
          Window dialog = dialogWith(inside);
          for (Node node : dialog.getScene().getRoot().lookupAll("*")) {
            if (node instanceof Labeled labeled
                && labeled.isMnemonicParsing()
                && labeled.getText() != null) {
              int at = labeled.getText().indexOf('_');
              if (at >= 0) {
                char letter = Character.toLowerCase(labeled.getText().charAt(at + 1));
                assertThat(taken.add(letter)).as("only one %s in %s", letter, inside).isTrue();
              }
            }
          }
          dialog.hide();
        });
    return taken;
  }

  private Window dialogWith(String inside) {
    return Window.getWindows().stream()
        .filter(window -> window != workbench.scene().getWindow())
        .filter(window -> window.getScene() != null)
        .filter(window -> window.getScene().getRoot().lookup(inside) != null)
        .findFirst()
        .orElse(null);
  }

  private static void letters(String where, List<? extends MenuItem> items) {
    Set<Character> taken = new HashSet<>();
    List<Character> twice = new ArrayList<>();
    for (MenuItem item : items) {
      char letter = letter(item);
      if (letter != 0 && !taken.add(letter)) {
        twice.add(letter);
      }
      if (item instanceof Menu menu) {
        letters(where + ", " + menu.getText(), menu.getItems());
      }
    }
    assertThat(twice)
        .as(where + " has " + taken.stream().map(String::valueOf).collect(Collectors.joining()))
        .isEmpty();
  }

  private static char letter(MenuItem item) {
    String text = item.getText();
    int at = text == null || !item.isMnemonicParsing() ? -1 : text.indexOf('_');
    return at < 0 || at + 1 >= text.length() ? 0 : Character.toLowerCase(text.charAt(at + 1));
  }
}
