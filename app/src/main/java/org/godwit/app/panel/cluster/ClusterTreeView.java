package org.godwit.app.panel.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.godwit.app.palette.ProgramLooks;
import org.godwit.app.panel.ProgramMark;
import org.godwit.app.panel.SpeedSearch;
import org.godwit.app.panel.Widgets;
import org.godwit.app.selection.SelectionModel;
import org.godwit.app.text.Messages;
import org.godwit.app.workbench.EmptyState;
import org.godwit.app.workbench.WorkbenchContext;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The tree of nodes and the processes on them. Items are kept and updated in place, so that what is
 * folded stays folded while processes come and go.
 */
public final class ClusterTreeView extends BorderPane {
  private final WorkbenchContext context;
  private final Messages messages;
  private final ClusterTreeViewModel model;
  private final ProgramLooks looks;
  private final TreeView<Entry> tree = new TreeView<>(new TreeItem<>());
  private final Map<Integer, TreeItem<Entry>> nodeItems = new HashMap<>();
  private final Map<ProcessId, TreeItem<Entry>> processItems = new HashMap<>();
  private final Set<Cell> cells = Collections.newSetFromMap(new WeakHashMap<>());
  private boolean syncing;

  /**
   * What an item stands for. It stays the same for the item's whole life and is brought up to date
   * in place: an item that is given another value tells all its parents, which for thousands of
   * them many times a second nobody can afford.
   */
  sealed interface Entry {
    /** A node. */
    final class OfNode implements Entry {
      private NodeView node;

      @Override
      public String toString() {
        return node.spec().name();
      }
    }

    /** A process. */
    final class OfProcess implements Entry {
      private ProcessView process;

      @Override
      public String toString() {
        return process.program() + " " + process.id();
      }
    }
  }

  /**
   * @param context what panels work with
   * @param model the tree
   * @param looks signs of programs
   */
  public ClusterTreeView(WorkbenchContext context, ClusterTreeViewModel model, ProgramLooks looks) {
    this.context = context;
    this.messages = context.messages();
    this.model = model;
    this.looks = looks;
    Widgets.panel(this, "cluster");
    tree.setId("cluster-tree");
    tree.setShowRoot(false);
    tree.setFixedCellSize(24);
    tree.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    tree.setCellFactory(_ -> new Cell());
    tree.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    tree.setContextMenu(menu());
    tree.accessibleTextProperty().bind(messages.binding("window.cluster"));
    SpeedSearch search = new SpeedSearch(tree, this::find);
    Label typed = new Label();
    typed.textProperty().bind(search.typed());
    typed.getStyleClass().add("speed-search");
    typed.visibleProperty().bind(search.typed().isNotEmpty());
    EmptyState empty = EmptyState.of(context, "tree.empty", "cluster.addnode", "help.migrate");
    empty.visibleProperty().bind(model.branches().map(List::isEmpty));
    tree.visibleProperty().bind(empty.visibleProperty().not());
    StackPane stack = new StackPane(tree, empty, typed);
    StackPane.setAlignment(typed, Pos.TOP_RIGHT);
    setCenter(stack);
    Widgets.options(
        this,
        () ->
            List.of(
                Widgets.choice(messages.binding("tree.unfold"), () -> foldAll(false)),
                Widgets.choice(messages.binding("tree.fold"), () -> foldAll(true))));
    model.branches().subscribe(this::update);
    context.theme().variantProperty().subscribe(_ -> tree.refresh());
    messages.languageProperty().subscribe(_ -> tree.refresh());
    linkSelection();
  }

  // ------------------------------------------------------------------ items

  private void update(List<Branch> branches) {
    syncing = true;
    try {
      Set<ProcessId> present = new HashSet<>();
      List<TreeItem<Entry>> nodes = new ArrayList<>();
      Map<TreeItem<Entry>, List<TreeItem<Entry>>> childrenOf = new LinkedHashMap<>();
      for (Branch branch : branches) {
        TreeItem<Entry> item =
            nodeItems.computeIfAbsent(
                branch.node().spec().id(),
                _ -> {
                  TreeItem<Entry> fresh = new TreeItem<>(new Entry.OfNode());
                  fresh.setExpanded(true);
                  return fresh;
                });
        ((Entry.OfNode) item.getValue()).node = branch.node();
        List<TreeItem<Entry>> children = new ArrayList<>();
        for (ProcessView process : branch.processes()) {
          present.add(process.id());
          TreeItem<Entry> child =
              processItems.computeIfAbsent(
                  process.id(), _ -> new TreeItem<>(new Entry.OfProcess()));
          ((Entry.OfProcess) child.getValue()).process = process;
          children.add(child);
        }
        childrenOf.put(item, children);
        nodes.add(item);
      }
      processItems.keySet().retainAll(present);
      // Who leaves a node goes first: an item that is added elsewhere before would lose its parent.
      childrenOf.forEach((item, children) -> item.getChildren().retainAll(children));
      childrenOf.forEach(ClusterTreeView::replace);
      replace(tree.getRoot(), nodes);
    } finally {
      syncing = false;
    }
    cells.forEach(Cell::fill);
    takeOverSelection();
  }

