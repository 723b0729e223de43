package org.godwit.app.workbench;

import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/**
 * A place for a panel's view, which is made when the place first comes into a window: a start does
 * not wait for panels that lie behind others. FX thread only.
 */
final class LateView extends StackPane {
  private final Supplier<Node> maker;

  LateView(Supplier<Node> maker) {
    this.maker = maker;
    setMinSize(0, 0);
    sceneProperty()
        .subscribe(
            scene -> {
              if (scene != null) {
                view();
              }
            });
  }

  /** The view; made now if it was not yet. */
  Node view() {
    if (getChildren().isEmpty()) {
      Node view = maker.get();
      if (view instanceof Region region) {
        region.setMinSize(0, 0);
      }
      getChildren().setAll(view);
    }
    return getChildren().getFirst();
  }
}
