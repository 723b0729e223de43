package org.godwit.app.workbench;

import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import org.godwit.app.action.Action;
import org.godwit.app.action.ActionList;
import org.godwit.app.action.UndoList;
import org.godwit.app.canvas.Arranging;
import org.godwit.app.settings.Setting;
import org.godwit.app.settings.SettingsStore;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.javafx.FontIcon;

/** The menu bar, made from the declared actions. */
final class WorkbenchMenus {
  /** Deeds that the history shows. */
  private static final int SHOWN = 20;

  private final ActionList actions;
  private final Messages messages;
  private final UndoList undo;

  WorkbenchMenus(ActionList actions, Messages messages, UndoList undo) {
    this.actions = actions;
    this.messages = messages;
    this.undo = undo;
  }

  MenuBar bar(
      DeskSettings desk,
      SettingsStore settings,
      List<ToolWindow> windows,
      Arrangement arrangement) {
    Menu edit = menu("menu.edit", "edit.undo", "edit.redo");
    nameOfDeed(edit);
    edit.getItems()
        .addAll(
            history(),
            new SeparatorMenuItem(),
            item("edit.copy"),
            item("edit.paste"),
            item("edit.duplicate"),
            item("edit.delete"),
            new SeparatorMenuItem(),
            item("edit.selectall"),
            item("edit.selectnodes"));
    // After "copy", if there is a panel that brings it along.
    actions.find("edit.copypicture").ifPresent(action -> edit.getItems().add(5, item(action)));
    Menu view =
        menu(
            "menu.view",
            "go.back",
            "go.forward",
            "-",
            "view.fit",
            "view.zoomin",
            "view.zoomout",
            "-",
            "view.canvasonly",
            "view.maximise",
            "view.detach",
            "-",
            "view.nextpanel",
            "view.previouspanel",
            "-");
    view.getItems()
        .addAll(
            choices("menu.look", settings.of(desk.look()), desk.look(), "look."),
            choices("menu.language", settings.of(desk.language()), desk.language(), null));
    Menu window = menu("menu.window");
    windows.forEach(each -> window.getItems().add(item(each.titleKey())));
    window.getItems().addAll(new SeparatorMenuItem(), perspectives(arrangement));
    return new MenuBar(
        menu(
            "menu.file",
            "file.open",
            "file.addprogram",
            "file.save",
            "file.export",
            "session.compare",
            "-",
            "file.settings",
            "-",
            "file.quit"),
        edit,
        view,
        cluster(),
        menu(
            "menu.run",
            "run.toggle",
            "run.step",
            "run.quantum",
            "-",
            "time.back",
            "time.forward",
            "time.second",
            "time.live",
            "time.find",
            "-",
            "time.branch",
            "time.swap",
            "time.compare",
            "-",
            "time.verify"),
        window,
        menu(
            "menu.help",
            "help.contents",
            "help.search",
            "-",
            "help.migrate",
            "help.tour",
            "help.welcome",
            "-",
            "help.updates",
            "help.about"));
  }

  private Menu cluster() {
    Menu cluster =
        menu(
            "menu.cluster",
            "cluster.addnode",
            "cluster.link",
            "cluster.cut",
            "cluster.note",
            "-",
            "terminal.open",
            "-");
    Menu order = menu("menu.arrange");
    for (Arranging each : Arranging.values()) {
      if (each == Arranging.GRID) {
        order.getItems().add(new SeparatorMenuItem());
      }
      order.getItems().add(item("arrange." + each.token()));
    }
    cluster
        .getItems()
        .addAll(
            order,
            new SeparatorMenuItem(),
            item("process.migrate"),
            item("process.home"),
            item("process.lock"),
            item("process.why"));
    return cluster;
  }

  /** Undo and redo say what they would do. */
  private void nameOfDeed(Menu edit) {
    Runnable word =
        () -> {
          int done = undo.doneProperty().get();
          name(edit.getItems().get(0), "edit.undo", undo.canUndoProperty().get() ? done - 1 : -1);
          name(edit.getItems().get(1), "edit.redo", undo.canRedoProperty().get() ? done : -1);
        };
    edit.getItems().get(0).textProperty().unbind();
    edit.getItems().get(1).textProperty().unbind();
    undo.deeds().subscribe(word);
    undo.doneProperty().subscribe(_ -> word.run());
    messages.languageProperty().subscribe(_ -> word.run());
  }