  private void foldAll(boolean folded) {
    nodeItems.values().forEach(item -> item.setExpanded(!folded));
  }

  private static void replace(TreeItem<Entry> parent, List<TreeItem<Entry>> children) {
    if (!parent.getChildren().equals(children)) {
      parent.getChildren().setAll(children);
    }
  }

  /** Its pieces are made once and shown as needed: a cell is filled many times a second. */
  private final class Cell extends TreeCell<Entry> {
    private final ProgramMark mark = new ProgramMark(context.theme(), looks, 16);
    private final FontIcon server = Widgets.icon(Feather.SERVER, "muted-icon");
    private final FontIcon locked = Widgets.icon(Feather.LOCK, "warn-icon");
    private final FontIcon anchored = Widgets.icon(Feather.ANCHOR, "danger-icon");
    private final Label name = new Label();
    private final Label about = new Label();
    private final HBox box = new HBox(6, server, mark, name, locked, anchored, about);

    Cell() {
      cells.add(this);
      name.setMinWidth(USE_PREF_SIZE);
      about.getStyleClass().addAll("muted", "caption");
      // The tree is narrow: what does not fit is read by pointing at it.
      about.setTooltip(Widgets.tip(about.textProperty()));
      box.setAlignment(Pos.CENTER_LEFT);
    }

    @Override
    protected void updateItem(Entry entry, boolean empty) {
      super.updateItem(entry, empty);
      setText(null);
      if (empty || entry == null) {
        setGraphic(null);
        setAccessibleText(null);
        return;
      }
      setGraphic(box);
      fill();
    }

    /** Says what its item is now, if it has one. */
    private void fill() {
      switch (getItem()) {
        case null -> {
          return;
        }
        case Entry.OfNode of -> {
          name.setText(of.node.spec().name());
          about.setText(model.describe(of.node));
          show(false, false, false);
        }
        case Entry.OfProcess of -> {
          ProcessView process = of.process;
          name.setText(process.program() + " " + process.id());
          about.setText(model.describe(process));
          mark.show(process.program());
          show(true, process.lock(), !process.reasons().isEmpty());
        }
      }
      setAccessibleText(name.getText() + ", " + about.getText());
    }

    private void show(boolean isProcess, boolean isLocked, boolean isAnchored) {
      visible(server, !isProcess);
      visible(mark, isProcess);
      visible(locked, isLocked);
      visible(anchored, isAnchored);
      boolean strong = name.getStyleClass().contains("strong");
      if (isProcess && strong) {
        name.getStyleClass().remove("strong");
      } else if (!isProcess && !strong) {
        name.getStyleClass().add("strong");
      }
    }

    private static void visible(Node node, boolean shown) {
      node.setVisible(shown);
      node.setManaged(shown);
    }
  }

  // ------------------------------------------------------------------ what a person does

  private ContextMenu menu() {
    ContextMenu menu = new ContextMenu();
    // A menu without items never shows, so it is filled before it is asked to.
    menu.getItems().add(new MenuItem());
    menu.setOnShowing(
        _ -> {
          TreeItem<Entry> item = tree.getSelectionModel().getSelectedItem();
          menu.getItems()
              .setAll(
                  item == null
                      ? List.of()
                      : switch (item.getValue()) {
                        case Entry.OfNode of -> nodeMenu(of.node);
                        case Entry.OfProcess of -> processMenu(of.process);
                      });
        });
    return menu;
  }

  private List<MenuItem> nodeMenu(NodeView node) {
    List<MenuItem> items = new ArrayList<>();
    MenuItem login = item("menu.terminal", Feather.TERMINAL);
    login.setDisable(node.status() != NodeView.Status.UP);
    login.setOnAction(
        _ -> {
          context.selection().selectNode(node.spec().id());
          context.actions().get("terminal.open").fire();
        });
    items.add(login);
    items.add(new SeparatorMenuItem());
    for (NodeSwitch which : NodeSwitch.values()) {
      String word = which.name().toLowerCase(Locale.ROOT);
      CheckMenuItem item =
          new CheckMenuItem(word + " – " + messages.of("inspector.switch." + word));
      item.setMnemonicParsing(false);
      item.setSelected(node.switches().contains(which));
      item.setOnAction(_ -> model.toggleSwitch(node, which));
      items.add(item);
    }
    return items;
  }

