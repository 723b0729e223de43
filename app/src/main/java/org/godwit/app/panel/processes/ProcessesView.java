package org.godwit.app.panel.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.godwit.app.palette.ProgramLooks;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.HappeningText;
import org.godwit.app.panel.ProgramMark;
import org.godwit.app.panel.SpeedSearch;
import org.godwit.app.panel.TableCopy;
import org.godwit.app.panel.Widgets;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.text.Messages;
import org.godwit.app.workbench.EmptyState;
import org.godwit.app.workbench.WorkbenchContext;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.command.Command;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The process table: filter field, columns, lock boxes, context menu, speed search. */
public final class ProcessesView extends BorderPane {
  private static final PseudoClass ENDED = PseudoClass.getPseudoClass("ended");
  private static final PseudoClass AWAY = PseudoClass.getPseudoClass("away");
  private static final PseudoClass OK = PseudoClass.getPseudoClass("ok");
  private static final PseudoClass ACCENT = PseudoClass.getPseudoClass("accent");
  private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

  private final WorkbenchContext context;
  private final Messages messages;
  private final ProcessesViewModel model;
  private final Figures figures;
  private final HappeningText texts;
  private final ProgramLooks looks;
  private final TableView<ProcessRow> table = new TableView<>();
  private final TextField filter = new TextField();
  private boolean syncing;

  /**
   * @param context what panels work with
   * @param model the rows
   * @param figures how figures are written
   * @param texts meaning of stay reasons
   * @param looks signs of programs
   */
  public ProcessesView(
      WorkbenchContext context,
      ProcessesViewModel model,
      Figures figures,
      HappeningText texts,
      ProgramLooks looks) {
    this.context = context;
    this.messages = context.messages();
    this.model = model;
    this.figures = figures;
    this.texts = texts;
    this.looks = looks;
    Widgets.panel(this, "processes");
    SpeedSearch search = new SpeedSearch(table, this::find);
    setTop(bar(search));
    setCenter(table);
    table.setId("process-table");
    table.setItems(model.rows());
    table.setFixedCellSize(context.theme().size("size.row"));
    table.setPlaceholder(placeholder());
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.setTableMenuButtonVisible(true);
    table.setSortPolicy(
        sorted -> {
          model.orderBy(sorted.getComparator());
          return true;
        });
    table.setRowFactory(_ -> row());
    addColumns();
    table.setContextMenu(menu());
    TableCopy.install(table, messages);
    Widgets.options(this, () -> List.of(Widgets.columns(table, messages)));
    table.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    linkSelection();
    context.theme().variantProperty().subscribe(_ -> table.refresh());
    messages.languageProperty().subscribe(_ -> table.refresh());
  }

