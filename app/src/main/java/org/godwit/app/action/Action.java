package org.godwit.app.action;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.Ikon;

/**
 * One thing the window can do. Its label is the message {@code action.} + id. FX thread only.
 *
 * <p>The shortcut may be changed by the user ({@link Keymap}); everything that shows it listens to
 * {@link #keyProperty}.
 */
public final class Action {
  /** An observable that is always true. */
  public static final ObservableBooleanValue ALWAYS =
      new ReadOnlyBooleanWrapper(true).getReadOnlyProperty();

  private final String id;
  private final Ikon icon;
  private final KeyCombination usualKey;
  private final ObjectProperty<KeyCombination> key;
  private final ObservableBooleanValue enabled;
  private final Runnable handler;
  private final String reasonKey;

  /**
   * @param id stable name, e.g. {@code run.toggle}
   * @param icon picture in toolbar and menu, or null
   * @param key usual shortcut, or null
   * @param enabled whether it can be done now
   * @param handler does it, on the FX thread
   */
  public Action(
      String id, Ikon icon, KeyCombination key, ObservableBooleanValue enabled, Runnable handler) {
    this(id, icon, key, enabled, handler, "unavailable.now");
  }

  /**
   * @param id stable name, e.g. {@code run.toggle}
   * @param icon picture in toolbar and menu, or null
   * @param key usual shortcut, or null
   * @param enabled whether it can be done now
   * @param handler does it, on the FX thread
   * @param reasonKey message that says why it cannot be done while {@code enabled} is false
   */
  public Action(
      String id,
      Ikon icon,
      KeyCombination key,
      ObservableBooleanValue enabled,
      Runnable handler,
      String reasonKey) {
    this.id = id;
    this.icon = icon;
    this.usualKey = key;
    this.key = new SimpleObjectProperty<>(this, "key", key);
    this.enabled = enabled;
    this.handler = handler;
    this.reasonKey = reasonKey;
  }

  /** Stable name. */
  public String id() {
    return id;
  }

  /** Picture, or null. */
  public Ikon icon() {
    return icon;
  }

  /** The shortcut now, or null. */
  public KeyCombination key() {
    return key.get();
  }

  /** The shortcut now as this computer writes it; empty if there is none. */
  public String keyText() {
    return key.get() == null ? "" : key.get().getDisplayText();
  }

  /** The shortcut it comes with, or null. */
  public KeyCombination usualKey() {
    return usualKey;
  }

  /** The shortcut; null is none. */
  public ObjectProperty<KeyCombination> keyProperty() {
    return key;
  }

  /** Whether it can be done now. */
  public ObservableBooleanValue enabled() {
    return enabled;
  }

  /** Message that says why it cannot be done while it is not enabled. */
  public String reasonKey() {
    return reasonKey;
  }

  /** Message key of its label; an action that opens a panel is called like the panel. */
  public String labelKey() {
    return id.startsWith("window.") ? id : "action." + id;
  }

  /** Does it, if it can be done now. */
  public void fire() {
    if (enabled.get()) {
      handler.run();
    }
  }
}
