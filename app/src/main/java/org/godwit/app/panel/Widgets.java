package org.godwit.app.panel;

import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.stage.Window;
import javafx.util.Subscription;
import org.godwit.app.text.Messages;
import org.godwit.app.workbench.Desk;
import org.godwit.app.workbench.ViewOptions;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** Small pieces that all panels are built of, so that they look alike. */
public final class Widgets {
  private static final String STYLE = "/org/godwit/app/panel/panels.css";

  private Widgets() {}

  /** Gives a panel its style sheet and name for CSS and tests. */
  public static <T extends Parent> T panel(T root, String name) {
    root.getStylesheets().add(Widgets.class.getResource(STYLE).toString());
    root.getStyleClass().addAll("panel", name + "-panel");
    root.setId(name + "-panel");
    return root;
  }

  /** The bar above a panel's content. */
  public static HBox bar(Node... content) {
    HBox bar = new HBox(content);
    bar.getStyleClass().add("panel-bar");
    return bar;
  }

  /** Pushes what follows it to the right end. */
  public static Region spring() {
    Region spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    return spring;
  }

  /**
   * Listens to what outlives a view, or runs beside it, but only while a window shows the view: a
   * closed tab or window must not be kept alive by the theme or a timer. {@code begin} runs each
   * time the view comes into a shown window, so it also catches up.
   */
  public static void whileShown(Node view, Supplier<Subscription> begin) {
    Subscription[] active = {Subscription.EMPTY};
    view.sceneProperty()
        .flatMap(Scene::windowProperty)
        .flatMap(Window::showingProperty)
        .orElse(false)
        .subscribe(
            shown -> {
              active[0].unsubscribe();
              active[0] = shown ? begin.get() : Subscription.EMPTY;
            });
  }

  /** Hides a part of a bar that is too narrow for it: a text is shown whole or not at all. */
  public static void hideBelow(Node part, Region bar, double width) {
    part.visibleProperty().bind(bar.widthProperty().greaterThanOrEqualTo(width));
    part.managedProperty().bind(part.visibleProperty());
  }

  /** What an empty panel says. */
  public static Label empty(ObservableValue<String> text) {
    Label label = new Label();
    label.textProperty().bind(text);
    label.getStyleClass().add("empty-text");
    label.setWrapText(true);
    return label;
  }

  /** A label whose text follows the language. */
  public static Label label(ObservableValue<String> text, String... styles) {
    Label label = new Label();
    label.textProperty().bind(text);
    label.getStyleClass().addAll(styles);
    return label;
  }

  /** A picture of 16 px in the colour of the text around it. */
  public static FontIcon icon(Ikon ikon, String... styles) {
    FontIcon icon = new FontIcon(ikon);
    icon.getStyleClass().add("panel-icon");
    icon.getStyleClass().addAll(styles);
    return icon;
  }

  /** A tooltip whose text follows the language. */
  public static Tooltip tip(ObservableValue<String> text) {
    Tooltip tip = new Tooltip();
    tip.textProperty().bind(text);
    tip.setWrapText(true);
    tip.setMaxWidth(420);
    return tip;
  }

  /** A column with a title that follows the language. */
  public static <S, T> TableColumn<S, T> column(
      String id, ObservableValue<String> title, double width) {
    TableColumn<S, T> column = new TableColumn<>();
    column.setId(id);
    column.textProperty().bind(title);
    column.setPrefWidth(width);
    column.setMinWidth(Math.min(width, 36));
    return column;
  }

  /** Gives a panel options of its view, for the menu of its tab. */
  public static void options(Node panel, ViewOptions options) {
    panel.getProperties().put(Desk.VIEW_OPTIONS, options);
  }

  /** An option that is on or off, following {@code value}. */
  public static MenuItem option(ObservableValue<String> text, BooleanProperty value) {
    CheckMenuItem item = new CheckMenuItem(text.getValue());
    item.setMnemonicParsing(false);
    item.setSelected(value.get());
    item.selectedProperty().subscribe(value::set);
    return item;
  }

  /** Something to be done about the view. */
  public static MenuItem choice(ObservableValue<String> text, Runnable action) {
    MenuItem item = new MenuItem(text.getValue());
    item.setMnemonicParsing(false);
    item.setOnAction(_ -> action.run());
    return item;
  }

  /** Which columns of a table are seen. */
  public static Menu columns(TableView<?> table, Messages messages) {
    Menu menu = new Menu(messages.of("panel.columns"));
    for (TableColumn<?, ?> column : table.getColumns()) {
      menu.getItems().add(option(column.textProperty(), column.visibleProperty()));
    }
    return menu;
  }
}
