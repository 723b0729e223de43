package org.godwit.app.workbench;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;
import org.godwit.app.action.ActionList;
import org.godwit.app.action.Keymap;

/**
 * Shortcuts, after whoever has the keyboard has let the key pass. Plain letters are shortcuts, but
 * never while somebody types; Esc leads back to the canvas. FX thread only.
 */
final class KeyRoute {
  private final Keymap keymap;
  private final ActionList actions;
  private final DockArea dock;
  private final Node canvas;

  KeyRoute(Keymap keymap, ActionList actions, DockArea dock, Node canvas) {
    this.keymap = keymap;
    this.actions = actions;
    this.dock = dock;
    this.canvas = canvas;
  }

  void listen(Scene scene) {
    scene.addEventHandler(KeyEvent.KEY_PRESSED, e -> take(e, scene.getFocusOwner()));
  }

  private void toCanvas() {
    Window window = canvas.getScene() == null ? null : canvas.getScene().getWindow();
    if (window != null && !window.isFocused()) {
      window.requestFocus(); // A panel has a window of its own.
    }
    if (canvas.getScene() != null) {
      canvas.requestFocus();
    } else {
      dock.focusEditor(); // Another is in front.
    }
  }

  private void take(KeyEvent e, Node focused) {
    boolean plain = !e.isShortcutDown() && !e.isAltDown();
    if (plain && isTyping(focused) && !isFunctionKey(e)) {
      e.consume();
    } else if (keymap.fire(e)) {
      e.consume();
    } else if (e.getCode() == KeyCode.TAB && e.isControlDown()) {
      // As F6; what has tabs of its own, like the terminals, takes it before.
      actions.get(e.isShiftDown() ? "view.previouspanel" : "view.nextpanel").fire();
      e.consume();
    } else if (e.getCode() == KeyCode.ESCAPE) {
      if (dock.isMaximised()) {
        dock.restore();
      }
      toCanvas();
      e.consume();
    }
  }

  private static boolean isTyping(Node focused) {
    return focused instanceof TextInputControl
        || (focused != null && Boolean.TRUE.equals(focused.getProperties().get(Desk.TYPING)));
  }

  private static boolean isFunctionKey(KeyEvent e) {
    return e.getCode().isFunctionKey() || e.getCode() == KeyCode.ESCAPE;
  }
}
