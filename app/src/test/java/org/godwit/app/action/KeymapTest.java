package org.godwit.app.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;

/** Shortcuts are changed, kept, taken away, and their conflicts named. */
class KeymapTest {
  private final ActionList actions = new ActionList();
  private final Map<String, String> kept = new HashMap<>();
  private final Keymap keymap = new Keymap(actions, (id, text) -> kept.compute(id, (_, _) -> text));
  private int fired;

  private final Action run = add("run", new KeyCodeCombination(KeyCode.SPACE));
  private final Action lock = add("lock", new KeyCodeCombination(KeyCode.L));

  private Action add(String id, KeyCombination key) {
    Action action = new Action(id, null, key, Action.ALWAYS, () -> fired++);
    actions.add(action);
    return action;
  }

  private static KeyEvent press(KeyCode code, boolean shift) {
    return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, false, false, false);
  }

  @Test
  void aChangedShortcutIsKeptAndFound() {
    KeyCombination wanted = Keymap.pressed(press(KeyCode.F5, true)).orElseThrow();
    keymap.assign(run, wanted);
    assertThat(keymap.fire(press(KeyCode.SPACE, false))).isFalse();
    assertThat(keymap.fire(press(KeyCode.F5, true))).isTrue();
    assertThat(fired).isEqualTo(1);
    Keymap next = new Keymap(actions, (_, _) -> {});
    keymap.reset(run);
    assertThat(kept).doesNotContainKey("run");
    next.restore(Map.of("run", wanted.getName(), "lock", Keymap.NONE, "gone", "X"));
    assertThat(run.key()).isEqualTo(wanted);
    assertThat(lock.key()).isNull();
    assertThat(Keymap.isChanged(lock)).isTrue();
  }

  @Test
  void conflictsAreNamed() {
    assertThat(keymap.conflicts(run, lock.key())).containsExactly(lock);
    assertThat(keymap.conflicts(run, run.key())).isEmpty();
    assertThat(keymap.conflicts(run, null)).isEmpty();
  }

  @Test
  void nonsenseInTheFileLeavesTheUsualShortcut() {
    keymap.restore(Map.of("run", "Shift+++", "lock", ""));
    assertThat(run.key()).isEqualTo(run.usualKey());
    assertThat(lock.key()).isEqualTo(lock.usualKey());
  }

  @Test
  void aModifierAloneIsNoShortcut() {
    assertThat(Keymap.pressed(press(KeyCode.SHIFT, true))).isEmpty();
  }
}
