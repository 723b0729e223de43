package org.godwit.app.canvas;

import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.scene.Group;
import javafx.scene.control.Label;
import javafx.scene.shape.Line;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.view.LinkView;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A link: a line as wide as its bandwidth, its use as a coloured share of that width. */
final class LinkLine extends Group {
  private static final PseudoClass CUT = PseudoClass.getPseudoClass("cut");

  private final Line line = new Line();
  private final Line use = new Line();
  private final Line touch = new Line();
  private final FontIcon slash = new FontIcon(Feather.SLASH);
  private final Label label = new Label();
  private final double width;
  private double shown;

  /**
   * A line for a link.
   *
   * @param words its label; asked for when somebody points at it
   */
  LinkLine(LinkSpec spec, Supplier<String> words) {
    width = 1 + Math.log10(Math.max(1, spec.megabitsPerSecond()));
    getStyleClass().add("link");
    line.getStyleClass().add("link-line");
    use.getStyleClass().add("link-use");
    line.setStrokeWidth(width);
    touch.getStyleClass().add("link-touch");
    slash.getStyleClass().add("link-slash");
    label.getStyleClass().addAll("link-label", "mono");
    label.setMouseTransparent(true);
    label.setVisible(false);
    slash.setVisible(false);
    use.setMouseTransparent(true);
    line.setMouseTransparent(true);
    touch.setOnMouseEntered(
        _ -> {
          label.setText(words.get());
          label.setVisible(true);
        });
    touch.setOnMouseExited(_ -> label.setVisible(false));
    getChildren().setAll(touch, line, use, slash, label);
  }

  /** Lays it from middle to middle of two cards. */
  void place(double x1, double y1, double x2, double y2) {
    for (Line each : new Line[] {line, use, touch}) {
      each.setStartX(x1);
      each.setStartY(y1);
      each.setEndX(x2);
      each.setEndY(y2);
    }
    slash.relocate((x1 + x2) / 2 - 8, (y1 + y2) / 2 - 8);
    label.relocate((x1 + x2) / 2 + 8, (y1 + y2) / 2 - 10);
  }

  /** Shows its state; {@code flying} keeps it busy while a capsule is on it. */
  void show(LinkView view, boolean flying) {
    pseudoClassStateChanged(CUT, !view.up());
    slash.setVisible(!view.up());
    double wanted = view.up() ? Math.max(view.shareForth(), view.shareBack()) : 0;
    if (flying) {
      wanted = Math.max(wanted, 0.6);
    }
    shown += (wanted - shown) * 0.15;
    use.setVisible(shown > 0.02);
    use.setStrokeWidth(Math.max(1, width * Math.min(1, shown)));
  }
}
