package org.godwit.app.panel.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;

/**
 * The cluster as a tree: nodes, and under each the processes that run there. It says in words all
 * that the canvas shows in pictures, because it is the keyboard's and the screen reader's way to
 * it. FX thread only.
 */
public final class ClusterTreeViewModel {
  private final Messages messages;
  private final Figures figures;
  private final Roster roster;
  private final Consumer<Command> commands;
  private final ReadOnlyObjectWrapper<List<Branch>> branches =
      new ReadOnlyObjectWrapper<>(this, "branches", List.of());

  /**
   * @param messages the window's texts
   * @param figures how figures are written
   * @param roster names
   * @param commands where commands go
   */
  public ClusterTreeViewModel(
      Messages messages, Figures figures, Roster roster, Consumer<Command> commands) {
    this.messages = messages;
    this.figures = figures;
    this.roster = roster;
    this.commands = commands;
  }

  /** Takes over a new picture of the cluster. */
  public void show(ClusterView view) {
    Map<Integer, List<ProcessView>> running = new TreeMap<>();
    for (ProcessView process : view.processes()) {
      if (process.isAlive()) {
        running.computeIfAbsent(process.where(), _ -> new ArrayList<>()).add(process);
      }
    }
    List<Branch> next = new ArrayList<>();
    for (NodeView node : view.nodes()) {
      next.add(new Branch(node, running.getOrDefault(node.spec().id(), List.of())));
    }
    branches.set(List.copyOf(next));
  }

  /** The nodes with their processes, by number. */
  public ReadOnlyObjectProperty<List<Branch>> branches() {
    return branches.getReadOnlyProperty();
  }

  /** What the tree says of a node beside its name. */
  public String describe(NodeView node) {
    if (node.status() != NodeView.Status.UP) {
      return messages.of(
          "node.status." + node.status().name().toLowerCase(Locale.ROOT),
          figures.shortInstant(node.sinceNanos()));
    }
    StringBuilder text =
        new StringBuilder(
            messages.of(
                "tree.node",
                node.spec().cpus(),
                figures.count(node.spec().mhz()),
                figures.load(node.load())));
    for (NodeSwitch on : node.switches()) {
      text.append(" · ").append(on.name().toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  /** What the tree says of a process beside its name. */
  public String describe(ProcessView process) {
    List<String> parts = new ArrayList<>();
    parts.add(messages.of("processes.state." + process.state().name().toLowerCase(Locale.ROOT)));
    if (process.isAway()) {
      parts.add(messages.of("tree.homeIs", roster.node(process.id().home())));
    }
    if (process.lock()) {
      parts.add(messages.of("tree.locked"));
    }
    for (StayEvidence evidence : process.reasons()) {
      parts.add(evidence.reason().word());
    }
    return String.join(" · ", parts);
  }

  /** Flips the lock of a process. */
  public void toggleLock(ProcessView process) {
    commands.accept(new Command.SetLock(new ProcessRef.ById(process.id()), !process.lock()));
  }

  /** Asks that a process move; 0 for home. */
  public void migrate(ProcessId process, int to) {
    commands.accept(new Command.Migrate(new ProcessRef.ById(process), to));
  }

  /** Kills a process. */
  public void kill(ProcessId process) {
    commands.accept(new Command.Signal(new ProcessRef.ById(process), 9));
  }

  /** Flips a switch of a node. */
  public void toggleSwitch(NodeView node, NodeSwitch which) {
    commands.accept(
        new Command.SetSwitch(node.spec().id(), which, !node.switches().contains(which)));
  }
}
