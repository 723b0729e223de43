package org.godwit.app.action;

import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.Ikon;

/**
 * One thing the window can do.
 *
 * @param id stable name, e.g. {@code run.toggle}; its label is the message {@code action.} + id
 * @param icon picture in toolbar and menu, or null
 * @param key shortcut, or null
 * @param enabled whether it can be done now
 * @param handler does it, on the FX thread
 */
public record Action(
    String id, Ikon icon, KeyCombination key, ObservableBooleanValue enabled, Runnable handler) {
  /** An observable that is always true. */
  public static final ObservableBooleanValue ALWAYS =
      new ReadOnlyBooleanWrapper(true).getReadOnlyProperty();

  /** Message key of its label. */
  public String labelKey() {
    return "action." + id;
  }

  /** Does it, if it can be done now. */
  public void fire() {
    if (enabled.get()) {
      handler.run();
    }
  }
}
