package org.godwit.app.panel.inspector;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.godwit.app.panel.DecisionLog;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.HappeningText;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;

/**
 * The inspector of the selected process or node: facts, reasons with evidence and remedy, the
 * verdict "Why?", files of {@code /proc}, and what can be done to it. FX thread only.
 */
public final class InspectorViewModel {
  /** Files of {@code /proc/PID} that the inspector offers. */
  public static final List<String> FILES =
      List.of("cantmove", "lock", "where", "nmigs", "status", "cmdline", "maps");

  private final CardWording wording;
  private final DecisionLog log;
  private final Consumer<Command> commands;
  private final Messages messages;
  private final Figures figures;
  private final ProcFiles files;
  private final Ledgers ledgers;
  private final WhyViewModel why;
  private final ReadOnlyObjectWrapper<ProcessCard> process = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<NodeCard> node = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<List<CallLine>> calls =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyStringWrapper fileText = new ReadOnlyStringWrapper("");
  private final ObservableList<NodeView> nodes = FXCollections.observableArrayList();
  private ProcessId processId;
  private int nodeId;
  private String openFile = "";
  private ClusterView view;

  /**
   * @param messages the window's texts
   * @param figures how figures are written
   * @param texts words events, reasons and problems
   * @param roster names
   * @param log what the balancers said
   * @param commands where commands go
   * @param files reads files of nodes
   * @param ledgers tells the system calls of a process
   * @param why explains what holds a process
   */
  public InspectorViewModel(
      Messages messages,
      Figures figures,
      HappeningText texts,
      Roster roster,
      DecisionLog log,
      Consumer<Command> commands,
      ProcFiles files,
      Ledgers ledgers,
      WhyViewModel why) {
    this.why = why;
    this.wording = new CardWording(messages, figures, texts, roster);
    this.log = log;
    this.commands = commands;
    this.messages = messages;
    this.figures = figures;
    this.files = files;
    this.ledgers = ledgers;
  }

  /** Takes over a new picture of the cluster. */
  public void show(ClusterView next) {
    view = next;
    if (!nodes.equals(next.nodes())) {
      nodes.setAll(next.nodes());
    }
    refresh();
    why.refresh();
  }

  /** What holds the inspected process. */
  public WhyViewModel why() {
    return why;
  }

  /** Inspects the process, else the node, else nothing. */
  public void inspect(Optional<ProcessId> wantedProcess, Optional<Integer> wantedNode) {
    ProcessId nextProcess = wantedProcess.orElse(null);
    int nextNode = nextProcess == null ? wantedNode.orElse(0) : 0;
    if (!Objects.equals(nextProcess, processId) || nextNode != nodeId) {
      processId = nextProcess;
      nodeId = nextNode;
      fileText.set("");
      calls.set(List.of());
      why.inspect(processId);
      refresh();
      readAgain();
    }
  }

  /** Words everything anew, after a change of language. */
  public void refresh() {
    process.set(findProcess().map(p -> wording.process(p, view, log)).orElse(null));
    node.set(findNode().map(n -> wording.node(n, view)).orElse(null));
  }

  /** The inspected process, or null. */
  public ReadOnlyObjectProperty<ProcessCard> process() {
    return process.getReadOnlyProperty();
  }

  /** The inspected node, or null. */
  public ReadOnlyObjectProperty<NodeCard> node() {
    return node.getReadOnlyProperty();
  }

  /** All nodes, for the menu of places to go. */
  public ObservableList<NodeView> nodes() {
    return FXCollections.unmodifiableObservableList(nodes);
  }

  /** Text of the opened file; empty if none is open or it has no content. */
  public ReadOnlyStringProperty fileText() {
    return fileText.getReadOnlyProperty();
  }

  /** Opens one of {@link #FILES}, or none if empty, and reads it. */
  public void openFile(String name) {
    openFile = name;
    fileText.set("");
    readFile();
  }

  /** System calls of the inspected process, what cost most first. */
  ReadOnlyObjectProperty<List<CallLine>> calls() {
    return calls.getReadOnlyProperty();
  }

  /** Asks anew for what is not in the picture; call it now and then while it is visible. */
  public void readAgain() {
    readFile();
    if (processId != null) {
      ProcessId asked = processId;
      ledgers.ask(
          asked,
          rows -> {
            if (asked.equals(processId)) {
              calls.set(CallLine.of(rows, messages, figures));
            }
          });
    }
  }

  /** Reads the opened file again. */
  public void readFile() {
    if (openFile.isEmpty() || processId == null) {
      return;
    }
    ProcessId asked = processId;
    String name = openFile;
    files.read(
        asked.home(),
        "/proc/" + asked.pid() + "/" + name,
        content -> {
          if (asked.equals(processId) && name.equals(openFile)) {
            fileText.set(content.map(InspectorViewModel::text).orElse(""));
          }
        });
  }

  /** Writes the lock of the inspected process. */
  public void setLock(boolean locked) {
    ask(ref -> new Command.SetLock(ref, locked));
  }

  /** Asks that the inspected process move; see {@link Command.Migrate} for special targets. */
  public void migrate(int to) {
    ask(ref -> new Command.Migrate(ref, to));
  }

  /** Sends a signal to the inspected process. */
  public void signal(int number) {
    ask(ref -> new Command.Signal(ref, number));
  }

  /** Does what the verdict's button offers. */
  public void remedy(VerdictCard.Remedy remedy) {
    int on = findProcess().map(ProcessView::where).orElse(0);
    switch (remedy) {
      case NONE -> {
        // There is no button.
      }
      case UNLOCK -> setLock(false);
      case STAY_OFF -> commands.accept(new Command.SetSwitch(on, NodeSwitch.STAY, false));
      case LSTAY_OFF -> commands.accept(new Command.SetSwitch(on, NodeSwitch.LSTAY, false));
    }
  }

  /** Flips a switch of the inspected node. */
  public void setSwitch(NodeSwitch which, boolean on) {
    findNode().ifPresent(n -> commands.accept(new Command.SetSwitch(n.spec().id(), which, on)));
  }

  /** Changes what the balancer believes of the inspected node's CPUs; 1 or more. */
  public void setSpeed(int speed) {
    findNode()
        .filter(n -> speed > 0 && n.spec().speed() != speed)
        .ifPresent(n -> commands.accept(new Command.SetSpeed(n.spec().id(), speed)));
  }

  /** Sends the inspected node's guests away and blocks it. */
  public void expel() {
    findNode().ifPresent(n -> commands.accept(new Command.Expel(n.spec().id())));
  }

  /** Brings the inspected node's processes home. */
  public void bring() {
    findNode().ifPresent(n -> commands.accept(new Command.Bring(n.spec().id())));
  }

  private void ask(Function<ProcessRef, Command> command) {
    if (processId != null) {
      commands.accept(command.apply(new ProcessRef.ById(processId)));
    }
  }

  /** NULs separate the words of {@code cmdline}; every other file is text. */
  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8).replace('\0', ' ');
  }

  private Optional<ProcessView> findProcess() {
    return view == null || processId == null
        ? Optional.empty()
        : view.processes().stream().filter(p -> p.id().equals(processId)).findFirst();
  }

  private Optional<NodeView> findNode() {
    return view == null || nodeId == 0
        ? Optional.empty()
        : view.nodes().stream().filter(n -> n.spec().id() == nodeId).findFirst();
  }
}
