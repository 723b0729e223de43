package org.godwit.app.palette;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The gallery of programs. A card is dragged onto a node; with the keyboard, Enter launches on the
 * selected node (or the first). FX thread only.
 */
public final class ProgramPalette extends ScrollPane {
  private final Messages messages;
  private final LaunchDrag drag;
  private final VBox cards = new VBox();
  private final Consumer<ProgramCard> enter;
  private final Consumer<ProgramCard> source;

  /**
   * A palette.
   *
   * @param layer pane over the whole window for what is dragged
   * @param target the canvas
   * @param launch gets a request, and whether the dialog is wanted first
   * @param enter launches without a mouse
   * @param source shows the source of a program
   */
  public ProgramPalette(
      ProgramLibrary library,
      Pane layer,
      LaunchTarget target,
      Messages messages,
      BiConsumer<LaunchRequest, Boolean> launch,
      Consumer<ProgramCard> enter,
      Consumer<ProgramCard> source) {
    this.messages = messages;
    this.drag = new LaunchDrag(layer, target, messages, launch);
    this.enter = enter;
    this.source = source;
    getStyleClass().add("program-palette");
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    cards.getStyleClass().add("program-cards");
    setContent(cards);
    Label hint = new Label();
    hint.textProperty().bind(messages.binding("palette.hint"));
    hint.getStyleClass().add("palette-hint");
    hint.setWrapText(true);
    cards.getChildren().add(hint);
    library.cards().forEach(this::add);
    if (library instanceof ProgramShelf shelf) {
      shelf
          .cards()
          .addListener(
              (ListChangeListener<ProgramCard>)
                  change -> {
                    while (change.next()) {
                      change.getAddedSubList().forEach(this::add);
                    }
                    Platform.runLater(this::showLast);
                  });
    }
  }

  /**
   * The newcomer is at the end; whoever added it wants to drag it now. The end is known only when
   * the cards have been laid out: growing later, they would push it out of sight again.
   */
  private void showLast() {
    applyCss();
    layout();
    setVvalue(getVmax());
  }

  private void add(ProgramCard program) {
    Label name = new Label(program.name());
    name.getStyleClass().addAll("program-name", "strong");
    name.setMinWidth(Region.USE_PREF_SIZE);
    Label title = new Label();
    title.getStyleClass().add("program-title");
    title
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> program.title().in(messages.languageTag()), messages.languageProperty()));
    title.setWrapText(false);
    HBox first = new HBox(6, name);
    first.setAlignment(Pos.CENTER_LEFT);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    first.getChildren().add(gap);
    if (!program.moves()) {
      FontIcon anchor = new FontIcon(Feather.ANCHOR);
      anchor.getStyleClass().add("chip-mark");
      Label reason = new Label(program.reason() == null ? "" : program.reason(), anchor);
      reason.getStyleClass().addAll("program-reason", "mono");
      first.getChildren().add(reason);
    }
    if (!program.source().isEmpty()) {
      first.getChildren().add(sourceButton(program));
    }
    VBox words = new VBox(1, first, title);
    HBox.setHgrow(words, Priority.ALWAYS);
    words.setMinWidth(0);
    HBox card = new HBox(10, new ProgramDisc(program.slot(), program.monogram(), 28), words);
    card.setAlignment(Pos.CENTER_LEFT);
    card.setId("program-" + program.name());
    card.getStyleClass().add("program-card");
    card.setStyle(ProgramDisc.colours(program.slot()));
    card.setFocusTraversable(true);
    card.setAccessibleRole(AccessibleRole.BUTTON);
    card.setAccessibleText(program.name());
    Tooltip tip = new Tooltip();
    tip.setWrapText(true);
    tip.setMaxWidth(360);
    tip.textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    program.shows().in(messages.languageTag())
                        + "\n\n"
                        + program.lookFor().in(messages.languageTag()),
                messages.languageProperty()));
    Tooltip.install(card, tip);
    card.addEventHandler(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.ENTER) {
            enter.accept(program);
            e.consume();
          }
        });
    card.setOnMouseClicked(_ -> card.requestFocus());
    drag.arm(card, program);
    cards.getChildren().add(card);
  }

  private Button sourceButton(ProgramCard program) {
    Button button = new Button(null, new FontIcon(Feather.CODE));
    button.getStyleClass().addAll("flat-button", "source-button");
    button.setFocusTraversable(false);
    Tooltip tip = new Tooltip();
    tip.textProperty().bind(messages.binding("palette.source"));
    button.setTooltip(tip);
    button.accessibleTextProperty().bind(messages.binding("palette.source"));
    button.setOnAction(_ -> source.accept(program));
    return button;
  }
}
