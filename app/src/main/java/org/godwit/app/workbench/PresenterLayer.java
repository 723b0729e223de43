package org.godwit.app.workbench;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Circle;
import org.godwit.app.action.Keymap;

/**
 * For a room that watches: a ring around the pointer, and the last key in the lower left corner.
 * What is typed into a field is not shown. FX thread only.
 */
final class PresenterLayer extends Pane {
  private static final double STAY_MILLIS = 2_500;
  private static final double MARGIN = 32;
  private static final double BESIDE_THE_MAP = 232;

  private final BooleanProperty on = new SimpleBooleanProperty(this, "on");
  private final Circle halo = new Circle(26);
  private final Label key = new Label();
  private double left;

  PresenterLayer() {
    setMouseTransparent(true);
    setPickOnBounds(false);
    halo.getStyleClass().add("pointer-halo");
    halo.setVisible(false);
    key.getStyleClass().addAll("last-key", "mono");
    key.setVisible(false);
    getChildren().setAll(halo, key);
    visibleProperty().bind(on);
  }

  /** Whether it is shown. */
  BooleanProperty onProperty() {
    return on;
  }

  void listen(Scene scene) {
    scene.addEventFilter(
        MouseEvent.ANY,
        e -> {
          if (on.get()) {
            halo.setVisible(e.getEventType() != MouseEvent.MOUSE_EXITED_TARGET);
            halo.setCenterX(e.getSceneX());
            halo.setCenterY(e.getSceneY());
          }
        });
    scene.addEventFilter(
        KeyEvent.KEY_PRESSED,
        e -> {
          boolean typing = scene.getFocusOwner() instanceof TextInputControl && !e.isShortcutDown();
          if (on.get() && !typing) {
            Keymap.pressed(e).ifPresent(pressed -> show(pressed.getDisplayText()));
          }
        });
  }

  private void show(String text) {
    key.setText(text);
    key.setVisible(true);
    left = STAY_MILLIS;
  }

  void tick(double millis) {
    if (key.isVisible()) {
      left -= millis;
      key.setVisible(left > 0);
    }
  }

  @Override
  protected void layoutChildren() {
    double w = key.prefWidth(-1);
    double h = key.prefHeight(-1);
    key.resizeRelocate(BESIDE_THE_MAP, getHeight() - h - MARGIN - 16, w, h);
  }
}
