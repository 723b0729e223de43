package org.godwit.app.panel.processes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;

/**
 * The process table of the whole cluster: rows, filter, order, and what a person can do to the
 * selected processes. FX thread only.
 *
 * <p>The order is kept here and not by a sorted list between model and table: a frame that changes
 * figures but no order must leave the list alone, otherwise the table loses selection and scroll.
 */
public final class ProcessesViewModel {
  /** Signal that ends a process whatever it does. */
  public static final int SIGKILL = 9;

  private static final Comparator<ProcessRow> BY_ID = Comparator.comparing(ProcessRow::id);

  private final Consumer<Command> commands;
  private final Map<ProcessId, ProcessRow> rows = new LinkedHashMap<>();
  private final ObservableList<ProcessRow> visible = FXCollections.observableArrayList();
  private final ObservableList<NodeView> nodes = FXCollections.observableArrayList();
  private final ObservableList<ProcessRow> visibleView =
      FXCollections.unmodifiableObservableList(visible);
  private final ObservableList<NodeView> nodesView =
      FXCollections.unmodifiableObservableList(nodes);
  private final StringProperty filter = new SimpleStringProperty(this, "filter", "");
  private final ReadOnlyIntegerWrapper total = new ReadOnlyIntegerWrapper(this, "total", 0);
  private final ReadOnlyBooleanWrapper arranging =
      new ReadOnlyBooleanWrapper(this, "arranging", false);
  private Comparator<ProcessRow> order = BY_ID;

  /**
   * @param commands where commands go
   */
  public ProcessesViewModel(Consumer<Command> commands) {
    this.commands = commands;
    filter.addListener((property, before, after) -> arrange());
  }

  /** Takes over a new picture of the cluster. */
  public void show(ClusterView view) {
    Map<Integer, String> names = new HashMap<>();
    for (NodeView node : view.nodes()) {
      names.put(node.spec().id(), node.spec().name());
    }
    if (!nodes.equals(view.nodes())) {
      nodes.setAll(view.nodes());
    }
    Set<ProcessId> present = new HashSet<>();
    for (ProcessView process : view.processes()) {
      present.add(process.id());
      ProcessRow.Shown shown =
          new ProcessRow.Shown(
              process,
              names.getOrDefault(process.id().home(), Integer.toString(process.id().home())),
              names.getOrDefault(process.where(), Integer.toString(process.where())));
      ProcessRow row = rows.get(process.id());
      if (row == null) {
        rows.put(process.id(), new ProcessRow(shown));
      } else {
        row.update(shown);
      }
    }
    rows.keySet().retainAll(present);
    total.set(rows.size());
    arrange();
  }

  /** The rows that pass the filter, in the order asked for. Unmodifiable. */
  public ObservableList<ProcessRow> rows() {
    return visibleView;
  }

  /**
   * True while the list of rows is being replaced. A table loses its selection meanwhile; that is
   * not the user's doing, and it is to be put back when this turns false.
   */
  public ReadOnlyBooleanProperty arranging() {
    return arranging.getReadOnlyProperty();
  }

  /** The nodes of the cluster, for the menu of places to go. */
  public ObservableList<NodeView> nodes() {
    return nodesView;
  }

  /** Words that must all occur in a row, separated by blanks; letter case does not matter. */
  public StringProperty filter() {
    return filter;
  }

  /** How many processes there are, filtered away or not. */
  public ReadOnlyIntegerProperty total() {
    return total.getReadOnlyProperty();
  }

  /** Changes the order; null means by identity. Equal rows keep the order of their identity. */
  public void orderBy(Comparator<ProcessRow> wanted) {
    order = wanted == null ? BY_ID : wanted.thenComparing(BY_ID);
    arrange();
  }

  /**
   * The first row at or after {@code from}, going round, whose pid or program begins with {@code
   * typed}; −1 if there is none. This is the table's speed search.
   */
  public int find(String typed, int from) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    for (int i = 0; i < visible.size(); i++) {
      int index = Math.floorMod(from + i, visible.size());
      ProcessRow row = visible.get(index);
      if (row.id().toString().startsWith(wanted)
          || row.now().process().program().toLowerCase(Locale.ROOT).startsWith(wanted)) {
        return index;
      }
    }
    return -1;
  }

  /**
   * A click on the lock box of a row: flips that row, or every selected row if it is one of them.
   * All get the value that the clicked row gets.
   */
  public void toggleLock(ProcessId clicked, Collection<ProcessId> selected) {
    ProcessRow row = rows.get(clicked);
    if (row != null) {
      boolean locked = !row.now().process().lock();
      setLock(selected.contains(clicked) ? selected : List.of(clicked), locked);
    }
  }

  /** Writes the lock of those processes that are alive and have another value. */
  public void setLock(Collection<ProcessId> processes, boolean locked) {
    for (ProcessRow row : living(processes)) {
      if (row.now().process().lock() != locked) {
        commands.accept(new Command.SetLock(new ProcessRef.ById(row.id()), locked));
      }
    }
  }

  /** Asks that the living ones of those processes move to node {@code to}. */
  public void migrate(Collection<ProcessId> processes, int to) {
    for (ProcessRow row : living(processes)) {
      if (row.now().process().where() != to) {
        commands.accept(new Command.Migrate(new ProcessRef.ById(row.id()), to));
      }
    }
  }

  /** Sends home those processes that are away. */
  public void sendHome(Collection<ProcessId> processes) {
    for (ProcessRow row : living(processes)) {
      if (row.now().process().isAway()) {
        commands.accept(new Command.Migrate(new ProcessRef.ById(row.id()), Command.Migrate.HOME));
      }
    }
  }

  /** Kills the living ones of those processes. */
  public void kill(Collection<ProcessId> processes) {
    for (ProcessRow row : living(processes)) {
      commands.accept(new Command.Signal(new ProcessRef.ById(row.id()), SIGKILL));
    }
  }

  private List<ProcessRow> living(Collection<ProcessId> processes) {
    List<ProcessRow> living = new ArrayList<>();
    for (ProcessId id : processes) {
      ProcessRow row = rows.get(id);
      if (row != null && row.now().process().isAlive()) {
        living.add(row);
      }
    }
    living.sort(BY_ID);
    return living;
  }

  private void arrange() {
    String typed = filter.get() == null ? "" : filter.get().strip().toLowerCase(Locale.ROOT);
    String[] words = typed.isEmpty() ? new String[0] : typed.split("\\s+");
    // Identity's order, next to always sorted already: to sort it again costs one look at each.
    List<ProcessRow> wanted = new ArrayList<>(rows.size());
    for (ProcessRow row : rows.values()) {
      if (row.matches(words)) {
        wanted.add(row);
      }
    }
    wanted.sort(order);
    if (!visible.equals(wanted)) {
      arranging.set(true);
      try {
        visible.setAll(wanted);
      } finally {
        arranging.set(false);
      }
    }
  }
}
