package org.godwit.app.selection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.LongProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.godwit.model.ProcessId;

/**
 * The selection that every panel shows and changes. Nodes and processes exclude each other: a
 * selection is of one kind, so "Delete" and "Migrate" always mean one thing. The order is the order
 * of selecting; the last one is the lead, which the inspector shows.
 *
 * <p>FX thread only. A change of the whole selection fires one change per list.
 */
public final class SelectionModel {
  /** {@link #momentProperty} while the present is looked at. */
  public static final long LIVE = -1;

  private final ObservableList<Integer> nodes = FXCollections.observableArrayList();
  private final ObservableList<ProcessId> processes = FXCollections.observableArrayList();
  private final ObservableList<Integer> nodesView = FXCollections.unmodifiableObservableList(nodes);
  private final ObservableList<ProcessId> processesView =
      FXCollections.unmodifiableObservableList(processes);
  private final LongProperty moment = new SimpleLongProperty(this, "moment", LIVE);

  /** Selected node numbers, unmodifiable; listen to it. */
  public ObservableList<Integer> nodes() {
    return nodesView;
  }

  /** Selected processes, unmodifiable; listen to it. */
  public ObservableList<ProcessId> processes() {
    return processesView;
  }

  /** The moment that is looked at in virtual nanoseconds, or {@link #LIVE}. */
  public LongProperty momentProperty() {
    return moment;
  }

  /** The process selected last. */
  public Optional<ProcessId> leadProcess() {
    return processes.isEmpty() ? Optional.empty() : Optional.of(processes.getLast());
  }

  /** The node selected last. */
  public Optional<Integer> leadNode() {
    return nodes.isEmpty() ? Optional.empty() : Optional.of(nodes.getLast());
  }

  /** Selects this process and nothing else. */
  public void select(ProcessId process) {
    selectProcesses(List.of(process));
  }

  /** Selects this node and nothing else. */
  public void selectNode(int node) {
    selectNodes(List.of(node));
  }

  /** Selects these processes and nothing else. */
  public void selectProcesses(Collection<ProcessId> wanted) {
    set(nodes, Set.of());
    set(processes, new LinkedHashSet<>(wanted));
  }

  /** Selects these nodes and nothing else. */
  public void selectNodes(Collection<Integer> wanted) {
    set(processes, Set.of());
    set(nodes, new LinkedHashSet<>(wanted));
  }

  /** Adds the process to the selection, or takes it out; nodes are let go. */
  public void toggle(ProcessId process) {
    Set<ProcessId> wanted = new LinkedHashSet<>(processes);
    if (!wanted.remove(process)) {
      wanted.add(process);
    }
    selectProcesses(wanted);
  }

  /** Adds the node to the selection, or takes it out; processes are let go. */
  public void toggleNode(int node) {
    Set<Integer> wanted = new LinkedHashSet<>(nodes);
    if (!wanted.remove(node)) {
      wanted.add(node);
    }
    selectNodes(wanted);
  }

  /** Selects nothing. */
  public void clear() {
    set(nodes, Set.of());
    set(processes, Set.of());
  }

  /** Whether the process is selected. */
  public boolean isSelected(ProcessId process) {
    return processes.contains(process);
  }

  /** Whether the node is selected. */
  public boolean isNodeSelected(int node) {
    return nodes.contains(node);
  }

  /** Drops what no longer exists. */
  public void retain(Collection<Integer> liveNodes, Collection<ProcessId> liveProcesses) {
    if (!liveNodes.containsAll(nodes)) {
      nodes.retainAll(liveNodes);
    }
    if (!liveProcesses.containsAll(processes)) {
      processes.retainAll(liveProcesses);
    }
  }

  private static <T> void set(ObservableList<T> list, Set<T> wanted) {
    if (!list.equals(new ArrayList<>(wanted))) {
      list.setAll(wanted);
    }
  }
}
