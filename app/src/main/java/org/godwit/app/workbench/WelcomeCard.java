package org.godwit.app.workbench;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A short card over the running demo at the first start: what this is, three things to try. */
final class WelcomeCard extends VBox {
  private final Button go = new Button();

  WelcomeCard(Messages messages, Runnable close) {
    getStyleClass().add("welcome-card");
    setId("welcome");
    setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
    Label title = text(messages, "welcome.title", "welcome-title");
    title.getStyleClass().add("strong");
    Label about = text(messages, "welcome.about", "welcome-about");
    go.textProperty().bind(messages.binding("welcome.go"));
    go.getStyleClass().add("accent");
    go.setDefaultButton(true);
    go.setId("welcome-go");
    go.setOnAction(_ -> close.run());
    HBox foot = new HBox(go);
    foot.setAlignment(Pos.CENTER_RIGHT);
    getChildren()
        .setAll(
            title,
            about,
            step(messages, Feather.MOUSE_POINTER, "welcome.one"),
            step(messages, Feather.NAVIGATION, "welcome.two"),
            step(messages, Feather.HELP_CIRCLE, "welcome.three"),
            foot);
  }

  /** So that Enter and Esc answer the card and nothing behind it. */
  void focusButton() {
    go.requestFocus();
  }

  private static HBox step(Messages messages, Feather icon, String key) {
    FontIcon picture = new FontIcon(icon);
    picture.getStyleClass().add("welcome-icon");
    HBox step = new HBox(12, picture, text(messages, key, "welcome-step"));
    step.setAlignment(Pos.CENTER_LEFT);
    return step;
  }

  private static Label text(Messages messages, String key, String style) {
    Label label = new Label();
    label.textProperty().bind(messages.binding(key));
    label.getStyleClass().add(style);
    label.setWrapText(true);
    label.setMinHeight(USE_PREF_SIZE);
    return label;
  }
}
