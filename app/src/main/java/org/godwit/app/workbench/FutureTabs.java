package org.godwit.app.workbench;

import java.util.List;
import java.util.function.IntConsumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.godwit.app.action.Action;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.bridge.Future;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * A tab for each future of the session, above the time bar, and what compares them; not there while
 * there is only one. FX thread only.
 */
final class FutureTabs extends HBox {
  private final EngineBridge bridge;
  private final Messages messages;
  private final IntConsumer show;
  private final Button compare;

  /**
   * @param context what panels work with
   * @param show shows the future of a number
   */
  FutureTabs(WorkbenchContext context, IntConsumer show) {
    this.bridge = context.bridge();
    this.messages = context.messages();
    this.show = show;
    setId("future-tabs");
    getStyleClass().add("future-tabs");
    setAlignment(Pos.CENTER_LEFT);
    compare = context.actions().find("time.compare").map(this::button).orElse(null);
    visibleProperty().bind(bridge.hasOtherFutureProperty());
    managedProperty().bind(visibleProperty());
    bridge.futuresProperty().subscribe(_ -> fill());
    messages.languageProperty().addListener(_ -> fill());
  }

  private Button button(Action action) {
    Button button = new Button(null, new FontIcon(action.icon()));
    button.setId("future-compare");
    button.textProperty().bind(messages.binding("action.time.compare"));
    button.setOnAction(_ -> action.fire());
    return button;
  }

  private void fill() {
    List<Future> futures = bridge.futuresProperty().get();
    getChildren().setAll(new Label(messages.of("future.title")));
    futures.forEach(future -> getChildren().add(tab(future)));
    if (compare != null) {
      getChildren().add(compare);
    }
  }

  private Node tab(Future future) {
    ToggleButton open = new ToggleButton(FutureNames.of(future, messages));
    open.setId("future-" + future.number());
    open.setSelected(future.isShown());
    open.setOnAction(
        _ -> {
          // One of them is always shown; which one the bridge tells.
          open.setSelected(future.isShown());
          show.accept(future.number());
        });
    if (future.isShown()) {
      return open;
    }
    Button close = new Button(null, new FontIcon(Feather.X));
    close.setId("future-close-" + future.number());
    close.getStyleClass().add("flat-button");
    String text = messages.of("future.close");
    close.setTooltip(new Tooltip(text));
    close.setAccessibleText(text);
    close.setOnAction(_ -> bridge.closeFuture(future.number()));
    HBox both = new HBox(open, close);
    both.setAlignment(Pos.CENTER_LEFT);
    return both;
  }
}
