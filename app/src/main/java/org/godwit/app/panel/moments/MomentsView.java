package org.godwit.app.panel.moments;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.godwit.app.panel.LinkedRows;
import org.godwit.app.panel.SpeedSearch;
import org.godwit.app.panel.TableCopy;
import org.godwit.app.panel.TipCell;
import org.godwit.app.panel.Widgets;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.text.Messages;
import org.godwit.engine.session.query.Moment;
import org.kordamp.ikonli.feather.Feather;

/**
 * The query field with what may come next below it (Tab takes the first), then what was found;
 * choosing a line leads there.
 */
public final class MomentsView extends BorderPane {
  private final Messages messages;
  private final MomentsViewModel model;
  private final TextField field = new TextField();
  private final TableView<Moment> table = new TableView<>();
  private final FlowPane suggestions = new FlowPane(8, 0);

  /**
   * @param messages the window's texts
   * @param model what is shown
   * @param jump leads to a moment
   */
  public MomentsView(Messages messages, MomentsViewModel model, Consumer<Moment> jump) {
    this.messages = messages;
    this.model = model;
    Widgets.panel(this, "moments");
    table(jump);
    setTop(new VBox(bar(), below()));
    setCenter(SpeedSearch.over(table));
    Widgets.options(this, () -> List.of(Widgets.columns(table, messages)));
    Widgets.whileShown(this, () -> messages.languageProperty().subscribe(_ -> table.refresh()));
  }

  /** Marks what is about what is selected. */
  public MomentsView linkedTo(SelectionModel selection) {
    LinkedRows.mark(
        table, selection, _ -> new TableRow<>(), moment -> LinkedRows.isAbout(moment, selection));
    return this;
  }

  private HBox bar() {
    field.setId("moments-query");
    field.promptTextProperty().bind(messages.binding("moments.prompt"));
    field.accessibleTextProperty().bind(messages.binding("moments.prompt"));
    field.textProperty().bindBidirectional(model.query());
    field.getStyleClass().add("mono");
    HBox.setHgrow(field, Priority.ALWAYS);
    field.setMaxWidth(620);
    field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    field.setOnAction(_ -> model.ask());
    Button find = new Button();
    find.setId("moments-find");
    find.textProperty().bind(messages.binding("moments.find"));
    find.setGraphic(Widgets.icon(Feather.SEARCH));
    find.setMinWidth(USE_PREF_SIZE);
    find.setOnAction(_ -> model.ask());
    Label count = new Label();
    count.setId("moments-count");
    count.getStyleClass().add("caption");
    count
        .textProperty()
        .bind(
            Bindings.createStringBinding(this::count, model.result(), messages.languageProperty()));
    return Widgets.bar(field, find, examples(), Widgets.spring(), count);
  }

  private String count() {
    MomentsViewModel.Result result = model.result().get();
    return result == null
        ? ""
        : messages.of("moments.count", result.count(), result.untilNanos() / 1e9);
  }

  private MenuButton examples() {
    MenuButton menu = new MenuButton();
    menu.setId("moments-examples");
    menu.textProperty().bind(messages.binding("moments.examples"));
    menu.setMinWidth(USE_PREF_SIZE);
    for (int i = 0; i < MomentsViewModel.EXAMPLES.size(); i++) {
      String example = MomentsViewModel.EXAMPLES.get(i);
      MenuItem item = new MenuItem();
      item.textProperty()
          .bind(messages.binding("moments.example." + (i + 1)).map(text -> example + "   " + text));
      item.setMnemonicParsing(false);
      item.setOnAction(
          _ -> {
            field.setText(example);
            model.ask();
          });
      menu.getItems().add(item);
    }
    return menu;
  }

  /** Tab completes while a word is begun, else it goes on as everywhere. */
  private void key(KeyEvent event) {
    boolean begun = !field.getText().isEmpty() && !field.getText().endsWith(" ");
    if (event.getCode() == KeyCode.TAB
        && !event.isShiftDown()
        && begun
        && !model.suggestions().isEmpty()) {
      complete(model.suggestions().getFirst());
      event.consume();
    } else if (event.getCode() == KeyCode.DOWN && !model.rows().isEmpty()) {
      table.requestFocus();
      if (table.getSelectionModel().isEmpty()) {
        table.getSelectionModel().selectFirst();
      }
      event.consume();
    } else if (event.getCode() == KeyCode.ESCAPE && !field.getText().isEmpty()) {
      field.clear();
      event.consume();
    }
  }

  private void complete(String word) {
    model.complete(word);
    field.requestFocus();
    field.end();
  }

  private VBox below() {
    Label problem = new Label();
    problem.setId("moments-problem");
    problem.getStyleClass().add("field-error");
    problem.setWrapText(true);
    problem
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> model.problem().get() == null ? "" : messages.problem(model.problem().get()),
                model.problem(),
                messages.languageProperty()));
    problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
    problem.managedProperty().bind(problem.visibleProperty());
    suggestions.setId("moments-suggestions");
    model.suggestions().addListener((ListChangeListener<String>) _ -> fillSuggestions());
    fillSuggestions();
    VBox below = new VBox(problem, suggestions);
    below.getStyleClass().add("moments-below");
    return below;
  }

  private void fillSuggestions() {
    suggestions
        .getChildren()
        .setAll(
            model.suggestions().stream()
                .map(
                    word -> {
                      Hyperlink link = new Hyperlink(word);
                      link.setFocusTraversable(false);
                      link.setOnAction(_ -> complete(word));
                      return link;
                    })
                .toList());
  }

  private void table(Consumer<Moment> jump) {
    table.setId("moments-table");
    table.setItems(model.rows());
    table.setFixedCellSize(24);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    Label empty = new Label();
    empty.getStyleClass().add("empty-text");
    empty.setWrapText(true);
    empty
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> messages.of(model.result().get() == null ? "moments.empty" : "moments.none"),
                model.result(),
                messages.languageProperty()));
    table.setPlaceholder(empty);
    TableCopy.install(table, messages);
    TableColumn<Moment, String> from = column("from", 120, model::from);
    from.getStyleClass().add("mono-cell");
    from.setMaxWidth(150);
    TableColumn<Moment, String> length = column("length", 90, model::length);
    length.getStyleClass().addAll("mono-cell", "number-cell");
    length.setMaxWidth(120);
    TableColumn<Moment, String> what = column("what", 700, model::what);
    what.setCellFactory(_ -> new TipCell<>());
    table.getColumns().setAll(List.of(from, length, what));
    table
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            moment -> {
              if (moment != null) {
                jump.accept(moment);
              }
            });
  }

  private TableColumn<Moment, String> column(
      String key, double width, Function<Moment, String> value) {
    TableColumn<Moment, String> column =
        Widgets.column("moments-" + key, messages.binding("moments.column." + key), width);
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
    column.setSortable(false);
    return column;
  }
}
