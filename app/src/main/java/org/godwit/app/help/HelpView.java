package org.godwit.app.help;

import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.godwit.app.help.HelpPage.Block;
import org.godwit.app.panel.Widgets;
import org.godwit.app.text.Messages;

/** The pages at the left with a field to search them, the one that is read at the right. */
public final class HelpView extends BorderPane {
  private static final double TERM_WIDTH = 200;
  private static final double PAGE_WIDTH = 720;

  private final HelpViewModel model;
  private final ListView<HelpPage> list = new ListView<>();
  private final VBox page = new VBox(8);
  private final ScrollPane scroll = new ScrollPane(page);
  private boolean telling;

  /** A view of the pages; it follows the language while it is shown. */
  public HelpView(HelpViewModel model, Messages messages) {
    this.model = model;
    Widgets.panel(this, "help");
    TextField search = new TextField();
    search.setId("help-search");
    search.promptTextProperty().bind(messages.binding("help.find"));
    search.accessibleTextProperty().bind(messages.binding("help.find"));
    search.textProperty().bindBidirectional(model.wanted());
    search.setOnKeyPressed(
        event -> {
          if (event.getCode() == KeyCode.ESCAPE && !search.getText().isEmpty()) {
            search.clear();
            event.consume();
          } else if (event.getCode() == KeyCode.DOWN) {
            list.requestFocus();
            event.consume();
          }
        });
    list.setId("help-pages");
    list.setItems(model.found());
    list.accessibleTextProperty().bind(messages.binding("action.help.contents"));
    list.setPlaceholder(
        Widgets.empty(
            Bindings.createStringBinding(
                () -> messages.of("help.none", model.wanted().get()),
                model.wanted(),
                messages.languageProperty())));
    list.setCellFactory(_ -> new Title());
    VBox left = new VBox(8, search, list);
    left.getStyleClass().add("help-contents");
    VBox.setVgrow(list, Priority.ALWAYS);
    page.setId("help-page");
    page.getStyleClass().add("help-page");
    page.setMaxWidth(PAGE_WIDTH);
    scroll.setFitToWidth(true);
    SplitPane split = new SplitPane(left, scroll);
    SplitPane.setResizableWithParent(left, false);
    split.setDividerPositions(0.25);
    setCenter(split);
    list.getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            chosen -> {
              if (chosen != null && !telling) {
                model.page().set(chosen);
              }
            });
    // The list has to hear of it before anything can be selected in it.
    model.found().subscribe(() -> Platform.runLater(this::mark));
    model.page().subscribe(this::show);
    Widgets.whileShown(
        this,
        () -> Subscription.combine(messages.languageProperty().subscribe(_ -> model.reword())));
  }

  private static final class Title extends ListCell<HelpPage> {
    @Override
    protected void updateItem(HelpPage shown, boolean empty) {
      super.updateItem(shown, empty);
      setText(empty || shown == null ? null : shown.title());
    }
  }

  private void show(HelpPage shown) {
    page.getChildren().clear();
    if (shown == null) {
      return;
    }
    page.getChildren().add(text(shown.title(), "help-title", "strong"));
    shown.blocks().forEach(block -> page.getChildren().add(node(block)));
    scroll.setVvalue(0);
    mark();
  }

  private void mark() {
    telling = true;
    list.getSelectionModel().select(model.page().get());
    telling = false;
  }

  private static Node node(Block block) {
    return switch (block) {
      case Block.Heading(var words) -> text(words, "help-heading", "strong");
      case Block.Paragraph(var words) -> text(words);
      case Block.Point(var words) -> row(text("•"), text(words));
      case Block.Typed(var words) -> text(words, "help-typed", "mono");
      case Block.Meaning(var term, var meaning) -> {
        Label word = text(term, "strong");
        word.setMinWidth(TERM_WIDTH);
        word.setMaxWidth(TERM_WIDTH);
        yield row(word, text(meaning));
      }
    };
  }

  private static HBox row(Label first, Label second) {
    first.setMinHeight(USE_PREF_SIZE);
    if (first.getMinWidth() != TERM_WIDTH) {
      first.setMinWidth(USE_PREF_SIZE);
    }
    HBox.setHgrow(second, Priority.ALWAYS);
    return new HBox(8, first, second);
  }

  private static Label text(String words, String... styles) {
    Label label = new Label(words);
    label.getStyleClass().addAll(styles);
    label.setWrapText(true);
    label.setMinHeight(USE_PREF_SIZE);
    return label;
  }
}