  private HBox bar(SpeedSearch search) {
    filter.setId("process-filter");
    filter.promptTextProperty().bind(messages.binding("processes.filter"));
    filter.accessibleTextProperty().bind(messages.binding("processes.filter"));
    filter.textProperty().bindBidirectional(model.filter());
    filter.setOnKeyPressed(
        event -> {
          if (event.getCode() == KeyCode.ESCAPE && !filter.getText().isEmpty()) {
            filter.clear();
            event.consume();
          }
        });
    HBox.setHgrow(filter, Priority.ALWAYS);
    filter.setMaxWidth(460);
    Label count = new Label();
    count.getStyleClass().add("caption");
    count
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> messages.of("processes.count", model.rows().size(), model.total().get()),
                model.rows(),
                model.total(),
                messages.languageProperty()));
    Label searching = new Label();
    searching.getStyleClass().add("speed-search");
    searching
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> messages.of("processes.search", search.typed().get()),
                search.typed(),
                messages.languageProperty()));
    searching.visibleProperty().bind(search.typed().isNotEmpty());
    searching.managedProperty().bind(searching.visibleProperty());
    return Widgets.bar(
        Widgets.icon(Feather.SEARCH, "muted-icon"), filter, searching, Widgets.spring(), count);
  }

  private StackPane placeholder() {
    EmptyState none = EmptyState.of(context, "processes.empty", "help.migrate", "window.programs");
    Label noMatch =
        Widgets.empty(
            Bindings.createStringBinding(
                () -> messages.of("processes.noMatch", model.filter().get()),
                model.filter(),
                messages.languageProperty()));
    Hyperlink clear = new Hyperlink();
    clear.textProperty().bind(messages.binding("processes.clearFilter"));
    clear.setOnAction(_ -> filter.clear());
    VBox filtered = new VBox(noMatch, clear);
    filtered.setAlignment(Pos.CENTER);
    none.visibleProperty().bind(model.total().isEqualTo(0));
    filtered.visibleProperty().bind(none.visibleProperty().not());
    return new StackPane(none, filtered);
  }

  // ------------------------------------------------------------------ columns

  private void addColumns() {
    TableColumn<ProcessRow, ProcessId> pid = column("pid", 82, s -> s.process().id());
    pid.setCellFactory(_ -> new TextCell<>(ProcessId::toString, "mono"));
    TableColumn<ProcessRow, String> program = column("program", 150, s -> s.process().program());
    program.setCellFactory(_ -> new ProgramCell());
    TableColumn<ProcessRow, String> home = column("home", 92, ProcessRow.Shown::homeName);
    TableColumn<ProcessRow, String> on = column("on", 92, ProcessRow.Shown::onName);
    on.setCellFactory(_ -> new TextCell<>(Function.identity(), "on-cell"));
    TableColumn<ProcessRow, Double> cpu = column("cpu", 64, s -> s.process().cpuShare());
    cpu.getStyleClass().add("number-cell");
    cpu.setCellFactory(_ -> new TextCell<>(figures::percent, "mono"));
    TableColumn<ProcessRow, Long> memory = column("memory", 84, ProcessRow.Shown::memoryBytes);
    memory.getStyleClass().add("number-cell");
    memory.setCellFactory(_ -> new TextCell<>(figures::bytes, "mono"));
    TableColumn<ProcessRow, Integer> moves =
        column("migrations", 64, s -> s.process().migrations());
    moves.getStyleClass().add("number-cell");
    moves.setCellFactory(_ -> new TextCell<>(n -> figures.count(n), "mono"));
    TableColumn<ProcessRow, Boolean> lock = column("lock", 56, s -> s.process().lock());
    lock.setCellFactory(_ -> new LockCell());
    titleTip(lock, "processes.column.lock.tip");
    TableColumn<ProcessRow, String> cantmove =
        column("cantmove", 130, ProcessRow.Shown::reasonWords);
    cantmove.setCellFactory(_ -> new ReasonCell());
    titleTip(cantmove, "processes.column.cantmove.tip");
    TableColumn<ProcessRow, ProcessView.State> state =
        column("state", 150, s -> s.process().state());
    state.setCellFactory(_ -> new StateCell());
    table
        .getColumns()
        .setAll(List.of(pid, program, home, on, cpu, memory, moves, lock, cantmove, state));
  }

  private <T> TableColumn<ProcessRow, T> column(
      String key, double width, Function<ProcessRow.Shown, T> value) {
    TableColumn<ProcessRow, T> column =
        Widgets.column(key + "-column", messages.binding("processes.column." + key), width);
    column.setCellValueFactory(cell -> cell.getValue().shown().map(value));
    return column;
  }

  /** A column's title cannot bear a tooltip, the label in its place can. */
  private void titleTip(TableColumn<ProcessRow, ?> column, String key) {
    Label title = new Label();
    title.textProperty().bind(column.textProperty());
    title.setTooltip(Widgets.tip(messages.binding(key)));
    title.getStyleClass().add("titled");
    column.setGraphic(title);
    column.getStyleClass().add("title-in-graphic");
  }

  /** A cell of text made from the value. */
  private static final class TextCell<T> extends TableCell<ProcessRow, T> {
    private final Function<T, String> text;

    TextCell(Function<T, String> text, String... styles) {
      this.text = text;
      getStyleClass().addAll(styles);
    }

    @Override
    protected void updateItem(T value, boolean empty) {
      super.updateItem(value, empty);
      setText(empty || value == null ? null : text.apply(value));
      ProcessRow row = empty ? null : getTableRow().getItem();
      pseudoClassStateChanged(AWAY, row != null && row.now().process().isAway());
    }
  }

  private final class ProgramCell extends TableCell<ProcessRow, String> {
    private final ProgramMark mark = new ProgramMark(context.theme(), looks, 18);

    @Override
    protected void updateItem(String program, boolean empty) {
      super.updateItem(program, empty);
      setText(empty ? null : program);
      setGraphic(empty || program == null ? null : mark);
      if (!empty && program != null) {
        mark.show(program);
      }
    }
  }

  private final class LockCell extends TableCell<ProcessRow, Boolean> {
    private final CheckBox box = new CheckBox();

    LockCell() {
      getStyleClass().add("lock-cell");
      box.setFocusTraversable(false);
      box.setOnAction(
          _ -> {
            ProcessRow row = getTableRow().getItem();
            if (row != null) {
              // The box follows the cluster: it changes when the lock has been written.
              box.setSelected(row.now().process().lock());
              model.toggleLock(row.id(), selectedIds());
            }
          });
    }

    @Override
    protected void updateItem(Boolean locked, boolean empty) {
      super.updateItem(locked, empty);
      setGraphic(empty ? null : box);
      if (!empty && locked != null) {
        box.setSelected(locked);
        ProcessRow row = getTableRow().getItem();
        box.setDisable(row != null && !row.now().process().isAlive());
        box.setAccessibleText(
            messages.of("processes.column.lock") + (row == null ? "" : " " + row));
      }
    }
  }

  private final class ReasonCell extends TableCell<ProcessRow, String> {
    private final FontIcon anchor = Widgets.icon(Feather.ANCHOR);
    private final Tooltip tip = new Tooltip();

    ReasonCell() {
      tip.setWrapText(true);
      tip.setMaxWidth(420);
      getStyleClass().addAll("mono", "reason-cell");
    }

    @Override
    protected void updateItem(String words, boolean empty) {
      super.updateItem(words, empty);
      boolean none = empty || words == null || words.isEmpty();
      setText(none ? null : words);
      setGraphic(none ? null : anchor);
      ProcessRow row = none ? null : getTableRow().getItem();
      setTooltip(row == null ? null : tip);
      if (row != null) {
        tip.setText(meanings(row));
      }
    }

    private String meanings(ProcessRow row) {
      List<String> lines = new ArrayList<>();
      for (StayEvidence evidence : row.now().process().reasons()) {
        lines.add(evidence.reason().word() + ": " + texts.meaning(evidence.reason()));
      }
      return String.join("\n", lines);
    }
  }

  /** Its picture is made once: states change many times a second. */
  private final class StateCell extends TableCell<ProcessRow, ProcessView.State> {
    private final FontIcon icon = Widgets.icon(Feather.PLAY, "state-icon");
    private ProcessView.State pictured;
    private PseudoClass colour;

    @Override
    protected void updateItem(ProcessView.State state, boolean empty) {
      super.updateItem(state, empty);
      ProcessRow row = empty ? null : getTableRow().getItem();
      if (row == null || state == null) {
        setText(null);
        setGraphic(null);
        return;
      }
      String call = row.now().process().waitingFor();
      setText(
          state == ProcessView.State.WAITING && !call.isEmpty()
              ? messages.of("processes.state.waitingFor", call)
              : messages.of("processes.state." + state.name().toLowerCase(Locale.ROOT)));
      if (state != pictured) {
        pictured = state;
        picture(state);
      }
      setGraphic(icon);
    }

    private void picture(ProcessView.State state) {
      switch (state) {
        case RUNNING -> picture(Feather.PLAY, OK);
        case READY -> picture(Feather.MORE_HORIZONTAL, null);
        case WAITING -> picture(Feather.MOON, null);
        case FROZEN -> picture(Feather.ZAP, ACCENT);
        case STOPPED -> picture(Feather.PAUSE, null);
        case CRASHED, LOST -> picture(Feather.X_OCTAGON, DANGER);
        case ZOMBIE, EXITED -> picture(Feather.CHECK, null);
      }
    }

    private void picture(Feather picture, PseudoClass wanted) {
      icon.setIconCode(picture);
      if (wanted != colour) {
        if (colour != null) {
          icon.pseudoClassStateChanged(colour, false);
        }
        if (wanted != null) {
          icon.pseudoClassStateChanged(wanted, true);
        }
        colour = wanted;
      }
    }
  }

  private TableRow<ProcessRow> row() {
    TableRow<ProcessRow> row = new TableRow<>();
    row.itemProperty()
        .flatMap(ProcessRow::shown)
        .subscribe(
            shown ->
                row.pseudoClassStateChanged(ENDED, shown != null && !shown.process().isAlive()));
    row.setOnMouseClicked(
        event -> {
          if (event.getButton() == MouseButton.PRIMARY
              && event.getClickCount() == 2
              && row.getItem() != null) {
            inspect();
          }
        });
    return row;
  }

  // ------------------------------------------------------------------ what a person does

  private ContextMenu menu() {
    Menu migrate = new Menu();
    migrate.textProperty().bind(messages.binding("processes.menu.migrate"));
    migrate.setGraphic(Widgets.icon(Feather.ZAP));
    MenuItem home = item("processes.menu.home", Feather.HOME, () -> model.sendHome(selectedIds()));
    MenuItem lock =
        item("processes.menu.lock", Feather.LOCK, () -> model.setLock(selectedIds(), true));
    MenuItem unlock =
        item("processes.menu.unlock", Feather.UNLOCK, () -> model.setLock(selectedIds(), false));
    MenuItem why = item("processes.menu.why", Feather.HELP_CIRCLE, this::inspect);
    MenuItem kill = item("processes.menu.kill", Feather.X_OCTAGON, () -> model.kill(selectedIds()));
    ContextMenu menu =
        new ContextMenu(
            why,
            migrate,
            home,
            new SeparatorMenuItem(),
            lock,
            unlock,
            new SeparatorMenuItem(),
            kill);
    menu.setOnShowing(
        _ -> {
          List<ProcessView> selected =
              table.getSelectionModel().getSelectedItems().stream()
                  .map(row -> row.now().process())
                  .filter(ProcessView::isAlive)
                  .toList();
          fillTargets(migrate);
          migrate.setDisable(selected.isEmpty());
          home.setDisable(selected.stream().noneMatch(ProcessView::isAway));
          lock.setDisable(selected.stream().allMatch(ProcessView::lock));
          unlock.setDisable(selected.stream().noneMatch(ProcessView::lock));
          kill.setDisable(selected.isEmpty());
          why.setDisable(table.getSelectionModel().isEmpty());
        });
    return menu;
  }

  private void fillTargets(Menu migrate) {
    migrate.getItems().clear();
    for (NodeView node : model.nodes()) {
      if (node.status() == NodeView.Status.UP) {
        MenuItem target = new MenuItem(node.spec().name(), Widgets.icon(Feather.SERVER));
        target.setMnemonicParsing(false);
        target.setOnAction(_ -> model.migrate(selectedIds(), node.spec().id()));
        migrate.getItems().add(target);
      }
    }
    migrate.getItems().add(new SeparatorMenuItem());
    migrate
        .getItems()
        .add(
            item(
                "processes.menu.balance",
                Feather.SHUFFLE,
                () -> model.migrate(selectedIds(), Command.Migrate.BALANCE)));
  }

  private MenuItem item(String key, Feather icon, Runnable action) {
    MenuItem item = new MenuItem();
    item.textProperty().bind(messages.binding(key));
    item.setGraphic(Widgets.icon(icon));
    item.setOnAction(_ -> action.run());
    return item;
  }

  private void key(KeyEvent event) {
    switch (event.getCode()) {
      case SPACE -> {
        ProcessRow lead = table.getSelectionModel().getSelectedItem();
        if (lead != null) {
          model.toggleLock(lead.id(), selectedIds());
        }
        event.consume();
      }
      case DELETE -> {
        model.kill(selectedIds());
        event.consume();
      }
      case ENTER -> {
        inspect();
        event.consume();
      }
      default -> {
        // Everything else is the table's.
      }
    }
  }

  private void inspect() {
    context.desk().showToolWindow("inspector");
  }

  private void find(String typed) {
    int from = Math.max(0, table.getSelectionModel().getSelectedIndex());
    int found = model.find(typed, from);
    if (found >= 0) {
      table.getSelectionModel().clearAndSelect(found);
      table.scrollTo(Math.max(0, found - 2));
    }
  }

  // ------------------------------------------------------------------ selection

  private List<ProcessId> selectedIds() {
    return table.getSelectionModel().getSelectedItems().stream()
        .filter(row -> row != null)
        .map(ProcessRow::id)
        .toList();
  }

  private void linkSelection() {
    SelectionModel selection = context.selection();
    ObservableList<ProcessRow> selected = table.getSelectionModel().getSelectedItems();
    selected.subscribe(
        () -> {
          if (!syncing && !model.arranging().get()) {
            syncing = true;
            selection.selectProcesses(ordered(selectedIds()));
            syncing = false;
          }
        });
    selection.processes().subscribe(this::takeOverSelection);
    model
        .arranging()
        .subscribe(
            arranging -> {
              if (!arranging) {
                takeOverSelection();
              }
            });
    takeOverSelection();
  }

  /** The lead, which the inspector shows, comes last. */
  private List<ProcessId> ordered(List<ProcessId> ids) {
    ProcessRow lead = table.getSelectionModel().getSelectedItem();
    if (lead == null || !ids.contains(lead.id())) {
      return ids;
    }
    List<ProcessId> all = new ArrayList<>(ids);
    all.remove(lead.id());
    all.add(lead.id());
    return all;
  }

  private void takeOverSelection() {
    if (syncing || model.arranging().get()) {
      return;
    }
    syncing = true;
    try {
      List<ProcessId> wanted = context.selection().processes();
      if (!List.copyOf(ordered(selectedIds())).equals(List.copyOf(wanted))) {
        table.getSelectionModel().clearSelection();
        for (ProcessId id : wanted) {
          for (int i = 0; i < model.rows().size(); i++) {
            if (model.rows().get(i).id().equals(id)) {
              table.getSelectionModel().select(i);
              break;
            }
          }
        }
      }
    } finally {
      syncing = false;
    }
  }
}
