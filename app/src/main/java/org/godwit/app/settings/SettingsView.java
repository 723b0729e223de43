package org.godwit.app.settings;

import java.io.File;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import javafx.util.StringConverter;
import javafx.util.Subscription;
import org.godwit.app.action.Action;
import org.godwit.app.action.Keymap;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The page of settings: a search field, a row per setting with a mark if it is changed and a button
 * that resets it, and a row per action with its shortcut. Everything takes effect at once. FX
 * thread only.
 */
public final class SettingsView extends BorderPane {
  private static final PseudoClass MODIFIED = PseudoClass.getPseudoClass("modified");

  private final SettingsViewModel model;
  private final Messages messages;
  private final VBox rows = new VBox();
  private final Label outcome = new Label();
  private final Supplier<Window> owner;

  /** What the rows on show listen to; let go when they are replaced. */
  private final List<Subscription> open = new ArrayList<>();

  /**
   * A page over {@code model}.
   *
   * @param owner whose dialogs choose files
   */
  public SettingsView(SettingsViewModel model, Messages messages, Supplier<Window> owner) {
    this.model = model;
    this.owner = owner;
    this.messages = messages;
    getStyleClass().add("settings-view");
    setId("settings");
    TextField search = new TextField();
    search.setId("settings-search");
    search.promptTextProperty().bind(messages.binding("settings.search"));
    search.textProperty().bindBidirectional(model.queryProperty());
    search.setOnKeyPressed(
        e -> {
          if (e.getCode() == KeyCode.ESCAPE && !search.getText().isEmpty()) {
            search.clear();
            e.consume();
          }
        });
    HBox.setHgrow(search, Priority.ALWAYS);
    Button reset = new Button();
    reset.setId("settings-reset-all");
    reset.textProperty().bind(messages.binding("settings.reset.all"));
    reset.setOnAction(
        _ -> {
          model.resetAll();
          fill();
        });
    Button export = new Button();
    export.setId("settings-export");
    export.textProperty().bind(messages.binding("settings.export"));
    export.setOnAction(_ -> exportSettings());
    Button take = new Button();
    take.setId("settings-import");
    take.textProperty().bind(messages.binding("settings.import"));
    take.setOnAction(_ -> importSettings());
    for (Button each : List.of(reset, export, take)) {
      each.setMinWidth(USE_PREF_SIZE);
    }
    outcome.setWrapText(true);
    outcome.getStyleClass().add("settings-outcome");
    outcome.managedProperty().bind(outcome.textProperty().isNotEmpty());
    HBox buttons = new HBox(8, search, reset, export, take);
    VBox head = new VBox(6, buttons, outcome);
    head.getStyleClass().add("settings-head");
    setTop(head);
    rows.getStyleClass().add("settings-rows");
    ScrollPane scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("settings-scroll");
    setCenter(scroll);
    model.settings().addListener((ListChangeListener<Setting>) _ -> fill());
    model.actions().addListener((ListChangeListener<Action>) _ -> fill());
    fill();
  }

