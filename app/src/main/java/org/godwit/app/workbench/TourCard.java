package org.godwit.app.workbench;

import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.godwit.app.text.Messages;

/**
 * The open step of the tour: a card in a corner that leaves the window usable, and a frame around
 * what it speaks of. FX thread only.
 */
final class TourCard extends Pane {
  private static final double WIDTH = 336;
  private static final double MARGIN = 16;
  private static final double GAP = 6;

  private final TourViewModel tour;
  private final Messages messages;
  private final Label count = new Label();
  private final Label title = new Label();
  private final Label text = new Label();
  private final Button back = new Button();
  private final Button next = new Button();
  private final Button end = new Button();
  private final HBox foot = new HBox(8);
  private final VBox card = new VBox(8);
  private final Region frame = new Region();

  TourCard(TourViewModel tour, Messages messages) {
    this.tour = tour;
    this.messages = messages;
    setPickOnBounds(false);
    setId("tour");
    card.getStyleClass().add("tour-card");
    frame.getStyleClass().add("tour-frame");
    frame.setMouseTransparent(true);
    frame.setManaged(false);
    card.setManaged(false);
    count.getStyleClass().addAll("caption", "mono");
    title.getStyleClass().addAll("tour-title", "strong");
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    back.textProperty().bind(messages.binding("tour.back"));
    back.setOnAction(_ -> tour.back());
    end.textProperty().bind(messages.binding("tour.end"));
    end.setId("tour-end");
    end.setOnAction(_ -> tour.end());
    next.getStyleClass().add("accent");
    next.setId("tour-next");
    next.setOnAction(_ -> tour.next());
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    foot.getChildren().setAll(end, gap, back, next);
    foot.setAlignment(Pos.CENTER_LEFT);
    for (Button each : List.of(end, back, next)) {
      each.setMinWidth(Region.USE_PREF_SIZE);
    }
    card.getChildren().setAll(count, title, text, foot);
    getChildren().setAll(frame, card);
    tour.stepProperty().subscribe(_ -> show());
    messages.languageProperty().subscribe(_ -> show());
  }

  private void show() {
    Optional<TourViewModel.Step> step = tour.stepProperty().get();
    setVisible(step.isPresent());
    step.ifPresent(
        open -> {
          count.setText(messages.of("tour.count", tour.number(), TourViewModel.STEPS.size()));
          title.setText(messages.of("tour." + open.name() + ".title"));
          text.setText(messages.of("tour." + open.name() + ".text"));
          back.setDisable(tour.number() == 1);
          boolean last = tour.number() == TourViewModel.STEPS.size();
          next.setText(messages.of(last ? "tour.finish" : "tour.next"));
          card.setAccessibleText(title.getText() + ". " + text.getText());
        });
    requestLayout();
  }

  /** Follows what it points at; called a few times a second. */
  void follow() {
    if (isVisible()) {
      requestLayout();
    }
  }

  private Optional<Node> find(TourViewModel.Target target) {
    if (getScene() == null) {
      return Optional.empty();
    }
    PseudoClass state =
        target.state().isEmpty() ? null : PseudoClass.getPseudoClass(target.state());
    return getScene().getRoot().lookupAll(target.selector()).stream()
        .filter(
            node -> state == null || node.getPseudoClassStates().contains(state) == target.wanted())
        .filter(Node::isVisible)
        .findFirst();
  }

  @Override
  protected void layoutChildren() {
    // With large type the buttons need more.
    double width = Math.max(WIDTH, foot.minWidth(-1) + card.snappedLeftInset() * 2);
    double height = card.prefHeight(width);
    card.resizeRelocate(
        (getWidth() - width) / 2, getHeight() - height - MARGIN - 36, width, height);
    Node target = tour.stepProperty().get().flatMap(step -> find(step.target())).orElse(null);
    frame.setVisible(target != null);
    if (frame.isVisible()) {
      Bounds at = sceneToLocal(target.localToScene(target.getLayoutBounds()));
      frame.resizeRelocate(
          at.getMinX() - GAP,
          at.getMinY() - GAP,
          at.getWidth() + 2 * GAP,
          at.getHeight() + 2 * GAP);
    }
  }
}
