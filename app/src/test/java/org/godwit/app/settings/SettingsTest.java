package org.godwit.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import org.godwit.app.action.Action;
import org.godwit.app.action.ActionList;
import org.godwit.app.action.Keymap;
import org.godwit.app.text.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings are found, changed, marked, reset and kept. */
class SettingsTest {
  private static final Setting GRID = Setting.onOff("canvas.grid", "canvas", true);
  private static final Setting MOTION =
      Setting.choice("motion", "look", "auto", "auto", "full", "reduced");

  @TempDir private Path folder;

  private final ActionList actions = new ActionList();
  private final Messages messages = new Messages(Locale.ENGLISH);

  private SettingsViewModel model(SettingsStore store) {
    return new SettingsViewModel(
        store, List.of(MOTION, GRID), actions, new Keymap(actions, (_, _) -> {}), messages);
  }

  @Test
  void whatIsTypedFindsSettingsByAnyOfTheirWords() {
    SettingsViewModel model = model(SettingsStore.read(null));
    model.queryProperty().set("reduc");
    assertThat(model.settings()).containsExactly(MOTION);
    model.queryProperty().set("dots GRID");
    assertThat(model.settings()).containsExactly(GRID);
    messages.languageProperty().set(Locale.JAPANESE);
    model.queryProperty().set("格子");
    assertThat(model.settings()).containsExactly(GRID);
  }

  @Test
  void shortcutsAreFoundByNameAndKey() {
    Action lock =
        new Action(
            "process.lock", null, new KeyCodeCombination(KeyCode.L), Action.ALWAYS, () -> {});
    actions.add(lock);
    SettingsViewModel model = model(SettingsStore.read(null));
    model.queryProperty().set("unlock");
    assertThat(model.actions()).containsExactly(lock);
    model.queryProperty().set("nothing like it");
    assertThat(model.actions()).isEmpty();
  }

  @Test
  void aChangeIsMarkedAndResetTakesItBack() {
    SettingsStore store = SettingsStore.read(null);
    SettingsViewModel model = model(store);
    model.value(GRID).set("false");
    assertThat(model.isModified(GRID)).isTrue();
    assertThat(store.isOn(GRID)).isFalse();
    model.resetAll();
    assertThat(model.isModified(GRID)).isFalse();
    assertThat(store.isOn(GRID)).isTrue();
  }

  @Test
  void theNextStartFindsWhatWasSet() throws Exception {
    Path file = folder.resolve("new").resolve("workbench.properties");
    SettingsStore store = SettingsStore.read(file);
    for (int i = 0; i < 50; i++) {
      store.put("counted", Integer.toString(i));
    }
    store.of(MOTION).set("full");
    store.put("place", "日本 = x");
    store.put("gone", "x");
    store.put("gone", null);
    store.flush();
    SettingsStore next = SettingsStore.read(file);
    assertThat(next.get("counted", "")).isEqualTo("49");
    assertThat(next.of(MOTION).get()).isEqualTo("full");
    assertThat(next.get("place", "")).isEqualTo("日本 = x");
    assertThat(next.under("go")).isEmpty();
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aDamagedFileIsAsGoodAsNone() throws Exception {
    Path file = folder.resolve("workbench.properties");
    Files.writeString(file, "a=\\uZZZZ");
    assertThat(SettingsStore.read(file).get("a", "none")).isEqualTo("none");
  }

  @Test
  void whatIsChangedIsExportedAndTakenOverElsewhere() {
    Action lock =
        new Action(
            "process.lock", null, new KeyCodeCombination(KeyCode.L), Action.ALWAYS, () -> {});
    actions.add(lock);
    SettingsStore here = SettingsStore.read(null);
    here.of(GRID).set("false");
    here.put("key.process.lock", "X");
    String text = model(here).text();
    assertThat(text).contains("canvas.grid=false\n", "key.process.lock=X").doesNotContain("motion");
    SettingsStore there = SettingsStore.read(null);
    String odd = text + "motion=sideways\nnobody.knows=this\n";
    assertThat(model(there).take(odd)).isEqualTo(2);
    assertThat(there.of(GRID).get()).isEqualTo("false");
    assertThat(there.of(MOTION).get()).isEqualTo("auto");
    assertThat(lock.key()).isEqualTo(new KeyCodeCombination(KeyCode.X));
  }
}
