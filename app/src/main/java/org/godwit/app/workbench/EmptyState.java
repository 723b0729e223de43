package org.godwit.app.workbench;

import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.godwit.app.action.Action;
import org.godwit.app.text.Messages;

/**
 * What a panel shows while it has nothing: a sentence that says what is missing, and links to what
 * would change that, with their shortcuts. FX thread only.
 */
public final class EmptyState extends VBox {
  /** Beside each other where there is room: panels below are low. */
  private final FlowPane links = new FlowPane(20, 4);

  private boolean offered;

  /**
   * @param context where the actions are; those that it does not have are left out
   * @param text the sentence
   * @param actions ids of actions, two at most
   */
  public EmptyState(WorkbenchContext context, ObservableValue<String> text, String... actions) {
    super(8);
    setAlignment(Pos.CENTER);
    getStyleClass().add("empty-state");
    setPickOnBounds(false);
    Label sentence = new Label();
    sentence.textProperty().bind(text);
    sentence.getStyleClass().add("empty-text");
    sentence.setWrapText(true);
    sentence.setMinHeight(USE_PREF_SIZE);
    links.setAlignment(Pos.CENTER);
    getChildren().setAll(sentence, links);
    // Panels are made before the last actions are.
    sceneProperty()
        .subscribe(
            scene -> {
              if (scene != null && !offered) {
                offered = true;
                offer(context, actions);
              }
            });
  }

  private void offer(WorkbenchContext context, String... actions) {
    int at = 0;
    for (String id : actions) {
      Optional<Action> found = context.actions().find(id);
      if (found.isPresent()) {
        links.getChildren().add(at++, link(found.get(), context.messages()));
      }
    }
  }

  /** Offers something that is no action of the window. */
  public void offer(Node link) {
    links.getChildren().add(link);
  }

  /** With the message {@code key} as its sentence. */
  public static EmptyState of(WorkbenchContext context, String key, String... actions) {
    return new EmptyState(context, context.messages().binding(key), actions);
  }

  private static Hyperlink link(Action action, Messages messages) {
    Hyperlink link = new Hyperlink();
    link.setId("empty-" + action.id().replace('.', '-'));
    link.textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    messages.of(action.labelKey())
                        + (action.key() == null ? "" : "  " + action.keyText()),
                messages.languageProperty(),
                action.keyProperty()));
    link.setOnAction(_ -> action.fire());
    link.visibleProperty().bind(action.enabled());
    link.managedProperty().bind(link.visibleProperty());
    return link;
  }
}
