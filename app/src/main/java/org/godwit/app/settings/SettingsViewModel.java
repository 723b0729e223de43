package org.godwit.app.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.godwit.app.action.Action;
import org.godwit.app.action.ActionList;
import org.godwit.app.action.Keymap;
import org.godwit.app.text.Messages;

/**
 * The settings and shortcuts that match what was typed, and which of them are changed. FX thread
 * only.
 */
public final class SettingsViewModel {
  /** Before the names of shortcuts in the store. */
  private static final String KEY = "key.";

  private final SettingsStore store;
  private final List<Setting> settings;
  private final ActionList actions;
  private final Keymap keymap;
  private final Messages messages;
  private final StringProperty query = new SimpleStringProperty(this, "query", "");
  private final ObservableList<Setting> shown = FXCollections.observableArrayList();
  private final ObservableList<Action> shownActions = FXCollections.observableArrayList();

  /**
   * @param store where the values are
   * @param settings what can be set, in the order of the page
   * @param actions what can have a shortcut
   * @param keymap the shortcuts
   * @param messages the window's texts
   */
  public SettingsViewModel(
      SettingsStore store,
      List<Setting> settings,
      ActionList actions,
      Keymap keymap,
      Messages messages) {
    this.store = store;
    this.settings = List.copyOf(settings);
    this.actions = actions;
    this.keymap = keymap;
    this.messages = messages;
    query.subscribe(_ -> filter());
    messages.languageProperty().subscribe(_ -> filter());
  }

  private void filter() {
    String typed = query.get() == null ? "" : query.get().strip().toLowerCase(Locale.ROOT);
    String[] words = typed.split("\\s+");
    shown.setAll(settings.stream().filter(setting -> matches(text(setting), words)).toList());
    shownActions.setAll(
        actions.all().stream().filter(action -> matches(text(action), words)).toList());
  }

  private static boolean matches(String text, String[] words) {
    return Stream.of(words).allMatch(text.toLowerCase(Locale.ROOT)::contains);
  }

  private String text(Setting setting) {
    List<String> parts = new ArrayList<>(List.of(label(setting), about(setting), setting.id()));
    setting.choices().forEach(choice -> parts.add(choiceWord(setting, choice)));
    return String.join(" ", parts);
  }

  private String text(Action action) {
    return messages.of(action.labelKey())
        + " "
        + action.id()
        + " "
        + action.keyText()
        + " "
        + messages.of("settings.group.keys");
  }

  /** What is changed, as text that {@link #take} takes, here or on another computer. */
  public String text() {
    StringBuilder text = new StringBuilder("# Godwit settings\n");
    for (Setting setting : settings) {
      String value = store.of(setting).get();
      if (!value.equals(setting.initial())) {
        text.append(setting.id()).append('=').append(value).append('\n');
      }
    }
    new TreeMap<>(store.under(KEY))
        .forEach((id, key) -> text.append(KEY).append(id).append('=').append(key).append('\n'));
    return text.toString();
  }

  /**
   * Takes over settings and shortcuts; what is unknown or impossible here is passed over.
   *
   * @param text lines of {@code name=value}
   * @return how many were taken
   */
  public int take(String text) {
    int taken = 0;
    Map<String, String> keys = new TreeMap<>();
    for (String line : text.lines().toList()) {
      int sign = line.indexOf('=');
      if (line.startsWith("#") || sign < 0) {
        continue;
      }
      String name = line.substring(0, sign).strip();
      String value = line.substring(sign + 1).strip();
      if (name.startsWith(KEY) && actions.find(name.substring(KEY.length())).isPresent()) {
        keys.put(name.substring(KEY.length()), value);
        store.put(name, value);
      }
      for (Setting setting : settings) {
        if (setting.id().equals(name) && setting.allows(value)) {
          store.of(setting).set(value);
          taken++;
        }
      }
    }
    keymap.restore(keys);
    return taken + keys.size();
  }

  /** What was typed into the search field. */
  public StringProperty queryProperty() {
    return query;
  }

  /** Settings that match. */
  public ObservableList<Setting> settings() {
    return shown;
  }

  /** Actions that match, for their shortcuts. */
  public ObservableList<Action> actions() {
    return shownActions;
  }

  /** The shortcuts. */
  public Keymap keymap() {
    return keymap;
  }

  /** The value of a setting, as text. */
  public StringProperty value(Setting setting) {
    return store.of(setting);
  }

  /** Name of a setting in the window's language. */
  public String label(Setting setting) {
    return messages.of("setting." + setting.id());
  }

  /** What a setting does, in a sentence; may be empty. */
  public String about(Setting setting) {
    String key = "setting." + setting.id() + ".about";
    return messages.has(key) ? messages.of(key) : "";
  }

  /** The word for a choice. */
  public String choiceWord(Setting setting, String choice) {
    String key = "setting." + setting.id() + "." + choice;
    return messages.has(key) ? messages.of(key) : choice;
  }

  /** Whether a setting differs from its initial value. */
  public boolean isModified(Setting setting) {
    return !setting.initial().equals(store.of(setting).get());
  }

  /** Gives a setting its initial value back. */
  public void reset(Setting setting) {
    store.of(setting).set(setting.initial());
  }

  /** Gives everything its initial value and shortcut back. */
  public void resetAll() {
    settings.forEach(this::reset);
    actions.all().forEach(keymap::reset);
    filter();
  }
}
