package org.godwit.app.panel.decisions;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import org.godwit.app.panel.DecisionLog;
import org.godwit.app.panel.LinkedRows;
import org.godwit.app.panel.SpeedSearch;
import org.godwit.app.panel.TableCopy;
import org.godwit.app.panel.TipCell;
import org.godwit.app.panel.Widgets;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.text.Messages;
import org.kordamp.ikonli.feather.Feather;

/** Decisions on the left, the chosen one's candidates and cost terms on the right. */
public final class DecisionsView extends BorderPane {
  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

  private final Messages messages;
  private final DecisionsViewModel model;
  private final LongConsumer lookAt;
  private final TableView<DecisionLog.Entry> table = new TableView<>();
  private final TableView<CostRow> costs = new TableView<>();

  /**
   * @param messages the window's texts
   * @param selection where a chosen decision leads
   * @param model the decisions
   * @param lookAt shows an instant of virtual time, everywhere; null where there is only one
   */
  public DecisionsView(
      Messages messages, SelectionModel selection, DecisionsViewModel model, LongConsumer lookAt) {
    this.messages = messages;
    this.model = model;
    this.lookAt = lookAt;
    Widgets.panel(this, "decisions");
    setTop(bar());
    decisions(selection);
    candidates();
    TableCopy.install(table, messages);
    TableCopy.install(costs, messages);
    SplitPane split = new SplitPane(SpeedSearch.over(table), SpeedSearch.over(costs));
    split.setDividerPositions(0.44);
    setCenter(split);
    Widgets.options(
        this,
        () ->
            List.of(
                Widgets.option(messages.binding("decisions.onlyChosen"), model.onlyChosen()),
                Widgets.option(messages.binding("decisions.onlySelected"), model.onlySelected()),
                Widgets.columns(table, messages)));
    table
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            entry -> {
              if (entry != null) {
                model.opened().set(entry);
                jump(selection, entry);
              }
            });
    model.opened().subscribe(_ -> showCosts());
    Widgets.whileShown(
        this,
        () ->
            messages
                .languageProperty()
                .subscribe(
                    _ -> {
                      table.refresh();
                      showCosts();
                    }));
  }

  private HBox bar() {
    CheckBox onlyChosen = new CheckBox();
    onlyChosen.setId("decisions-only-chosen");
    onlyChosen.textProperty().bind(messages.binding("decisions.onlyChosen"));
    onlyChosen.selectedProperty().bindBidirectional(model.onlyChosen());
    CheckBox onlySelected = new CheckBox();
    onlySelected.textProperty().bind(messages.binding("decisions.onlySelected"));
    onlySelected.selectedProperty().bindBidirectional(model.onlySelected());
    if (lookAt == null) {
      return Widgets.bar(onlyChosen, onlySelected);
    }
    Button moment = new Button();
    moment.setId("decisions-moment");
    moment.textProperty().bind(messages.binding("decisions.moment"));
    moment.setTooltip(Widgets.tip(messages.binding("decisions.moment.tip")));
    moment.setGraphic(Widgets.icon(Feather.CLOCK));
    moment.disableProperty().bind(model.opened().isNull());
    moment.setOnAction(_ -> showMoment(model.opened().get()));
    return Widgets.bar(onlyChosen, onlySelected, moment);
  }

  private void showMoment(DecisionLog.Entry entry) {
    if (entry != null && lookAt != null) {
      lookAt.accept(entry.atNanos());
    }
  }

  /** What the panel says and offers while there is no decision. */
  public DecisionsView offering(Node offer) {
    table.setPlaceholder(offer);
    return this;
  }

  private void decisions(SelectionModel selection) {
    table.setId("decision-table");
    table.setItems(model.rows());
    table.setFixedCellSize(24);
    table.setPlaceholder(Widgets.empty(messages.binding("decisions.empty")));
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    TableColumn<DecisionLog.Entry, String> time = column("time", 84, model::time);
    time.getStyleClass().add("mono-cell");
    time.setMinWidth(80);
    TableColumn<DecisionLog.Entry, String> node = column("node", 84, model::node);
    node.setMinWidth(84);
    TableColumn<DecisionLog.Entry, String> runnable = column("runnable", 96, model::runnable);
    runnable.getStyleClass().add("mono-cell");
    TableColumn<DecisionLog.Entry, String> choice = column("choice", 130, model::choice);
    TableColumn<DecisionLog.Entry, String> verdict = column("verdict", 300, model::verdict);
    verdict.setCellFactory(_ -> new TipCell<>());
    choice.setCellFactory(_ -> new TipCell<>());
    choice.setMinWidth(150);
    runnable.setMinWidth(88);
    table.getColumns().setAll(List.of(time, node, runnable, choice, verdict));
    LinkedRows.mark(
        table,
        selection,
        _ -> {
          TableRow<DecisionLog.Entry> row = new TableRow<>();
          row.setOnMouseClicked(
              e -> {
                if (e.getClickCount() == 2) {
                  showMoment(row.getItem());
                }
              });
          row.itemProperty()
              .subscribe(
                  entry ->
                      row.pseudoClassStateChanged(
                          CHOSEN, entry != null && entry.decision().chosen() != null));
          return row;
        },
        entry ->
            entry.decision().chosen() != null && selection.isSelected(entry.decision().chosen())
                || selection.isNodeSelected(entry.node()));
    // The newest stands at the end; keep it in sight while nothing is chosen.
    model
        .rows()
        .subscribe(
            () -> {
              if (table.getSelectionModel().isEmpty() && !model.rows().isEmpty()) {
                table.scrollTo(model.rows().size() - 1);
              }
            });
  }

  private void candidates() {
    costs.setId("decision-costs");
    costs.setFixedCellSize(24);
    TableColumn<CostRow, String> verdict = cost("verdict.column.verdict", 270, CostRow::verdict);
    verdict.setCellFactory(_ -> new TipCell<>());
    costs
        .getColumns()
        .setAll(
            List.of(
                cost("decisions.cost.process", 116, CostRow::process),
                figure("decisions.cost.cpu", 70, CostRow::cpu),
                cost("verdict.column.node", 80, CostRow::target),
                cost("verdict.column.belief", 128, CostRow::belief),
                figure("decisions.cost.truth", 82, CostRow::truth),
                figure("verdict.column.rates", 152, CostRow::rates),
                figure("verdict.column.gain", 74, CostRow::gain),
                figure("verdict.column.transfer", 90, CostRow::transfer),
                figure("verdict.column.calls", 84, CostRow::calls),
                verdict));
    costs.setRowFactory(
        _ -> {
          TableRow<CostRow> row = new TableRow<>();
          row.itemProperty()
              .subscribe(
                  line -> row.pseudoClassStateChanged(CHOSEN, line != null && line.chosen()));
          return row;
        });
  }

  private void showCosts() {
    DecisionLog.Entry entry = model.opened().get();
    Label empty =
        Widgets.empty(
            messages.binding(entry == null ? "decisions.cost.choose" : "decisions.cost.empty"));
    costs.setPlaceholder(empty);
    costs.getItems().setAll(entry == null ? List.of() : model.costs(entry));
  }

  private static void jump(SelectionModel selection, DecisionLog.Entry entry) {
    if (entry.decision().chosen() != null) {
      selection.select(entry.decision().chosen());
    } else {
      selection.selectNode(entry.node());
    }
  }

  private TableColumn<DecisionLog.Entry, String> column(
      String key, double width, Function<DecisionLog.Entry, String> value) {
    TableColumn<DecisionLog.Entry, String> column =
        Widgets.column("decision-" + key, messages.binding("decisions.column." + key), width);
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
    column.setSortable(false);
    return column;
  }

  private TableColumn<CostRow, String> cost(
      String key, double width, Function<CostRow, String> value) {
    TableColumn<CostRow, String> column =
        Widgets.column(key.replace('.', '-'), messages.binding(key), width);
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
    column.setSortable(false);
    return column;
  }

  private TableColumn<CostRow, String> figure(
      String key, double width, Function<CostRow, String> value) {
    TableColumn<CostRow, String> column = cost(key, width, value);
    column.getStyleClass().addAll("mono-cell", "number-cell");
    return column;
  }
}
