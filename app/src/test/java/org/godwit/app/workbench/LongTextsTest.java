package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.godwit.app.palette.LaunchDialog;
import org.godwit.app.palette.LaunchRequest;
import org.godwit.app.text.Messages;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.scenario.LocalText;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/** With texts two fifths longer than the English ones, nothing that is read is cut off. */
class LongTextsTest extends WindowTest {
  private static final ProcessId SPIN = new ProcessId(2, 2001);

  private final Map<String, List<String>> cut = new LinkedHashMap<>();

  @Override
  WorkbenchStart beginning() throws Exception {
    Path settings = Files.createTempDirectory("godwit").resolve("workbench.properties");
    return scripted(settings, new LocalText("Three nodes", "3 つのノード"));
  }

  private void speakAtLength() throws Exception {
    settled(1);
    interact(
        () -> {
          // Something to be read in the panels that list what happens.
          workbench.context().verbs().submit(new Command.SetLock(ref(), true));
          workbench.context().verbs().migrate(List.of(SPIN), 3);
          workbench.context().verbs().submit(new Command.CrashNode(1));
          workbench.context().messages().languageProperty().set(Messages.PSEUDO);
        });
    waitFor(() -> where(SPIN) == 3);
  }

  private static ProcessRef ref() {
    return new ProcessRef.ById(SPIN);
  }

  @Test
  void noPanelCutsItsTextsOff() throws Exception {
    speakAtLength();
    for (ToolWindow window : workbench.windows()) {
      for (boolean isNode : new boolean[] {true, false}) {
        interact(() -> choose(isNode));
        fire(window.titleKey());
        collect(window.id() + (isNode ? ", a node" : ", a process"), workbench.scene().getRoot());
      }
    }
    assertThat(cut).isEmpty();
  }

  private void choose(boolean isNode) {
    if (isNode) {
      workbench.context().selection().selectNode(3);
    } else {
      workbench.context().selection().select(SPIN);
    }
  }

  @Test
  void noEditorOverlayOrDialogCutsItsTextsOff() throws Exception {
    speakAtLength();
    for (String action : List.of("file.settings", "help.contents")) {
      fire(action);
      collect(action, workbench.scene().getRoot());
    }
    for (String action : List.of("perspective.teach", "perspective.program")) {
      fire(action);
      collect(action, workbench.scene().getRoot());
    }
    fire("perspective.analyse");
    fire("help.tour");
    collect("tour", workbench.scene().getRoot());
    fire("help.welcome");
    collect("welcome", workbench.scene().getRoot());
    fire("help.search");
    collect("search", workbench.scene().getRoot());
    for (String action : List.of("help.about", "file.export")) {
      dialog(action, () -> workbench.context().actions().get(action).fire());
    }
    dialog(
        "launch",
        () ->
            LaunchDialog.ask(
                workbench.scene().getWindow(),
                new LaunchRequest(1, "spin", List.of(), 1, false),
                "node1",
                workbench.context().messages(),
                (Dialog<?> it) -> workbench.context().theme().dress(it.getDialogPane()),
                _ -> {}));
    assertThat(cut).isEmpty();
  }

  private void dialog(String name, Runnable open) throws Exception {
    interact(open);
    waitFor(() -> dialog() != null);
    collect(name, dialog().getScene().getRoot());
    interact(() -> dialog().hide());
  }

  private Window dialog() {
    return Window.getWindows().stream()
        .filter(each -> each instanceof Stage && each != workbench.scene().getWindow())
        .findFirst()
        .orElse(null);
  }

  private void collect(String where, Parent root) {
    WaitForAsyncUtils.waitForFxEvents();
    interact(
        () -> {
          root.applyCss();
          root.layout();
          List<String> found = new ArrayList<>();
          collect(root, found);
          if (!found.isEmpty()) {
            cut.put(where, found);
          }
        });
  }

  /** Texts in sight that are not shown whole and have no tooltip that shows them. */
  private static void collect(Node node, List<String> found) {
    if (!node.isVisible() || node.getStyleClass().contains("cluster-canvas")) {
      return; // On the canvas the zoom decides.
    }
    if (node instanceof IndexedCell<?> cell && (cell.isEmpty() || cell.getIndex() < 0)) {
      return;
    }
    if (node instanceof Labeled labeled
        && isCut(labeled)
        && !tells(labeled.getTooltip(), labeled)
        && !(labeled.getParent() instanceof ComboBox<?> box && box.getTooltip() != null)
        && !labeled.getStyleClass().contains("context-button") // Its shape is shown, a gear.
        && labeled.getText() != null
        && !labeled.getText().isBlank()) {
      found.add(
          labeled.getText()
              + " "
              + labeled.getStyleClass()
              + " "
              + Math.round(labeled.getWidth())
              + "/"
              + Math.round(labeled.prefWidth(-1)));
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
    }
  }

  private static boolean tells(Tooltip tip, Labeled labeled) {
    return tip != null
        && tip.getText() != null
        && labeled.getText() != null
        && tip.getText().contains(labeled.getText());
  }

  private static boolean isCut(Labeled labeled) {
    return labeled.isWrapText()
        ? labeled.getHeight() + 1 < labeled.prefHeight(labeled.getWidth())
        : labeled.getWidth() + 1 < labeled.prefWidth(-1) && labeled.getWidth() > 0;
  }
}
