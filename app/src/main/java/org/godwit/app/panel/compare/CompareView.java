package org.godwit.app.panel.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.LinkedRows;
import org.godwit.app.panel.SpeedSearch;
import org.godwit.app.panel.TableCopy;
import org.godwit.app.panel.TipCell;
import org.godwit.app.panel.Widgets;
import org.godwit.app.panel.load.Metric;
import org.godwit.app.panel.load.PictureView;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Theme;

/**
 * A comparison: at the left how the two part, at the right their load and the tables. A line with a
 * time, a migration, a place in the chart and the slider all choose the moment.
 */
final class CompareView extends SplitPane {
  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
  private static final double NANOS = 1e9;
  private static final double SCROLL_BAR = 18;

  private final Messages messages;
  private final Theme theme;
  private final CompareViewModel model;
  private final PictureView chart;
  private final ListView<CompareViewModel.Line> story = new ListView<>();
  private final TableView<CompareViewModel.ProcessRow> processes = new TableView<>();
  private final TableView<CompareViewModel.MoveRow> moves = new TableView<>();
  private final TableView<CompareViewModel.LoadRow> totals = new TableView<>();
  private final Label verdict = new Label();
  private final ComboBox<Metric> metric = new ComboBox<>();
  private final ComboBox<CompareViewModel.Manner> manner = new ComboBox<>();

  /**
   * @param messages the window's texts
   * @param theme its look
   * @param figures how figures are written
   * @param model what is shown
   * @param beside more buttons beside the slider
   */
  CompareView(
      Messages messages,
      Theme theme,
      Figures figures,
      CompareViewModel model,
      List<? extends Node> beside) {
    this.messages = messages;
    this.theme = theme;
    this.model = model;
    this.chart = new PictureView(theme, figures, model::value, model.moment()::set);
    chart.setId("compare-chart");
    chart.accessibleTextProperty().bind(messages.binding("compare.chart"));
    SplitPane right = new SplitPane(chartPart(), tables(beside));
    right.setOrientation(Orientation.VERTICAL);
    right.setDividerPositions(0.52);
    getItems().setAll(storyPart(), right);
    setDividerPositions(0.36);
    SplitPane.setResizableWithParent(getItems().getFirst(), false);
    model.moment().subscribe(_ -> showMoment());
    Widgets.whileShown(
        this,
        () ->
            Subscription.combine(
                theme.variantProperty().subscribe(_ -> draw()),
                messages.languageProperty().subscribe(_ -> fill())));
  }

  // ------------------------------------------------------------------ where they part

