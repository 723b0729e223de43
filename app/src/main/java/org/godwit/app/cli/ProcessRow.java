package org.godwit.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.ProcessView;

/**
 * What {@code godwit run} says of a process.
 *
 * @param id identity
 * @param program name of its program
 * @param where node that runs it, or ran it last
 * @param migrations completed migrations
 * @param lock the user's lock
 * @param cantmove words of the stay reasons that hold, in the order in which they were raised
 * @param state {@code running}, {@code ready}, {@code waiting}, {@code frozen}, {@code stopped},
 *     {@code zombie}, {@code exited}, {@code crashed} or {@code lost}
 * @param status exit status when it has ended, 128 + signal when killed, else −1
 */
record ProcessRow(
    ProcessId id,
    String program,
    int where,
    int migrations,
    boolean lock,
    List<String> cantmove,
    String state,
    int status) {
  ProcessRow {
    cantmove = List.copyOf(cantmove);
  }

  /**
   * Every process that there ever was, by identity: as the view shows it, or as the events tell
   * when it ended so long ago that the view has dropped it.
   */
  static List<ProcessRow> all(ClusterView view, List<Event> events, List<CommandRecord> commands) {
    SortedMap<ProcessId, ProcessRow> rows = new TreeMap<>();
    for (Event event : events) {
      see(event.what(), rows, commands);
    }
    for (ProcessView process : view.processes()) {
      rows.put(process.id(), of(process));
    }
    return new ArrayList<>(rows.values());
  }

  private static ProcessRow of(ProcessView process) {
    return new ProcessRow(
        process.id(),
        process.program(),
        process.where(),
        process.migrations(),
        process.lock(),
        process.reasons().stream().map(evidence -> evidence.reason().word()).toList(),
        process.state().name().toLowerCase(Locale.ROOT),
        process.exitStatus());
  }

  private static void see(
      Happening what, SortedMap<ProcessId, ProcessRow> rows, List<CommandRecord> commands) {
    ProcessId id = what.process();
    ProcessRow row = id == null ? null : rows.get(id);
    switch (what) {
      case Happening.Launched launched ->
          rows.put(
              id,
              new ProcessRow(
                  id,
                  launched.program(),
                  id.home(),
                  0,
                  locked(launched.launch(), commands) || row != null && row.lock,
                  List.of(),
                  "running",
                  -1));
      case Happening.Forked forked -> {
        ProcessRow parent = rows.get(forked.parent());
        if (parent != null) {
          rows.put(
              id,
              new ProcessRow(
                  id, parent.program, parent.where, 0, parent.lock, List.of(), "running", -1));
        }
      }
      case Happening.Executed executed when row != null ->
          rows.put(id, row.with(executed.program(), row.where, row.migrations));
      case Happening.Migrated migrated when row != null ->
          rows.put(id, row.with(row.program, migrated.migration().to(), row.migrations + 1));
      case Happening.LockChanged lock when row != null ->
          rows.put(
              id,
              new ProcessRow(
                  id,
                  row.program,
                  row.where,
                  row.migrations,
                  lock.locked(),
                  row.cantmove,
                  row.state,
                  row.status));
      case Happening.Exited exited when row != null ->
          rows.put(id, row.ended("exited", exited.status()));
      // A process lost with a node or link ends at home as by SIGKILL; it was lost all the same.
      case Happening.Killed killed when row != null ->
          rows.put(
              id,
              row.ended(row.state.equals("lost") ? row.state : "crashed", 128 + killed.signal()));
      case Happening.Lost _ when row != null -> rows.put(id, row.ended("lost", -1));
      default -> {
        // Nothing that the table shows.
      }
    }
  }

  private static boolean locked(String launch, List<CommandRecord> commands) {
    for (CommandRecord each : commands) {
      if (each.command() instanceof Command.Launch command && command.launch().equals(launch)) {
        return command.locked();
      }
    }
    return false;
  }

  private ProcessRow with(String newProgram, int newWhere, int newMigrations) {
    return new ProcessRow(id, newProgram, newWhere, newMigrations, lock, cantmove, state, status);
  }

  private ProcessRow ended(String how, int newStatus) {
    return new ProcessRow(id, program, where, migrations, lock, List.of(), how, newStatus);
  }
}