  private List<MenuItem> processMenu(ProcessView process) {
    Menu migrate = new Menu(messages.of("processes.menu.migrate"));
    for (Branch branch : model.branches().get()) {
      int to = branch.node().spec().id();
      if (to != process.where() && branch.node().status() == NodeView.Status.UP) {
        MenuItem target = new MenuItem(branch.node().spec().name());
        target.setMnemonicParsing(false);
        target.setOnAction(_ -> model.migrate(process.id(), to));
        migrate.getItems().add(target);
      }
    }
    MenuItem home = item("processes.menu.home", Feather.HOME);
    home.setDisable(!process.isAway());
    home.setOnAction(_ -> model.migrate(process.id(), Command.Migrate.HOME));
    MenuItem lock =
        item(
            process.lock() ? "processes.menu.unlock" : "processes.menu.lock",
            process.lock() ? Feather.UNLOCK : Feather.LOCK);
    lock.setOnAction(_ -> model.toggleLock(process));
    MenuItem why = item("processes.menu.why", Feather.HELP_CIRCLE);
    why.setOnAction(_ -> context.desk().showToolWindow("inspector"));
    MenuItem kill = item("processes.menu.kill", Feather.X_OCTAGON);
    kill.setOnAction(_ -> model.kill(process.id()));
    return List.of(why, migrate, home, lock, new SeparatorMenuItem(), kill);
  }

  private MenuItem item(String key, Feather icon) {
    return new MenuItem(messages.of(key), Widgets.icon(icon));
  }

  private void key(KeyEvent event) {
    TreeItem<Entry> item = tree.getSelectionModel().getSelectedItem();
    if (item == null) {
      return;
    }
    switch (event.getCode()) {
      case SPACE -> {
        selectedProcesses().forEach(model::toggleLock);
        event.consume();
      }
      case DELETE -> {
        selectedProcesses().forEach(process -> model.kill(process.id()));
        event.consume();
      }
      case ENTER -> {
        context.desk().showToolWindow("inspector");
        event.consume();
      }
      default -> {
        // Everything else is the tree's.
      }
    }
  }

  private void find(String typed) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    int rows = tree.getExpandedItemCount();
    int from = Math.max(0, tree.getSelectionModel().getSelectedIndex());
    for (int i = 0; i < rows; i++) {
      int index = (from + i) % rows;
      boolean hit =
          switch (tree.getTreeItem(index).getValue()) {
            case Entry.OfNode of ->
                of.node.spec().name().toLowerCase(Locale.ROOT).startsWith(wanted);
            case Entry.OfProcess of ->
                of.process.id().toString().startsWith(wanted)
                    || of.process.program().toLowerCase(Locale.ROOT).startsWith(wanted);
          };
      if (hit) {
        tree.getSelectionModel().clearAndSelect(index);
        tree.scrollTo(Math.max(0, index - 2));
        return;
      }
    }
  }

  // ------------------------------------------------------------------ selection

  private List<ProcessView> selectedProcesses() {
    List<ProcessView> processes = new ArrayList<>();
    for (TreeItem<Entry> item : tree.getSelectionModel().getSelectedItems()) {
      if (item != null && item.getValue() instanceof Entry.OfProcess of) {
        processes.add(of.process);
      }
    }
    return processes;
  }

  private void linkSelection() {
    SelectionModel selection = context.selection();
    tree.getSelectionModel()
        .getSelectedItems()
        .subscribe(
            () -> {
              if (!syncing) {
                syncing = true;
                handOver(selection);
                syncing = false;
              }
            });
    selection.processes().subscribe(this::takeOverSelection);
    selection.nodes().subscribe(this::takeOverSelection);
    takeOverSelection();
  }

  /** A selection is of one kind: processes win over nodes if both are marked. */
  private void handOver(SelectionModel selection) {
    List<ProcessId> processes = selectedProcesses().stream().map(ProcessView::id).toList();
    List<Integer> nodes = new ArrayList<>();
    for (TreeItem<Entry> item : tree.getSelectionModel().getSelectedItems()) {
      if (item != null && item.getValue() instanceof Entry.OfNode of) {
        nodes.add(of.node.spec().id());
      }
    }
    if (processes.isEmpty()) {
      selection.selectNodes(nodes);
    } else {
      selection.selectProcesses(processes);
    }
  }

  private void takeOverSelection() {
    if (syncing) {
      return;
    }
    Set<TreeItem<Entry>> wanted = new HashSet<>();
    for (ProcessId process : context.selection().processes()) {
      if (processItems.containsKey(process)) {
        wanted.add(processItems.get(process));
      }
    }
    for (int node : context.selection().nodes()) {
      if (nodeItems.containsKey(node)) {
        wanted.add(nodeItems.get(node));
      }
    }
    Set<TreeItem<Entry>> marked = new HashSet<>(tree.getSelectionModel().getSelectedItems());
    if (!marked.equals(wanted)) {
      syncing = true;
      try {
        tree.getSelectionModel().clearSelection();
        wanted.forEach(tree.getSelectionModel()::select);
      } finally {
        syncing = false;
      }
    }
  }
}
