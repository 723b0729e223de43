package org.godwit.app.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The card over the running demo at the start: what this is, the one-click demonstration, the tour,
 * what was open last with its picture, further scenarios, and the door to files and settings. FX
 * thread only.
 */
final class WelcomeCard extends VBox {
  private static final int TILES = 6;
  private static final double TILE_WIDTH = 176;
  private static final double PICTURE_HEIGHT = 88;
  private static final double TITLE_HEIGHT = 42;

  private final Messages messages;
  private final Button go;
  private final Button close;

  /**
   * What the card can do.
   *
   * @param migrate starts the demonstration
   * @param tour starts the tour
   * @param openFile asks for a recording
   * @param settings opens the settings
   * @param scenario opens a scenario
   * @param again whether to come back at the next start
   * @param close closes the card
   */
  record Doors(
      Runnable migrate,
      Runnable tour,
      Runnable openFile,
      Runnable settings,
      Consumer<WorkbenchStart.Choice> scenario,
      Consumer<Boolean> again,
      Runnable close) {}

  WelcomeCard(
      Messages messages,
      List<WorkbenchStart.Choice> scenarios,
      RecentSessions recent,
      boolean comesAgain,
      Doors doors) {
    this.messages = messages;
    getStyleClass().add("welcome-card");
    setId("welcome");
    setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    Label title = text("welcome.title", "welcome-title");
    title.getStyleClass().add("strong");
    go = button("welcome.migrate", Feather.ZAP, doors.migrate());
    go.getStyleClass().add("accent");
    go.setDefaultButton(true);
    go.setId("welcome-go");
    Button tour = button("welcome.tour", Feather.MAP, doors.tour());
    tour.setId("welcome-tour");
    HBox first = new HBox(8, go, tour);
    CheckBox again = new CheckBox();
    again.textProperty().bind(messages.binding("welcome.again"));
    again.setWrapText(true);
    again.setMinHeight(USE_PREF_SIZE);
    again.setSelected(comesAgain);
    again.setId("welcome-again");
    again.setOnAction(_ -> doors.again().accept(again.isSelected()));
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    close = button("welcome.close", Feather.X, doors.close());
    close.setId("welcome-close");
    close.setCancelButton(true);
    HBox foot =
        new HBox(
            8,
            again,
            gap,
            button("action.file.open", Feather.FOLDER, doors.openFile()),
            button("action.file.settings", Feather.SETTINGS, doors.settings()),
            close);
    foot.setAlignment(Pos.CENTER_LEFT);
    List<WorkbenchStart.Choice> shown = order(scenarios, recent.names());
    FlowPane tiles = new FlowPane(12, 12);
    tiles.setPrefWrapLength(3 * TILE_WIDTH + 2 * 12);
    for (WorkbenchStart.Choice choice : shown) {
      tiles.getChildren().add(tile(choice, recent, doors.scenario()));
    }
    Label heading =
        // At the first start there is only what lies behind the card.
        text(recent.names().size() < 2 ? "welcome.scenarios" : "welcome.recent", "welcome-heading");
    heading.getStyleClass().add("strong");
    getChildren()
        .setAll(title, text("welcome.about", "welcome-about"), first, heading, tiles, foot);
  }

  /** Where Tab begins. */
  Node firstButton() {
    return go;
  }

  /** Where Tab ends. */
  Node lastButton() {
    return close;
  }

  /** So that Enter and Esc answer the card and nothing behind it. */
  void focusButton() {
    go.requestFocus();
  }

  /** Those open last, then the others in their order. */
  static List<WorkbenchStart.Choice> order(
      List<WorkbenchStart.Choice> scenarios, List<String> recent) {
    List<WorkbenchStart.Choice> ordered = new ArrayList<>();
    for (String name : recent) {
      scenarios.stream().filter(c -> c.name().equals(name)).findFirst().ifPresent(ordered::add);
    }
    scenarios.stream().filter(c -> !ordered.contains(c)).forEach(ordered::add);
    return ordered.subList(0, Math.min(TILES, ordered.size()));
  }

  private Button tile(
      WorkbenchStart.Choice choice, RecentSessions recent, Consumer<WorkbenchStart.Choice> open) {
    StackPane picture = new StackPane(icon(Feather.LAYERS, "welcome-icon"));
    picture.getStyleClass().add("welcome-picture");
    picture.setMinSize(TILE_WIDTH - 18, PICTURE_HEIGHT);
    picture.setMaxSize(TILE_WIDTH - 18, PICTURE_HEIGHT);
    // What was never open has no picture of its own yet: its machines where they will lie.
    ScenarioSketch.draw(
        choice.name(),
        TILE_WIDTH - 30,
        PICTURE_HEIGHT - 12,
        sketch -> {
          if (picture.getChildren().getFirst() instanceof FontIcon) {
            picture.getChildren().setAll(sketch);
          }
        });
    recent.picture(
        choice.name(),
        image -> {
          ImageView view = new ImageView(image);
          view.setPreserveRatio(true);
          view.setSmooth(true);
          view.setFitWidth(TILE_WIDTH - 20);
          view.setFitHeight(PICTURE_HEIGHT - 2);
          picture.getChildren().setAll(view);
        });
    String title = choice.title().in(messages.languageTag());
    Label name = new Label(title);
    name.setWrapText(true);
    name.setMaxWidth(TILE_WIDTH - 18);
    name.setMinHeight(TITLE_HEIGHT);
    name.setMaxHeight(TITLE_HEIGHT);
    name.setAlignment(Pos.TOP_LEFT);
    name.getStyleClass().add("welcome-name");
    Button tile = new Button(null, new VBox(6, picture, name));
    tile.setAccessibleText(title);
    tile.setMinWidth(TILE_WIDTH);
    tile.setMaxWidth(TILE_WIDTH);
    tile.getStyleClass().add("welcome-tile");
    tile.setOnAction(_ -> open.accept(choice));
    return tile;
  }

  private Button button(String key, Ikon icon, Runnable action) {
    Button button = new Button(null, new FontIcon(icon));
    button.textProperty().bind(messages.binding(key));
    button.setMinWidth(USE_PREF_SIZE);
    button.setOnAction(_ -> action.run());
    return button;
  }

  private static Node icon(Ikon ikon, String style) {
    FontIcon icon = new FontIcon(ikon);
    icon.getStyleClass().add(style);
    return icon;
  }

  private Label text(String key, String style) {
    Label label = new Label();
    label.textProperty().bind(messages.binding(key));
    label.getStyleClass().add(style);
    label.setWrapText(true);
    label.setMinHeight(USE_PREF_SIZE);
    return label;
  }
}