  private FileChooser chooser(String key) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(messages.of(key));
    chooser.setInitialFileName("godwit-settings.properties");
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter(messages.of("settings.kind"), "*.properties"));
    return chooser;
  }

  private void exportSettings() {
    File chosen = chooser("settings.export").showSaveDialog(owner.get());
    if (chosen != null) {
      String text = model.text();
      beside(
          chosen,
          () -> {
            Files.writeString(chosen.toPath(), text);
            return () -> messages.of("settings.exported", chosen.toString());
          });
    }
  }

  private void importSettings() {
    File chosen = chooser("settings.import").showOpenDialog(owner.get());
    if (chosen != null) {
      beside(
          chosen,
          () -> {
            String text = Files.readString(chosen.toPath());
            return () -> {
              int taken = model.take(text);
              fill();
              return messages.of("settings.imported", taken);
            };
          });
    }
  }

  /** Touches the file on a thread of its own and says how it went. */
  private void beside(File file, Callable<Supplier<String>> work) {
    Thread.ofVirtual()
        .start(
            () -> {
              Supplier<String> words;
              try {
                words = work.call();
              } catch (Exception e) {
                words = () -> messages.of("settings.unreadable", file.toString(), e.getMessage());
              }
              Supplier<String> told = words;
              Platform.runLater(() -> outcome.setText(told.get()));
            });
  }

  private void fill() {
    open.forEach(Subscription::unsubscribe);
    open.clear();
    List<Node> all = new ArrayList<>();
    String group = "";
    for (Setting setting : model.settings()) {
      if (!setting.group().equals(group)) {
        group = setting.group();
        all.add(title("settings.group." + group));
      }
      all.add(row(setting));
    }
    if (!model.actions().isEmpty()) {
      all.add(title("settings.group.keys"));
      model.actions().forEach(action -> all.add(row(action)));
    }
    if (all.isEmpty()) {
      Label nothing = new Label(messages.of("search.nothing"));
      nothing.getStyleClass().add("empty-text");
      all.add(nothing);
    }
    rows.getChildren().setAll(all);
  }

  private Label title(String key) {
    Label title = new Label(messages.of(key));
    title.getStyleClass().addAll("settings-title", "strong");
    return title;
  }

  private Node row(Setting setting) {
    Label label = new Label(model.label(setting));
    label.getStyleClass().add("settings-label");
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    VBox words = new VBox(label);
    String about = model.about(setting);
    if (!about.isEmpty()) {
      Label second = new Label(about);
      second.getStyleClass().add("settings-about");
      second.setWrapText(true);
      words.getChildren().add(second);
    }
    Region control = control(setting);
    control.setId(id("setting-", setting.id()));
    control.setAccessibleText(model.label(setting));
    label.setLabelFor(control);
    Button reset = resetButton(() -> model.reset(setting));
    HBox row = line(words, control, reset);
    open.add(
        model
            .value(setting)
            .subscribe(
                _ -> {
                  boolean modified = model.isModified(setting);
                  row.pseudoClassStateChanged(MODIFIED, modified);
                  reset.setVisible(modified);
                }));
    return row;
  }

  /** A name that a selector can ask for: a dot would begin a style class there. */
  private static String id(String prefix, String name) {
    return prefix + name.replace('.', '-');
  }

  private Region control(Setting setting) {
    var value = model.value(setting);
    return switch (setting.kind()) {
      case SWITCH -> {
        CheckBox box = new CheckBox();
        open.add(value.subscribe(now -> box.setSelected(Boolean.parseBoolean(now))));
        box.setOnAction(_ -> value.set(Boolean.toString(box.isSelected())));
        yield box;
      }
      case CHOICE -> {
        ComboBox<String> box = new ComboBox<>();
        box.getStyleClass().add("bar-box");
        box.getItems().setAll(setting.choices());
        box.setConverter(
            new StringConverter<>() {
              @Override
              public String toString(String choice) {
                return choice == null ? "" : model.choiceWord(setting, choice);
              }

              @Override
              public String fromString(String typed) {
                throw new UnsupportedOperationException("not editable");
              }
            });
        box.valueProperty().bindBidirectional(value);
        yield box;
      }
      case COMMAND, ADDRESS -> {
        TextField field = new TextField();
        boolean isCommand = setting.kind() == Setting.Kind.COMMAND;
        field
            .promptTextProperty()
            .bind(
                messages.binding(
                    isCommand ? "settings.command.prompt" : "settings.address.prompt"));
        field.textProperty().bindBidirectional(value);
        field.setPrefColumnCount(28);
        yield field;
      }
    };
  }

  private Node row(Action action) {
    Label label = new Label(messages.of(action.labelKey()));
    label.getStyleClass().add("settings-label");
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    Label warning = new Label();
    warning.getStyleClass().add("settings-warning");
    warning.setGraphic(new FontIcon(Feather.ALERT_TRIANGLE));
    VBox words = new VBox(label, warning);
    TextField keys = new TextField();
    keys.setEditable(false);
    keys.setPrefColumnCount(14);
    keys.getStyleClass().add("mono");
    keys.setId(id("key-", action.id()));
    keys.promptTextProperty().bind(messages.binding("settings.keys.none"));
    Tooltip tip = new Tooltip();
    tip.textProperty().bind(messages.binding("settings.keys.about"));
    keys.setTooltip(tip);
    keys.setAccessibleText(messages.of(action.labelKey()));
    keys.addEventFilter(KeyEvent.KEY_PRESSED, e -> type(action, e));
    label.setLabelFor(keys);
    Button reset = resetButton(() -> model.keymap().reset(action));
    HBox row = line(words, keys, reset);
    open.add(
        action
            .keyProperty()
            .subscribe(
                key -> {
                  keys.setText(key == null ? "" : key.getDisplayText());
                  boolean changed = Keymap.isChanged(action);
                  row.pseudoClassStateChanged(MODIFIED, changed);
                  reset.setVisible(changed);
                  warn(action, key, warning);
                }));
    return row;
  }

  /** A key press in the field is the new shortcut; Backspace and Delete alone take it away. */
  private void type(Action action, KeyEvent e) {
    if (e.getCode() == KeyCode.TAB || e.getCode() == KeyCode.ESCAPE) {
      return;
    }
    e.consume();
    boolean plain = !e.isShortcutDown() && !e.isAltDown() && !e.isShiftDown();
    if (plain && (e.getCode() == KeyCode.BACK_SPACE || e.getCode() == KeyCode.DELETE)) {
      model.keymap().assign(action, null);
    } else {
      Keymap.pressed(e).ifPresent(key -> model.keymap().assign(action, key));
    }
    model.actions().forEach(other -> refreshWarning(other));
  }

  private void refreshWarning(Action action) {
    Node field = lookup("#" + id("key-", action.id()));
    if (field != null && field.getParent() != null) {
      field.getParent().lookupAll(".settings-warning").stream()
          .map(Label.class::cast)
          .forEach(label -> warn(action, action.key(), label));
    }
  }

  private void warn(Action action, KeyCombination key, Label warning) {
    List<Action> others = model.keymap().conflicts(action, key);
    warning.setVisible(!others.isEmpty());
    warning.setManaged(!others.isEmpty());
    warning.setText(
        others.isEmpty()
            ? ""
            : messages.of(
                "settings.keys.conflict",
                others.stream()
                    .map(other -> messages.of(other.labelKey()))
                    .collect(Collectors.joining(", "))));
  }

  private Button resetButton(Runnable reset) {
    Button button = new Button(null, new FontIcon(Feather.ROTATE_CCW));
    button.getStyleClass().addAll("flat-button", "settings-reset");
    button.setAccessibleText(messages.of("settings.reset"));
    Tooltip tip = new Tooltip(messages.of("settings.reset"));
    button.setTooltip(tip);
    button.setOnAction(_ -> reset.run());
    return button;
  }

  private static HBox line(VBox words, Region control, Button reset) {
    Region mark = new Region();
    mark.getStyleClass().add("settings-mark");
    HBox.setHgrow(words, Priority.ALWAYS);
    words.setAlignment(Pos.CENTER_LEFT);
    words.setMinWidth(0);
    control.setMinWidth(Region.USE_PREF_SIZE);
    HBox row = new HBox(12, mark, words, control, reset);
    row.setAlignment(Pos.CENTER_LEFT);
    row.getStyleClass().add("settings-row");
    return row;
  }
}
