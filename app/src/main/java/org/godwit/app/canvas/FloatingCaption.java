package org.godwit.app.canvas;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;

/** The sentence beside the pointer that says what a drop will do, or why it will not. */
public final class FloatingCaption {
  private static final PseudoClass REFUSED = PseudoClass.getPseudoClass("refused");

  private final Pane overlay;
  private final Label label = new Label();
  private double left = Double.POSITIVE_INFINITY;

  /** A caption on {@code overlay}, hidden. */
  public FloatingCaption(Pane overlay) {
    this.overlay = overlay;
    label.getStyleClass().add("floating-caption");
    label.setMouseTransparent(true);
    label.setManaged(false);
    label.setVisible(false);
    label.setWrapText(true);
    label.setMaxWidth(360);
    overlay.getChildren().add(label);
  }

  /** Shows a text beside a point of the scene until {@link #hide}. */
  public void show(String text, boolean refused, double sceneX, double sceneY) {
    label.setText(text);
    label.pseudoClassStateChanged(REFUSED, refused);
    label.applyCss();
    double width = Math.min(360, label.prefWidth(-1));
    double height = label.prefHeight(width);
    var at = overlay.sceneToLocal(sceneX, sceneY);
    double x = Math.clamp(at.getX() + 16, 4, Math.max(4, overlay.getWidth() - width - 8));
    double y = at.getY() + 20;
    if (y + height > overlay.getHeight() - 4) {
      y = at.getY() - height - 12;
    }
    label.resizeRelocate(x, y, width, height);
    label.toFront();
    label.setVisible(true);
    left = Double.POSITIVE_INFINITY;
  }

  /** Lets what is shown stay for {@code millis} of wall time. */
  public void linger(double millis) {
    left = millis;
  }

  /** Lets wall time pass. */
  public void tick(double millis) {
    left -= millis;
    if (left <= 0) {
      hide();
    }
  }

  /** Hides it. */
  public void hide() {
    label.setVisible(false);
    left = Double.POSITIVE_INFINITY;
  }

  /** What is shown, or empty. */
  public String text() {
    return label.isVisible() ? label.getText() : "";
  }
}
