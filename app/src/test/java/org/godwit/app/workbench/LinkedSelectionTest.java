package org.godwit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TreeView;
import org.godwit.app.bridge.Pace;
import org.godwit.app.launch.WorkbenchDoor;
import org.godwit.app.panel.DecisionLog;
import org.godwit.app.panel.events.EventRow;
import org.godwit.app.panel.processes.ProcessRow;
import org.godwit.app.selection.SelectionModel;
import org.godwit.model.ProcessId;
import org.junit.jupiter.api.Test;

/**
 * One process, one node and one moment are selected in every panel that shows them, wherever they
 * were chosen: canvas, process table, cluster tree, inspector, events, decisions, terminals, the
 * time bar. The demo with the real engine, in one story.
 */
class LinkedSelectionTest extends WindowTest {
  private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
  private static final PseudoClass LINKED = PseudoClass.getPseudoClass("linked");

  @Override
  WorkbenchStart beginning() throws Exception {
    return WorkbenchDoor.start(Locale.ENGLISH);
  }

  private SelectionModel selection() {
    return workbench.context().selection();
  }

  @Test
  void processNodeAndMomentAreTheSameInEveryPanel() throws Exception {
    settled(1);
    bridge.setPace(Pace.MAX);
    interact(() -> workbench.context().verbs().launch(1, "spin", List.of(), 3, false));
    waitFor(() -> bridge.frame().view().processes().stream().anyMatch(p -> p.isAway()));
    ProcessId away =
        bridge.frame().view().processes().stream()
            .filter(p -> p.isAway())
            .findFirst()
            .orElseThrow()
            .id();
    fire("run.toggle");
    bridge.setPace(Pace.REAL_TIME);
    int there = where(away);
    fire("window.cluster");

    // A row of the table is chosen.
    waitFor(() -> processes().getItems().stream().anyMatch(row -> row.id().equals(away)));
    interact(
        () ->
            processes().getItems().stream()
                .filter(row -> row.id().equals(away))
                .findFirst()
                .ifPresent(processes().getSelectionModel()::select));
    waitFor(() -> selection().processes().equals(List.of(away)));
    assertThat(chip(away).getPseudoClassStates()).contains(SELECTED);
    waitFor(() -> treeSays(Integer.toString(away.pid())) && inspectorSays("spin"));

    // The events and decisions that are about it stand out, and one of them chooses it.
    fire("window.events");
    TableView<EventRow> events = table("#event-table");
    waitFor(() -> linked(events).stream().anyMatch(row -> away.equals(process(row))));
    assertThat(linked(events)).allMatch(row -> away.equals(process(row)));
    fire("window.decisions");
    TableView<DecisionLog.Entry> decisions = table("#decision-table");
    waitFor(() -> choosing(decisions, away) != null);
    interact(() -> decisions.scrollTo(choosing(decisions, away)));
    waitFor(() -> linked(decisions).contains(choosing(decisions, away)));
    interact(() -> selection().clear());
    waitFor(() -> linked(decisions).isEmpty());
    interact(() -> decisions.getSelectionModel().select(choosing(decisions, away)));
    waitFor(() -> selection().processes().equals(List.of(away)) && inspectorSays("spin"));

    // A node of the tree is chosen.
    interact(() -> choose(1));
    waitFor(() -> selection().nodes().equals(List.of(1)));
    waitFor(() -> card(1).getPseudoClassStates().contains(SELECTED) && inspectorSays("node1"));
    waitFor(() -> linked(decisions).stream().anyMatch(entry -> entry.node() == 1));
    assertThat(linked(decisions)).allMatch(entry -> entry.node() == 1);
    fire("window.processes");
    waitFor(() -> processes().getSelectionModel().getSelectedItems().isEmpty());

    // A terminal belongs to its node, in both directions.
    fire("run.toggle");
    fire("terminal.open");
    TabPane tabs = lookup("#terminal-tabs").query();
    waitFor(() -> tabs.getTabs().size() == 1);
    interact(() -> selection().selectNode(3));
    fire("terminal.open");
    waitFor(() -> tabs.getTabs().size() == 2 && tabs.getSelectionModel().getSelectedIndex() == 1);
    interact(() -> tabs.getSelectionModel().select(0));
    waitFor(() -> selection().nodes().equals(List.of(1)) && inspectorSays("node1"));
    interact(() -> selection().selectNode(3));
    waitFor(() -> tabs.getSelectionModel().getSelectedIndex() == 1);

    // The moment of an event is chosen.
    EventRow launch = events.getItems().getFirst();
    fire("window.processes");
    interact(() -> selection().momentProperty().set(launch.event().atNanos()));
    waitFor(() -> bridge.frame().view().nanos() <= launch.event().atNanos());
    waitFor(() -> where(away) != there && chipOn(there, away) == null);
    waitFor(() -> text("#time-where").contains(" of "));
    waitFor(
        () -> processes().getItems().stream().noneMatch(row -> row.now().process().where() != 1));
  }

  private TableView<ProcessRow> processes() {
    return table("#process-table");
  }

  private <R> TableView<R> table(String id) {
    return lookup(id).query();
  }

  private TreeView<?> tree() {
    return lookup("#cluster-tree").query();
  }

  /** Chooses a node in the cluster tree. */
  private void choose(int node) {
    int row = 0;
    while (!String.valueOf(tree().getTreeItem(row).getValue()).contains("node" + node)) {
      row++;
    }
    tree().getSelectionModel().clearAndSelect(row);
  }

  private boolean treeSays(String word) {
    return tree().getSelectionModel().getSelectedItem() != null
        && tree().getSelectionModel().getSelectedItem().getValue().toString().contains(word);
  }

  private boolean inspectorSays(String title) {
    return lookup("#inspector-panel .card-title").queryAllAs(Label.class).stream()
        .anyMatch(label -> label.isVisible() && label.getText().contains(title));
  }

  private String text(String id) {
    return ((Label) workbench.scene().lookup(id)).getText();
  }

  private static ProcessId process(EventRow row) {
    return row.event().what().process();
  }

  private static DecisionLog.Entry choosing(TableView<DecisionLog.Entry> table, ProcessId id) {
    return table.getItems().stream()
        .filter(entry -> id.equals(entry.decision().chosen()))
        .findFirst()
        .orElse(null);
  }

  /** What the rows in sight that stand out are about. */
  @SuppressWarnings("unchecked")
  private static <R> List<R> linked(TableView<R> table) {
    return table.lookupAll(".table-row-cell").stream()
        .filter(TableRow.class::isInstance)
        .filter(Node::isVisible)
        .filter(row -> row.getPseudoClassStates().contains(LINKED))
        .map(row -> ((IndexedCell<R>) row).getItem())
        .toList();
  }
}
