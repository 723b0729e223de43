package org.godwit.app.panel.events;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.LinkedRows;
import org.godwit.app.panel.Roster;
import org.godwit.app.panel.SpeedSearch;
import org.godwit.app.panel.TableCopy;
import org.godwit.app.panel.TipCell;
import org.godwit.app.panel.Widgets;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.text.Messages;
import org.godwit.model.ProcessId;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The event log: one line an event, filters above it; choosing a line selects what it is about. */
public final class EventsView extends BorderPane {
  private final Messages messages;
  private final SelectionModel selection;
  private final EventsViewModel model;
  private final TableView<EventRow> table = new TableView<>();
  private final ToggleButton follow = new ToggleButton();

  /**
   * @param messages the window's texts
   * @param selection where a chosen line leads
   * @param model the log
   * @param figures how times are written
   * @param roster names of nodes
   */
  public EventsView(
      Messages messages,
      SelectionModel selection,
      EventsViewModel model,
      Figures figures,
      Roster roster) {
    this.messages = messages;
    this.selection = selection;
    this.model = model;
    Widgets.panel(this, "events");
    setTop(bar());
    table.setId("event-table");
    table.setItems(model.rows());
    table.setFixedCellSize(24);
    table.setPlaceholder(placeholder(Widgets.empty(messages.binding("events.empty"))));
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    addColumns(figures, roster);
    LinkedRows.mark(table, selection, _ -> new TableRow<>(), this::isLinked);
    table
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            row -> {
              if (row != null) {
                jump(row);
              }
            });
    TableCopy.install(table, messages);
    setCenter(SpeedSearch.over(table));
    Widgets.options(
        this,
        () ->
            List.of(
                Widgets.option(messages.binding("events.follow"), follow.selectedProperty()),
                Widgets.option(messages.binding("events.onlySelected"), model.onlySelected()),
                Widgets.columns(table, messages)));
    follow();
    Widgets.whileShown(this, () -> messages.languageProperty().subscribe(_ -> table.refresh()));
  }

  private HBox bar() {
    MenuButton kinds = new MenuButton();
    kinds.setId("event-kinds");
    kinds.textProperty().bind(messages.binding("events.kinds"));
    kinds.setGraphic(Widgets.icon(Feather.FILTER));
    for (EventKind kind : EventKind.values()) {
      CheckMenuItem item = new CheckMenuItem();
      item.textProperty().bind(messages.binding(key(kind)));
      item.setGraphic(Widgets.icon(icon(kind)));
      item.setSelected(model.kinds().contains(kind));
      item.selectedProperty()
          .subscribe(
              on -> {
                if (on) {
                  model.kinds().add(kind);
                } else {
                  model.kinds().remove(kind);
                }
              });
      kinds.getItems().add(item);
    }
    TextField filter = new TextField();
    filter.setId("event-filter");
    filter.promptTextProperty().bind(messages.binding("events.filter"));
    filter.accessibleTextProperty().bind(messages.binding("events.filter"));
    filter.textProperty().bindBidirectional(model.filter());
    filter.setOnKeyPressed(
        event -> {
          if (event.getCode() == KeyCode.ESCAPE && !filter.getText().isEmpty()) {
            filter.clear();
            event.consume();
          }
        });
    filter.setMaxWidth(320);
    HBox.setHgrow(filter, Priority.ALWAYS);
    CheckBox onlySelected = new CheckBox();
    onlySelected.textProperty().bind(messages.binding("events.onlySelected"));
    onlySelected.selectedProperty().bindBidirectional(model.onlySelected());
    follow.textProperty().bind(messages.binding("events.follow"));
    follow.setGraphic(Widgets.icon(Feather.CHEVRONS_DOWN));
    follow.setSelected(true);
    Label count = new Label();
    count.getStyleClass().add("caption");
    count
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> messages.of("events.count", model.rows().size(), model.total().get()),
                model.rows(),
                model.total(),
                messages.languageProperty()));
    return Widgets.bar(kinds, filter, onlySelected, Widgets.spring(), count, follow);
  }

  /** What the panel says and offers while there is no event at all. */
  public EventsView offering(Node offer) {
    table.setPlaceholder(placeholder(offer));
    return this;
  }

  private StackPane placeholder(Node none) {
    Label noMatch = Widgets.empty(messages.binding("events.noMatch"));
    none.visibleProperty().bind(model.total().isEqualTo(0));
    noMatch.visibleProperty().bind(none.visibleProperty().not());
    return new StackPane(none, noMatch);
  }

  private void addColumns(Figures figures, Roster roster) {
    TableColumn<EventRow, String> time =
        column("time", 108, row -> figures.instant(row.event().atNanos()));
    time.getStyleClass().add("mono-cell");
    TableColumn<EventRow, String> node =
        column(
            "node",
            90,
            row ->
                row.event().node() == 0
                    ? messages.of("events.cluster")
                    : roster.node(row.event().node()));
    TableColumn<EventRow, EventKind> kind = column("kind", 150, EventRow::kind);
    kind.setCellFactory(_ -> new KindCell());
    TableCopy.words(kind, each -> messages.of(key(each)));
    TableColumn<EventRow, String> what = column("what", 700, EventRow::sentence);
    what.setCellFactory(_ -> new TipCell<>());
    for (TableColumn<EventRow, ?> column : List.of(time, node, kind, what)) {
      column.setSortable(false);
    }
    time.setMaxWidth(150);
    node.setMaxWidth(200);
    kind.setMaxWidth(200);
    table.getColumns().setAll(List.of(time, node, kind, what));
  }

  private <T> TableColumn<EventRow, T> column(
      String key, double width, Function<EventRow, T> value) {
    TableColumn<EventRow, T> column =
        Widgets.column("event-" + key, messages.binding("events.column." + key), width);
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(value.apply(cell.getValue())));
    return column;
  }

  private final class KindCell extends TableCell<EventRow, EventKind> {
    private EventKind pictured;
    private FontIcon picture;

    @Override
    protected void updateItem(EventKind kind, boolean empty) {
      super.updateItem(kind, empty);
      setText(empty || kind == null ? null : messages.of(key(kind)));
      if (!empty && kind != null && kind != pictured) {
        pictured = kind;
        picture =
            Widgets.icon(icon(kind), kind == EventKind.TROUBLE ? "danger-icon" : "muted-icon");
      }
      setGraphic(empty || kind == null ? null : picture);
    }
  }

  /** The end of the log stays in sight until somebody scrolls up. */
  private void follow() {
    model.rows().addListener((ListChangeListener<EventRow>) _ -> scrollToEnd());
    follow.selectedProperty().subscribe(_ -> scrollToEnd());
    table.addEventFilter(
        ScrollEvent.SCROLL,
        event -> {
          if (event.getDeltaY() > 0) {
            follow.setSelected(false);
          }
        });
    sceneProperty().subscribe(_ -> scrollToEnd());
    table.heightProperty().subscribe(_ -> scrollToEnd());
  }

  /** After the layout, because before it the table does not know where its end will be. */
  private void scrollToEnd() {
    Platform.runLater(
        () -> {
          if (!model.rows().isEmpty() && follow.isSelected()) {
            table.scrollTo(model.rows().size() - 1);
          }
        });
  }

  /** Whether it is about what is selected; what happens to a process also happens on its node. */
  private boolean isLinked(EventRow row) {
    ProcessId process = row.event().what().process();
    return process != null && selection.isSelected(process)
        || selection.isNodeSelected(row.event().node());
  }

  private void jump(EventRow row) {
    follow.setSelected(false);
    ProcessId process = row.event().what().process();
    if (process != null) {
      selection.select(process);
    } else if (row.event().node() > 0) {
      selection.selectNode(row.event().node());
    }
  }

  private static String key(EventKind kind) {
    return "events.kind." + kind.name().toLowerCase(Locale.ROOT);
  }

  private static Feather icon(EventKind kind) {
    return switch (kind) {
      case LIFE -> Feather.PLAY;
      case STAY -> Feather.ANCHOR;
      case MOVE -> Feather.ZAP;
      case DECISION -> Feather.GIT_BRANCH;
      case OUTPUT -> Feather.TERMINAL;
      case CLUSTER -> Feather.SERVER;
      case TROUBLE -> Feather.ALERT_TRIANGLE;
    };
  }
}
