package org.godwit.app.canvas;

import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Zoom buttons in the lower right corner of the canvas. */
final class ZoomBar {
  private static final String ID = "zoom-bar";

  private ZoomBar() {}

  static HBox of(ClusterCanvas canvas, Messages messages) {
    Label percent = new Label();
    percent.getStyleClass().addAll("zoom-value", "mono");
    percent
        .textProperty()
        .bind(canvas.zoomProperty().multiply(100).asString(Locale.ROOT, "%.0f %%"));
    HBox bar =
        new HBox(
            button(Feather.MINUS, "zoom.out", messages, () -> canvas.zoom(0.8)),
            percent,
            button(Feather.PLUS, "zoom.in", messages, () -> canvas.zoom(1.25)),
            button(Feather.MAXIMIZE, "zoom.fit", messages, canvas::fit));
    bar.setId(ID);
    bar.getStyleClass().add("zoom-bar");
    return bar;
  }

  static void place(Pane overlay, double width, double height) {
    Node bar = overlay.lookup("#" + ID);
    if (bar instanceof HBox box) {
      double w = box.prefWidth(-1);
      double h = box.prefHeight(-1);
      box.resizeRelocate(width - w - 12, height - h - 12, w, h);
    }
  }

  private static Button button(Feather icon, String key, Messages messages, Runnable action) {
    Button button = new Button(null, new FontIcon(icon));
    button.getStyleClass().add("flat-button");
    button.setFocusTraversable(false);
    Tooltip tip = new Tooltip();
    tip.textProperty().bind(messages.binding(key));
    button.setTooltip(tip);
    button.accessibleTextProperty().bind(messages.binding(key));
    button.setOnAction(_ -> action.run());
    return button;
  }
}
