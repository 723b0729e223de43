package org.godwit.app.panel;

import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * Search by typing in a table or tree: letters collect, Backspace takes one back, Esc clears,
 * leaving the control clears. FX thread only.
 */
public final class SpeedSearch {
  private final ReadOnlyStringWrapper typed = new ReadOnlyStringWrapper(this, "typed", "");

  /**
   * Watches a control.
   *
   * @param control where is typed
   * @param find selects the best match for what is typed, which is not empty
   */
  public SpeedSearch(Node control, Consumer<String> find) {
    control.addEventFilter(
        KeyEvent.KEY_TYPED,
        event -> {
          String letter = event.getCharacter();
          boolean plain =
              !event.isControlDown()
                  && !event.isMetaDown()
                  && !event.isAltDown()
                  && letter.length() == 1
                  && letter.charAt(0) > ' '
                  && letter.charAt(0) != 127;
          if (plain) {
            typed.set(typed.get() + letter);
            find.accept(typed.get());
            event.consume();
          }
        });
    control.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (typed.get().isEmpty()) {
            return;
          }
          if (event.getCode() == KeyCode.ESCAPE) {
            typed.set("");
            event.consume();
          } else if (event.getCode() == KeyCode.BACK_SPACE) {
            typed.set(typed.get().substring(0, typed.get().length() - 1));
            if (!typed.get().isEmpty()) {
              find.accept(typed.get());
            }
            event.consume();
          }
        });
    control
        .focusedProperty()
        .subscribe(
            focused -> {
              if (!focused) {
                typed.set("");
              }
            });
  }

  /** What was typed so far. */
  public ReadOnlyStringProperty typed() {
    return typed.getReadOnlyProperty();
  }
}