  private VBox storyPart() {
    verdict.setId("compare-verdict");
    verdict.setWrapText(true);
    verdict.setMinHeight(USE_PREF_SIZE);
    verdict.getStyleClass().addAll("strong", "compare-verdict");
    story.setId("compare-story");
    story.setCellFactory(_ -> new LineCell());
    story.accessibleTextProperty().bind(messages.binding("compare.story"));
    story
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            line -> {
              if (line != null && line.atNanos() >= 0) {
                model.moment().set(line.atNanos());
              }
            });
    VBox.setVgrow(story, Priority.ALWAYS);
    VBox part = new VBox(verdict, story);
    part.setMinWidth(240);
    return part;
  }

  /** Who, when, and the sentence, wrapped. */
  private final class LineCell extends ListCell<CompareViewModel.Line> {
    private final Label who = new Label();
    private final Label when = new Label();
    private final Label text = new Label();
    private final HBox all = new HBox(8, who, when, text);

    LineCell() {
      who.getStyleClass().addAll("strong", "compare-who");
      who.setMinWidth(USE_PREF_SIZE);
      when.getStyleClass().addAll("mono", "muted");
      when.setMinWidth(USE_PREF_SIZE);
      text.setWrapText(true);
      HBox.setHgrow(text, Priority.ALWAYS);
      all.getStyleClass().add("compare-line");
      // The height of a wrapped text depends on a width that the list does not tell.
      prefWidthProperty().bind(story.widthProperty().subtract(SCROLL_BAR));
    }

    @Override
    protected void updateItem(CompareViewModel.Line line, boolean isEmpty) {
      super.updateItem(line, isEmpty);
      if (isEmpty || line == null) {
        setGraphic(null);
        return;
      }
      who.setText(line.who());
      when.setText(model.time(line.atNanos()));
      text.setText(line.text());
      show(who, !line.who().isEmpty());
      show(when, line.atNanos() >= 0);
      text.getStyleClass().removeAll("strong", "muted");
      if (line.isHead()) {
        text.getStyleClass().addAll("strong", "muted");
      }
      setGraphic(all);
    }
  }

  private static void show(Label label, boolean shown) {
    label.setVisible(shown);
    label.setManaged(shown);
  }

  // ------------------------------------------------------------------ chart

  private BorderPane chartPart() {
    choices(metric, "compare-metric", Metric.values(), each -> "load.metric." + each.key());
    metric.valueProperty().bindBidirectional(model.metric());
    choices(
        manner,
        "compare-manner",
        CompareViewModel.Manner.values(),
        each -> "compare.manner." + each.name().toLowerCase(Locale.ROOT));
    manner.valueProperty().bindBidirectional(model.manner());
    CheckBox mean = box("compare-mean", "compare.showMean");
    mean.selectedProperty().bindBidirectional(model.mean());
    if (!model.hasFewNodes()) {
      // The curves of both are then means anyway.
      mean.disableProperty().bind(manner.valueProperty().isEqualTo(CompareViewModel.Manner.BOTH));
    }
    CheckBox after = box("compare-after", "compare.afterParting");
    after.selectedProperty().bindBidirectional(model.afterParting());
    for (ObservableValue<?> each :
        List.of(model.metric(), model.manner(), model.mean(), model.afterParting())) {
      each.subscribe(_ -> draw());
    }
    BorderPane part = new BorderPane(chart);
    part.setTop(Widgets.bar(metric, manner, mean, after));
    return part;
  }

  private CheckBox box(String id, String key) {
    CheckBox box = new CheckBox();
    box.setId(id);
    box.textProperty().bind(messages.binding(key));
    return box;
  }

  private <T> void choices(ComboBox<T> box, String id, T[] values, Function<T, String> key) {
    box.setId(id);
    box.getItems().setAll(values);
    box.setCellFactory(_ -> new WordCell<>(key));
    box.setButtonCell(new WordCell<>(key));
    box.setMinWidth(USE_PREF_SIZE);
    Widgets.whileShown(
        this,
        () -> messages.languageProperty().subscribe(_ -> box.setButtonCell(new WordCell<>(key))));
  }

  private final class WordCell<T> extends ListCell<T> {
    private final Function<T, String> key;

    WordCell(Function<T, String> key) {
      this.key = key;
    }

    @Override
    protected void updateItem(T item, boolean isEmpty) {
      super.updateItem(item, isEmpty);
      setText(isEmpty || item == null ? null : messages.of(key.apply(item)));
    }
  }

  // ------------------------------------------------------------------ tables

  private BorderPane tables(List<? extends Node> beside) {
    processTable();
    moveTable();
    totalTable();
    TabPane tabs = new TabPane(tab("processes", processes), tab("moves", moves));
    tabs.getTabs().add(tab("totals", totals));
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    BorderPane part = new BorderPane(tabs);
    part.setTop(momentBar(beside));
    return part;
  }

  private HBox momentBar(List<? extends Node> beside) {
    Slider slider = new Slider(0, Math.max(1e-3, model.endNanos() / NANOS), 0);
    slider.setId("compare-moment");
    slider.setBlockIncrement(1);
    slider.accessibleTextProperty().bind(messages.binding("compare.moment"));
    slider.setTooltip(Widgets.tip(messages.binding("compare.moment")));
    model.moment().subscribe(nanos -> follow(slider, nanos.longValue()));
    slider
        .valueProperty()
        .subscribe(
            value -> {
              long nanos = Math.round(value.doubleValue() * NANOS);
              // The model's instant is exact; the slider's is what a double of seconds can hold.
              if (Math.abs(nanos - model.moment().get()) > 1_000) {
                model.moment().set(nanos);
              }
            });
    HBox.setHgrow(slider, Priority.ALWAYS);
    Label when = new Label();
    when.getStyleClass().add("mono");
    when.setMinWidth(110);
    model.moment().subscribe(nanos -> when.setText(model.time(nanos.longValue())));
    HBox bar = Widgets.bar(Widgets.label(messages.binding("compare.at")), slider, when);
    bar.getChildren().addAll(beside);
    return bar;
  }

  private static void follow(Slider slider, long nanos) {
    if (Math.abs(slider.getValue() - nanos / NANOS) > 1e-6) {
      slider.setValue(nanos / NANOS);
    }
  }

  private Tab tab(String key, TableView<?> table) {
    Tab tab = new Tab();
    tab.setId("compare-" + key);
    tab.textProperty().bind(messages.binding("compare.tab." + key));
    tab.setContent(SpeedSearch.over(table));
    table.setId("compare-table-" + key);
    table.setFixedCellSize(24);
    table.setPlaceholder(Widgets.empty(messages.binding("compare.none." + key)));
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    TableCopy.install(table, messages);
    return tab;
  }

  private void processTable() {
    List<TableColumn<CompareViewModel.ProcessRow, ?>> columns =
        List.of(
            mark(CompareViewModel.ProcessRow::differs),
            text("process", 200, CompareViewModel.ProcessRow::process),
            side("A", 180, CompareViewModel.ProcessRow::a),
            side("B", 180, CompareViewModel.ProcessRow::b));
    processes.getColumns().setAll(columns);
    processes.setRowFactory(_ -> row(CompareViewModel.ProcessRow::differs));
  }

  /** A process or node that is chosen here is selected in the window, and the other way about. */
  CompareView linkedTo(SelectionModel selection) {
    LinkedRows.mark(
        processes,
        selection,
        _ -> row(CompareViewModel.ProcessRow::differs),
        each -> selection.isSelected(each.id()));
    processes
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            row -> {
              if (row != null) {
                selection.select(row.id());
              }
            });
    LinkedRows.mark(
        totals,
        selection,
        _ -> row(CompareViewModel.LoadRow::differs),
        each -> selection.isNodeSelected(each.node()));
    totals
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            row -> {
              if (row != null && row.node() > 0) {
                selection.selectNode(row.node());
              }
            });
    return this;
  }

  private void moveTable() {
    List<TableColumn<CompareViewModel.MoveRow, ?>> columns =
        List.of(
            mark(CompareViewModel.MoveRow::differs),
            text("process", 140, CompareViewModel.MoveRow::process),
            mono(side("A", 80, CompareViewModel.MoveRow::whenA)),
            text("way", 120, CompareViewModel.MoveRow::wayA),
            text("cost", 130, CompareViewModel.MoveRow::costA),
            mono(side("B", 80, CompareViewModel.MoveRow::whenB)),
            text("way", 120, CompareViewModel.MoveRow::wayB),
            text("cost", 130, CompareViewModel.MoveRow::costB));
    moves.getColumns().setAll(columns);
    moves.setRowFactory(_ -> row(CompareViewModel.MoveRow::differs));
    jump(moves, CompareViewModel.MoveRow::atNanos);
  }

  private void totalTable() {
    List<TableColumn<CompareViewModel.LoadRow, ?>> columns = new ArrayList<>();
    columns.add(mark(CompareViewModel.LoadRow::differs));
    columns.add(text("node", 120, row -> row.cells().getFirst()));
    int cell = 1;
    for (String figure : List.of("runnable", "load", "cpu", "calls", "bytes")) {
      for (String side : List.of("A", "B")) {
        int at = cell++;
        TableColumn<CompareViewModel.LoadRow, String> column = new TableColumn<>();
        column
            .textProperty()
            .bind(messages.binding("compare.column." + figure).map(name -> name + " " + side));
        column.setPrefWidth(96);
        column.setSortable(false);
        column.setCellValueFactory(
            each -> new ReadOnlyObjectWrapper<>(each.getValue().cells().get(at)));
        column.getStyleClass().addAll("mono-cell", "number-cell");
        columns.add(column);
      }
    }
    totals.getColumns().setAll(columns);
    totals.setRowFactory(_ -> row(CompareViewModel.LoadRow::differs));
  }

  private <R> void jump(TableView<R> table, ToLongFunction<R> at) {
    table
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            row -> {
              if (row != null) {
                model.moment().set(at.applyAsLong(row));
              }
            });
  }

  /** A sign, because nothing may be said by colour alone. */
  private <R> TableColumn<R, String> mark(Function<R, Boolean> differs) {
    TableColumn<R, String> column = new TableColumn<>();
    column.setPrefWidth(28);
    column.setMinWidth(28);
    column.setMaxWidth(28);
    column.setSortable(false);
    column.setCellValueFactory(
        each -> new ReadOnlyObjectWrapper<>(differs.apply(each.getValue()) ? "≠" : ""));
    return column;
  }

  private <R> TableColumn<R, String> text(String key, double width, Function<R, String> value) {
    TableColumn<R, String> column =
        Widgets.column("compare-" + key, messages.binding("compare.column." + key), width);
    column.setSortable(false);
    column.setCellFactory(_ -> new TipCell<>());
    column.setCellValueFactory(each -> new ReadOnlyObjectWrapper<>(value.apply(each.getValue())));
    return column;
  }

  private <R> TableColumn<R, String> side(String side, double width, Function<R, String> value) {
    TableColumn<R, String> column = new TableColumn<>(side);
    column.setPrefWidth(width);
    column.setSortable(false);
    column.setCellFactory(_ -> new TipCell<>());
    column.setCellValueFactory(each -> new ReadOnlyObjectWrapper<>(value.apply(each.getValue())));
    return column;
  }

  private static <R> TableColumn<R, String> mono(TableColumn<R, String> column) {
    column.getStyleClass().add("mono-cell");
    return column;
  }

  private static <R> TableRow<R> row(Function<R, Boolean> differs) {
    TableRow<R> row = new TableRow<>();
    row.itemProperty()
        .subscribe(
            item -> row.pseudoClassStateChanged(CHOSEN, item != null && differs.apply(item)));
    return row;
  }

  // ------------------------------------------------------------------ filling

  private void fill() {
    verdict.setText(model.verdict());
    story.getItems().setAll(model.story());
    moves.getItems().setAll(model.moves());
    totals.getItems().setAll(model.totals());
    showMoment();
    draw();
  }

  private void showMoment() {
    processes.getItems().setAll(model.processes());
    chart.showMoment(model.moment().get());
  }

  private void draw() {
    chart.show(model.picture(), messages.languageTag());
  }
}
