package org.godwit.app.panel.problems;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.godwit.app.notice.Notice;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.ProcessView;

/**
 * Finds what a person should look at: faults that the log reports, processes that go to and fro,
 * processes that get no CPU, and what the window had to refuse. Newest first, at most {@value
 * #CAPACITY}. FX thread only.
 */
public final class FindingsViewModel {
  /** Findings kept. */
  public static final int CAPACITY = 500;

  /** So many moves of one process within {@link #PING_PONG_NANOS} are too many. */
  static final int PING_PONG_MOVES = 4;

  static final long PING_PONG_NANOS = 20_000_000_000L;

  /** A process that is ready so long without progress starves. */
  static final long STARVING_NANOS = 5_000_000_000L;

  private final Messages messages;
  private final Figures figures;
  private final Roster roster;
  private final Function<Event, String> sentences;
  private final Consumer<Command> commands;
  private final ObservableList<Finding> findings = FXCollections.observableArrayList();
  private final ObservableList<Finding> view = FXCollections.unmodifiableObservableList(findings);
  private final Map<ProcessId, ArrayDeque<Long>> moves = new HashMap<>();
  private final Map<ProcessId, Progress> progress = new HashMap<>();

  /** When a process last used a CPU, and whether its hunger was told. */
  private record Progress(long cpuNanos, long sinceNanos, boolean told) {}

  /**
   * @param messages the window's texts
   * @param figures how figures are written
   * @param roster names
   * @param sentences words an event
   * @param commands where commands go
   */
  public FindingsViewModel(
      Messages messages,
      Figures figures,
      Roster roster,
      Function<Event, String> sentences,
      Consumer<Command> commands) {
    this.messages = messages;
    this.figures = figures;
    this.roster = roster;
    this.sentences = sentences;
    this.commands = commands;
  }

  /** Takes over events that are new, in their order. */
  public void append(List<Event> events) {
    for (Event event : events) {
      switch (event.what()) {
        case Happening.Migrated(var migration) -> moved(migration.process(), event);
        case Happening.LaunchFailed _,
            Happening.Lost _,
            Happening.OutOfMemory _,
            Happening.NodeCrashed _ ->
            report(Notice.Severity.ERROR, event);
        case Happening.Killed killed -> {
          // A person who kills knows it; a fault has an address.
          if (killed.pc() >= 0) {
            report(Notice.Severity.ERROR, event);
          }
        }
        case Happening.UnknownCall _, Happening.MigrationAborted _ ->
            report(Notice.Severity.WARNING, event);
        default -> {
          // The ordinary course of things.
        }
      }
    }
  }

  /** Takes over a new picture of the cluster, to see who gets no CPU. */
  public void show(ClusterView picture) {
    Map<ProcessId, Progress> now = new HashMap<>();
    for (ProcessView process : picture.processes()) {
      if (process.state() == ProcessView.State.READY) {
        Progress before = progress.get(process.id());
        boolean stands = before != null && before.cpuNanos() == process.cpuNanos();
        long since = stands ? before.sinceNanos() : picture.nanos();
        boolean starves = picture.nanos() - since >= STARVING_NANOS;
        boolean told = stands && before.told();
        if (starves && !told) {
          starving(process, picture.nanos());
        }
        now.put(process.id(), new Progress(process.cpuNanos(), since, starves || told));
      }
    }
    progress.clear();
    progress.putAll(now);
  }

  /** Takes over a notice of the window; notes are passed over. */
  public void notice(Notice notice) {
    if (notice.severity() != Notice.Severity.INFO) {
      add(
          new Finding(
              notice.severity(),
              notice.atNanos(),
              null,
              0,
              () -> messages.problem(notice.text()),
              Finding.Fix.NONE));
    }
  }

  /** Forgets what belongs to a session; for another one. */
  public void clear() {
    findings.clear();
    moves.clear();
    progress.clear();
  }

  /** What was found, newest first. Unmodifiable. */
  public ObservableList<Finding> findings() {
    return view;
  }

  /** Does what a finding's fix offers. */
  public void fix(Finding finding) {
    if (finding.fix() == Finding.Fix.LOCK) {
      commands.accept(new Command.SetLock(new ProcessRef.ById(finding.process()), true));
    }
  }

  /** Whom or what a finding concerns, in words. */
  public String about(Finding finding) {
    if (finding.process() != null) {
      return roster.process(finding.process());
    }
    return finding.node() > 0 ? roster.node(finding.node()) : "";
  }

  private void moved(ProcessId process, Event event) {
    ArrayDeque<Long> recent = moves.computeIfAbsent(process, _ -> new ArrayDeque<>());
    recent.addLast(event.atNanos());
    while (event.atNanos() - recent.getFirst() > PING_PONG_NANOS) {
      recent.removeFirst();
    }
    if (recent.size() >= PING_PONG_MOVES) {
      int count = recent.size();
      String length = figures.duration(event.atNanos() - recent.getFirst());
      recent.clear();
      add(
          new Finding(
              Notice.Severity.WARNING,
              event.atNanos(),
              process,
              event.node(),
              () -> messages.of("problems.pingPong", roster.process(process), count, length),
              Finding.Fix.LOCK));
    }
  }

  private void starving(ProcessView process, long nanos) {
    add(
        new Finding(
            Notice.Severity.WARNING,
            nanos,
            process.id(),
            process.where(),
            () ->
                messages.of(
                    "problems.starving",
                    roster.process(process.id()),
                    roster.node(process.where()),
                    figures.duration(STARVING_NANOS)),
            Finding.Fix.NONE));
  }

  private void report(Notice.Severity severity, Event event) {
    add(
        new Finding(
            severity,
            event.atNanos(),
            event.what().process(),
            event.node(),
            () -> sentences.apply(event),
            Finding.Fix.NONE));
  }

  private void add(Finding finding) {
    findings.addFirst(finding);
    if (findings.size() > CAPACITY) {
      findings.removeLast();
    }
  }
}