  private void name(MenuItem item, String id, int deed) {
    item.setText(
        // The list tells of a change before the count of what is done has followed.
        deed < 0 || deed >= undo.deeds().size()
            ? messages.of("action." + id)
            : messages.of(id + ".named", messages.problem(undo.deeds().get(deed).name())));
  }

  /** What was done, the newest first; choosing one goes back or forward to just after it. */
  private Menu history() {
    Menu history = menu("menu.history");
    MenuItem first = new MenuItem("-");
    history.getItems().setAll(first);
    history.disableProperty().bind(Bindings.isEmpty(undo.deeds()));
    history.setOnShowing(
        _ -> {
          history.getItems().clear();
          int done = undo.doneProperty().get();
          for (int i = undo.deeds().size(); i > Math.max(0, undo.deeds().size() - SHOWN); i--) {
            int count = i;
            RadioMenuItem item =
                new RadioMenuItem(messages.problem(undo.deeds().get(i - 1).name()));
            item.setSelected(count == done);
            item.setMnemonicParsing(false);
            item.setOnAction(_ -> undo.goTo(count));
            history.getItems().add(item);
          }
          RadioMenuItem start = new RadioMenuItem(messages.of("history.start"));
          start.setSelected(done == 0);
          start.setOnAction(_ -> undo.goTo(0));
          history.getItems().add(start);
        });
    return history;
  }

  private Menu choices(String key, StringProperty value, Setting setting, String prefix) {
    Menu menu = menu(key);
    ToggleGroup group = new ToggleGroup();
    for (String choice : setting.choices()) {
      RadioMenuItem item = new RadioMenuItem();
      if (prefix == null) {
        // Each language is named in itself, so that one finds back.
        Locale locale = Locale.forLanguageTag(choice);
        item.setText(locale.getDisplayLanguage(locale));
      } else {
        item.textProperty().bind(messages.binding(prefix + choice));
      }
      item.setToggleGroup(group);
      item.setOnAction(_ -> value.set(choice));
      value.subscribe(now -> item.setSelected(choice.equals(now)));
      menu.getItems().add(item);
    }
    return menu;
  }

  private Menu perspectives(Arrangement arrangement) {
    Menu menu = menu("menu.perspective");
    menu.setOnShowing(_ -> fillPerspectives(menu, arrangement));
    fillPerspectives(menu, arrangement);
    return menu;
  }

  private void fillPerspectives(Menu menu, Arrangement arrangement) {
    menu.getItems().clear();
    for (Perspective each : Perspective.values()) {
      RadioMenuItem item = new RadioMenuItem(messages.of("action.perspective." + each.token()));
      item.setSelected(arrangement.perspectiveProperty().get() == each);
      item.setOnAction(_ -> arrangement.open(each));
      menu.getItems().add(item);
    }
    List<String> names = arrangement.names();
    if (!names.isEmpty()) {
      menu.getItems().add(new SeparatorMenuItem());
    }
    for (String name : names) {
      MenuItem open = new MenuItem(name);
      open.setMnemonicParsing(false);
      open.setOnAction(_ -> arrangement.openNamed(name));
      menu.getItems().add(open);
    }
    menu.getItems()
        .addAll(new SeparatorMenuItem(), item("perspective.keep"), item("perspective.reset"));
    if (!names.isEmpty()) {
      Menu forget = new Menu(messages.of("menu.forget"));
      for (String name : names) {
        MenuItem item = new MenuItem(name);
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> arrangement.forget(name));
        forget.getItems().add(item);
      }
      menu.getItems().add(forget);
    }
  }

  private Menu menu(String key, String... ids) {
    Menu menu = new Menu();
    menu.textProperty().bind(messages.binding(key));
    for (String id : ids) {
      if (id.equals("-")) {
        menu.getItems().add(new SeparatorMenuItem());
      } else {
        // What a panel brings along is there only with that panel.
        actions.find(id).ifPresent(action -> menu.getItems().add(item(action)));
      }
    }
    return menu;
  }

  private MenuItem item(String id) {
    return item(actions.get(id));
  }

  private MenuItem item(Action action) {
    MenuItem item = new MenuItem();
    item.textProperty().bind(messages.binding(action.labelKey()));
    if (action.icon() != null) {
      item.setGraphic(new FontIcon(action.icon()));
    }
    item.acceleratorProperty().bind(action.keyProperty());
    item.disableProperty().bind(Bindings.not(action.enabled()));
    item.setOnAction(_ -> action.fire());
    item.setMnemonicParsing(true);
    return item;
  }
}
