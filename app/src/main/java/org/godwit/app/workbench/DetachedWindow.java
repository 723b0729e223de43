package org.godwit.app.workbench;

import java.util.List;
import java.util.Set;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Subscription;
import org.godwit.app.theme.Theme;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.container.DockContainerLeaf;

/** A tool window in a window of its own, and the place among the tabs that is kept for it. */
final class DetachedWindow {
  private static final double LEAST_WIDTH = 480;
  private static final double LEAST_HEIGHT = 320;

  private final Stage stage = new Stage();
  private final BorderPane pane;
  private final DockContainerLeaf from;
  private final Set<String> before;
  private final Subscription style;

  /**
   * @param pane what is in it
   * @param from the stack that it was taken out of; null if it was in none
   * @param before the tabs that stood before it there
   */
  DetachedWindow(
      Dockable dockable, BorderPane pane, Theme theme, DockContainerLeaf from, Set<String> before) {
    this.pane = pane;
    this.from = from;
    this.before = Set.copyOf(before);
    Node view = pane.getCenter();
    pane.setCenter(null);
    StackPane frame = new StackPane();
    frame.getStyleClass().add("workbench");
    Scene scene =
        new Scene(
            frame,
            Math.max(LEAST_WIDTH, view.getLayoutBounds().getWidth()),
            Math.max(LEAST_HEIGHT, view.getLayoutBounds().getHeight()));
    style = theme.dress(scene);
    // Only now: who enters a scene is styled at once, and the colours must be there.
    pane.setCenter(view);
    frame.getChildren().setAll(pane);
    stage.titleProperty().bind(dockable.titleProperty());
    stage.setScene(scene);
  }

  /** Shows it; where it likes, if no place is given. */
  void show(Window owner, Rectangle2D place, Runnable hidden) {
    if (owner != null) {
      stage.initOwner(owner);
    }
    if (place != null) {
      stage.setX(place.getMinX());
      stage.setY(place.getMinY());
      stage.setWidth(place.getWidth());
      stage.setHeight(place.getHeight());
    }
    stage.setOnHidden(_ -> hidden.run());
    stage.show();
  }

  Stage stage() {
    return stage;
  }

  /** The stack that it comes back to, if that is still there. */
  DockContainerLeaf from() {
    return from;
  }

  /** Where among those tabs it belongs: behind the last that stood before it. */
  int placeIn(List<String> tabs) {
    for (int i = tabs.size() - 1; i >= 0; i--) {
      if (before.contains(tabs.get(i))) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Lets go of what it shows, and closes. */
  void end() {
    style.unsubscribe();
    pane.setCenter(null);
    stage.hide();
  }
}
