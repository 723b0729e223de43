package org.godwit.app.workbench;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import org.godwit.app.action.Action;
import org.godwit.app.action.ActionList;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Variant;
import org.kordamp.ikonli.javafx.FontIcon;

/** The menu bar, made from the declared actions. */
final class WorkbenchMenus {
  private final ActionList actions;
  private final Messages messages;

  WorkbenchMenus(ActionList actions, Messages messages) {
    this.actions = actions;
    this.messages = messages;
  }

  MenuBar bar(WorkbenchContext context, List<ToolWindow> windows, Consumer<String> show) {
    Menu look = menu("menu.look");
    ToggleGroup looks = new ToggleGroup();
    for (Variant variant : Variant.values()) {
      RadioMenuItem item = new RadioMenuItem();
      item.textProperty().bind(messages.binding("look." + variant.token()));
      item.setToggleGroup(looks);
      item.setSelected(context.theme().variantProperty().get() == variant);
      item.setOnAction(_ -> context.theme().variantProperty().set(variant));
      context.theme().variantProperty().addListener((_, _, v) -> item.setSelected(v == variant));
      look.getItems().add(item);
    }
    Menu language = menu("menu.language");
    ToggleGroup languages = new ToggleGroup();
    for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
      // Each language is named in itself, so that one finds back.
      RadioMenuItem item = new RadioMenuItem(locale.getDisplayLanguage(locale));
      item.setToggleGroup(languages);
      item.setSelected(messages.locale().equals(locale));
      item.setOnAction(_ -> messages.languageProperty().set(locale));
      messages.languageProperty().addListener((_, _, l) -> item.setSelected(l.equals(locale)));
      language.getItems().add(item);
    }
    Menu view =
        menu("menu.view", "view.fit", "view.zoomin", "view.zoomout", "-", "view.canvasonly", "-");
    view.getItems().addAll(look, language);
    Menu window = menu("menu.window");
    for (ToolWindow each : windows) {
      MenuItem item = new MenuItem();
      item.textProperty().bind(messages.binding(each.titleKey()));
      item.setGraphic(new FontIcon(each.icon()));
      item.setOnAction(_ -> show.accept(each.id()));
      window.getItems().add(item);
    }
    return new MenuBar(
        menu("menu.file", "file.open", "file.addprogram", "file.export", "-", "file.quit"),
        menu("menu.edit", "edit.selectall", "edit.delete"),
        view,
        menu(
            "menu.cluster",
            "cluster.addnode",
            "-",
            "process.migrate",
            "process.home",
            "process.lock",
            "process.why"),
        menu("menu.run", "run.toggle", "run.step", "run.quantum"),
        window,
        menu("menu.help", "help.search", "-", "help.welcome", "help.about"));
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

  private MenuItem item(Action action) {
    MenuItem item = new MenuItem();
    item.textProperty().bind(messages.binding(action.labelKey()));
    if (action.icon() != null) {
      item.setGraphic(new FontIcon(action.icon()));
    }
    item.setAccelerator(action.key());
    item.disableProperty().bind(Bindings.not(action.enabled()));
    item.setOnAction(_ -> action.fire());
    item.setMnemonicParsing(true);
    return item;
  }
}
