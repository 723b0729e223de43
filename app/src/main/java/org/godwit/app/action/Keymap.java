package org.godwit.app.action;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.ModifierValue;
import javafx.scene.input.KeyEvent;

/**
 * The shortcuts of all actions, as the user changed them. A change is kept as text: {@code
 * Shortcut+Shift+F}, or {@link #NONE} for an action that lost its shortcut. FX thread only.
 */
public final class Keymap {
  /** What is kept for an action without a shortcut. */
  public static final String NONE = "none";

  private final ActionList actions;
  private final BiConsumer<String, String> keep;

  /**
   * @param actions what can be done
   * @param keep keeps the text for an action's id; null for an action that has its usual shortcut
   */
  public Keymap(ActionList actions, BiConsumer<String, String> keep) {
    this.actions = actions;
    this.keep = keep;
  }

  /** Takes over what was kept; what cannot be read is as good as not kept. */
  public void restore(Map<String, String> kept) {
    for (Action action : actions.all()) {
      String text = kept.get(action.id());
      if (text != null) {
        parse(text).ifPresent(key -> action.keyProperty().set(key.orElse(null)));
      }
    }
  }

  private static Optional<Optional<KeyCombination>> parse(String text) {
    if (text.equals(NONE)) {
      return Optional.of(Optional.empty());
    }
    try {
      return Optional.of(Optional.of(KeyCombination.valueOf(text)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // The parser of JavaFX answers an empty text with the second.
      return Optional.empty();
    }
  }

  /** Gives an action another shortcut, or none for null. */
  public void assign(Action action, KeyCombination key) {
    action.keyProperty().set(key);
    boolean usual = key == null ? action.usualKey() == null : key.equals(action.usualKey());
    keep.accept(action.id(), usual ? null : key == null ? NONE : key.getName());
  }

  /** Gives an action its usual shortcut back. */
  public void reset(Action action) {
    assign(action, action.usualKey());
  }

  /** Whether the user changed an action's shortcut. */
  public static boolean isChanged(Action action) {
    return action.key() == null
        ? action.usualKey() != null
        : !action.key().equals(action.usualKey());
  }

  /** Other actions that have this shortcut. */
  public List<Action> conflicts(Action action, KeyCombination key) {
    return key == null
        ? List.of()
        : actions.all().stream()
            .filter(other -> other != action && key.equals(other.key()))
            .toList();
  }

  /** Does what the key stands for; false if it stands for nothing that can be done now. */
  public boolean fire(KeyEvent event) {
    for (Action action : actions.all()) {
      if (action.key() != null && action.key().match(event) && action.enabled().get()) {
        action.fire();
        return true;
      }
    }
    return false;
  }

  /** The shortcut that a key press stands for; empty for a modifier alone. */
  public static Optional<KeyCombination> pressed(KeyEvent event) {
    KeyCode code = event.getCode();
    if (code.isModifierKey() || code == KeyCode.UNDEFINED) {
      return Optional.empty();
    }
    // On macOS Shortcut is the Command key and Control one of its own.
    boolean separate = event.isControlDown() && !event.isShortcutDown();
    return Optional.of(
        new KeyCodeCombination(
            code,
            down(event.isShiftDown()),
            down(separate),
            down(event.isAltDown()),
            ModifierValue.UP,
            down(event.isShortcutDown())));
  }

  private static ModifierValue down(boolean isDown) {
    return isDown ? ModifierValue.DOWN : ModifierValue.UP;
  }
}
