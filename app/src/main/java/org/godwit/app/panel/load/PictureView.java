package org.godwit.app.panel.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Line;
import org.godwit.app.panel.ChartLook;
import org.godwit.app.panel.Figures;
import org.godwit.app.theme.Theme;

/**
 * A picture of load that changes only when it is told to: with a line where the moment is, and the
 * values under the pointer. A click or drag chooses a moment. FX thread only.
 */
public final class PictureView extends Pane {
  private final Theme theme;
  private final Figures figures;
  private final BiFunction<Metric, Double, String> value;
  private final ChartSurface surface = new ChartSurface();
  private final Line moment = new Line();
  private final Line hoverLine = new Line();
  private final Label hoverCard = new Label();
  private LoadPicture picture;
  private String language = "en";
  private long momentNanos = -1;
  private double pointerX = -1;
  private double drawnWidth;
  private double drawnHeight;

  /**
   * @param theme colours and fonts
   * @param figures how figures are written
   * @param value how a value of a metric is written
   * @param choose called with the instant of a click or drag
   */
  public PictureView(
      Theme theme, Figures figures, BiFunction<Metric, Double, String> value, LongConsumer choose) {
    this.theme = theme;
    this.figures = figures;
    this.value = value;
    moment.getStyleClass().add("moment-line");
    hoverLine.getStyleClass().add("hover-line");
    hoverCard.getStyleClass().addAll("hover-card", "mono");
    for (var over : List.of(moment, hoverLine, hoverCard)) {
      over.setMouseTransparent(true);
      over.setVisible(false);
    }
    getChildren().setAll(surface.view(), moment, hoverLine, hoverCard);
    addEventHandler(MouseEvent.MOUSE_MOVED, event -> pointer(event.getX()));
    addEventHandler(MouseEvent.MOUSE_EXITED, _ -> pointer(-1));
    addEventHandler(MouseEvent.MOUSE_PRESSED, event -> choose(event, choose));
    addEventHandler(MouseEvent.MOUSE_DRAGGED, event -> choose(event, choose));
  }

  /** Shows {@code picture}, its words in {@code languageTag}. */
  public void show(LoadPicture next, String languageTag) {
    picture = next;
    language = languageTag;
    draw();
  }

  /** Puts the line where {@code nanos} is. */
  public void showMoment(long nanos) {
    momentNanos = nanos;
    place();
  }

  @Override
  protected void layoutChildren() {
    surface.view().setFitWidth(getWidth());
    surface.view().setFitHeight(getHeight());
    if (drawnWidth != getWidth() || drawnHeight != getHeight()) {
      drawnWidth = getWidth();
      drawnHeight = getHeight();
      draw();
    }
  }

  private void draw() {
    int width = (int) getWidth();
    int height = (int) getHeight();
    if (picture == null || width < 60 || height < 40) {
      return;
    }
    LoadPicture drawn = picture;
    ChartLook look = ChartLook.of(theme.tokens(), theme.variantProperty().get(), language);
    double scale =
        getScene() == null || getScene().getWindow() == null
            ? 1
            : getScene().getWindow().getOutputScaleX();
    surface.request(
        () -> LoadChart.draw(drawn, look, figures, width, height, scale, true), this::place);
  }

  private void choose(MouseEvent event, LongConsumer choose) {
    LoadChart.Drawn drawn = surface.shown();
    if (drawn != null && picture != null && drawn.area().getWidth() > 0) {
      double share = (event.getX() - drawn.area().getX()) / drawn.area().getWidth();
      long span = picture.toNanos() - picture.fromNanos();
      choose.accept(picture.fromNanos() + Math.round(Math.clamp(share, 0, 1) * span));
    }
  }

  private void pointer(double x) {
    pointerX = x;
    place();
  }

  private void place() {
    LoadChart.Drawn drawn = surface.shown();
    boolean there = drawn != null && picture != null;
    boolean momentIn =
        there && momentNanos >= picture.fromNanos() && momentNanos <= picture.toNanos();
    moment.setVisible(momentIn);
    if (momentIn) {
      double share =
          (double) (momentNanos - picture.fromNanos()) / (picture.toNanos() - picture.fromNanos());
      upright(moment, drawn.area().getX() + share * drawn.area().getWidth(), drawn);
    }
    boolean inside =
        there && pointerX >= drawn.area().getMinX() && pointerX <= drawn.area().getMaxX();
    hoverLine.setVisible(inside);
    hoverCard.setVisible(inside);
    if (inside) {
      upright(hoverLine, pointerX, drawn);
      double share = (pointerX - drawn.area().getX()) / drawn.area().getWidth();
      hoverCard.setText(String.join("\n", valuesAt(share)));
      hoverCard.autosize();
      boolean left = pointerX + 12 + hoverCard.getWidth() > getWidth();
      hoverCard.relocate(
          left ? pointerX - 12 - hoverCard.getWidth() : pointerX + 12, drawn.area().getY() + 4);
    }
  }

  private static void upright(Line line, double x, LoadChart.Drawn drawn) {
    line.setStartX(x);
    line.setEndX(x);
    line.setStartY(drawn.area().getY());
    line.setEndY(drawn.area().getMaxY());
  }

  private List<String> valuesAt(double share) {
    long at = picture.fromNanos() + Math.round(share * (picture.toNanos() - picture.fromNanos()));
    List<String> lines = new ArrayList<>();
    lines.add(figures.shortInstant(at));
    if (!picture.isBand()) {
      for (LoadPicture.Series series : picture.series()) {
        lines.add(series.name() + "  " + value.apply(picture.metric(), series.line().valueAt(at)));
      }
    }
    return lines;
  }
}
