package org.godwit.app.workbench;

import java.util.List;
import javafx.scene.control.TextInputDialog;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.godwit.app.action.Action;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/** What can be done to panels and their arrangement. FX thread only. */
final class PanelActions {
  private final WorkbenchContext context;
  private final DockArea dock;
  private final Arrangement arrangement;
  private final List<ToolWindow> windows;

  PanelActions(
      WorkbenchContext context, DockArea dock, Arrangement arrangement, List<ToolWindow> windows) {
    this.context = context;
    this.dock = dock;
    this.arrangement = arrangement;
    this.windows = windows;
  }

  /** Adds all to the window's list. */
  void declare() {
    action(
        "view.canvasonly",
        Feather.MAXIMIZE_2,
        Keys.ctrlShift(KeyCode.F12),
        dock::toggleEditorsOnly);
    action("view.maximise", null, Keys.ctrl(KeyCode.M), this::maximiseFocused);
    action("view.detach", Feather.EXTERNAL_LINK, Keys.ctrlShift(KeyCode.M), this::detachFocused);
    action("view.nextpanel", null, Keys.key(KeyCode.F6), () -> cycle(1));
    action("view.previouspanel", null, Keys.shift(KeyCode.F6), () -> cycle(-1));
    for (Perspective each : Perspective.values()) {
      action("perspective." + each.token(), null, null, () -> arrangement.open(each));
    }
    action("perspective.reset", Feather.ROTATE_CCW, null, arrangement::reset);
    action("perspective.keep", null, null, this::keepArrangement);
    declareWindows();
  }

  /** Alt and a digit open the panels, in their order; the rest have no shortcut at first. */
  private void declareWindows() {
    int number = 0;
    for (ToolWindow window : windows) {
      number++;
      action(
          window.titleKey(),
          window.icon(),
          number > 9 ? null : Keys.alt(KeyCode.getKeyCode(Integer.toString(number))),
          () -> {
            dock.show(window.id());
            dock.focus(window.id());
          });
    }
  }

  private void action(String id, Ikon icon, KeyCombination key, Runnable handler) {
    context.actions().add(new Action(id, icon, key, Action.ALWAYS, handler));
  }

  private void maximiseFocused() {
    dock.toggleMaximised(dock.focused().orElse("canvas"));
  }

  private void detachFocused() {
    dock.focused()
        .ifPresent(
            id -> {
              if (dock.isDetached(id)) {
                dock.reattach(id);
              } else {
                dock.detach(id);
              }
              dock.focus(id);
            });
  }

  /** The keyboard goes to the next panel in sight. */
  private void cycle(int step) {
    List<String> seen = dock.inSight();
    int at = dock.focused().map(seen::indexOf).orElse(-1);
    for (int i = 1; i <= seen.size(); i++) {
      if (dock.focus(seen.get(Math.floorMod(at + i * step, seen.size())))) {
        return;
      }
    }
  }

  private void keepArrangement() {
    Messages messages = context.messages();
    TextInputDialog ask = new TextInputDialog();
    ask.initOwner(context.desk().window());
    ask.setTitle(messages.of("action.perspective.keep"));
    ask.setHeaderText(null);
    ask.setGraphic(null);
    ask.setContentText(messages.of("perspective.name"));
    context.theme().dress(ask.getDialogPane());
    ask.showAndWait()
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .ifPresent(arrangement::keepAs);
  }
}
