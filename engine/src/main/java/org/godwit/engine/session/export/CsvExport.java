package org.godwit.engine.session.export;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.EventKinds;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.Sample;
import org.godwit.model.json.JsonLines;

/**
 * CSV tables (RFC 4180 with line feeds, UTF-8) of a recording: a header row, units in the names,
 * points in decimals, an empty cell for what does not apply. A problem or verdict is its key with
 * its arguments in brackets; {@code what} of an event is the same JSON as in the session file.
 */
public enum CsvExport {
  /** One row: what the other tables were made from. */
  SESSION("session.csv") {
    @Override
    void rows(RecordedSession session, CsvRows rows) throws IOException {
      rows.row(
          "scenario",
          "seed",
          "clock_divisor",
          "kernel",
          "policy",
          "nodes",
          "end_ns",
          "migrate_every",
          "engine_version",
          "behaviour_version");
      rows.row(
          session.scenario().name(),
          session.scenario().seed(),
          session.scenario().clockDivisor(),
          session.scenario().kernel().text(),
          session.scenario().policy(),
          session.scenario().nodes().size(),
          session.facts().endNanos(),
          session.facts().migrateEvery(),
          session.facts().engineVersion(),
          session.facts().behaviourVersion());
    }
  },

  /** A row a command. */
  COMMANDS("commands.csv") {
    @Override
    void rows(RecordedSession session, CsvRows rows) throws IOException {
      rows.row("t_ns", "seq", "command", "refused");
      for (CommandRecord each : session.commands()) {
        rows.row(
            each.atNanos(),
            each.sequence(),
            JsonLines.line(Command.class, each.command()),
            cell(each.refused()));
      }
    }
  },

  /** A row an event. */
  EVENTS("events.csv") {
    @Override
    void rows(RecordedSession session, CsvRows rows) throws IOException {
      rows.row("t_ns", "seq", "kind", "node", "pid", "home", "what");
      for (Event event : session.events()) {
        ProcessId process = event.what().process();
        rows.row(
            event.atNanos(),
            event.sequence(),
            EventKinds.of(event.what()),
            event.node(),
            process == null ? null : process.pid(),
            process == null ? null : process.home(),
            JsonLines.line(Happening.class, event.what()));
      }
    }
  },

  /** A row a node and sampling interval. */
  LOAD("load.csv") {
    @Override
    void rows(RecordedSession session, CsvRows rows) throws IOException {
      rows.row(
          "t_ns",
          "node",
          "runnable",
          "load",
          "cpu_share",
          "mem_bytes",
          "forwarded_calls",
          "network_bytes",
          "guests",
          "away");
      for (Sample sample : session.samples()) {
        rows.row(
            sample.atNanos(),
            sample.node(),
            sample.runnable(),
            sample.load(),
            sample.cpuShare(),
            sample.memoryBytes(),
            sample.forwardedCalls(),
            sample.networkBytes(),
            sample.guests(),
            sample.away());
      }
    }
  },

  /** A row a completed migration, in the order of completion; {@code id} counts from 1. */
  MIGRATIONS("migrations.csv") {
    @Override
    void rows(RecordedSession session, CsvRows rows) throws IOException {
      rows.row(
          "id",
          "pid",
          "home",
          "from",
          "to",
          "cause",
          "decided_ns",
          "granted_ns",
          "frozen_ns",
          "committed_ns",
          "resumed_ns",
          "pages",
          "zero_pages",
          "bytes");
      int id = 0;
      for (Event event : session.events()) {
        if (event.what() instanceof Happening.Migrated(Migration move)) {
          id++;
          rows.row(
              id,
              move.process().pid(),
              move.process().home(),
              move.from(),
              move.to(),
              EventKinds.of(move.cause()),
              move.requestedNanos(),
              move.grantedNanos(),
              move.frozenNanos(),
              move.committedNanos(),
              move.resumedNanos(),
              move.pages(),
              move.zeroPages(),
              move.bytes());
        }
      }
    }
  },

  /**
   * A row a candidate and target of a decision; one with an empty target for a candidate that was
   * left out at once, and one with an empty candidate for a decision that looked at nobody.
   */
  DECISIONS("decisions.csv") {
    @Override
    void rows(RecordedSession session, CsvRows rows) throws IOException {
      rows.row(
          "t_ns",
          "node",
          "policy",
          "runnable",
          "cpus",
          "speed",
          "verdict",
          "chosen_pid",
          "chosen_home",
          "chosen_to",
          "candidate_pid",
          "candidate_home",
          "candidate_cpu",
          "candidate_excluded",
          "target",
          "belief_age_ns",
          "target_load",
          "rate_here",
          "rate_there",
          "gain_s",
          "transfer_s",
          "calls_s",
          "target_verdict");
      for (Event event : session.events()) {
        if (event.what() instanceof Happening.Decided(Decision decision)) {
          decision(event, decision, rows);
        }
      }
    }
  };

  private final String fileName;

  CsvExport(String fileName) {
    this.fileName = fileName;
  }

  /** Name of the table's file. */
  public String fileName() {
    return fileName;
  }

  /**
   * Writes this table of {@code session} to {@code out}, which is flushed and stays open.
   *
   * @throws IOException if {@code out} fails
   */
  public void write(RecordedSession session, Writer out) throws IOException {
    rows(session, new CsvRows(out));
    out.flush();
  }

  abstract void rows(RecordedSession session, CsvRows rows) throws IOException;

  private static void decision(Event event, Decision decision, CsvRows rows) throws IOException {
    List<Object> first =
        CsvRows.cells(
            event.atNanos(),
            event.node(),
            decision.policy(),
            decision.runnable(),
            decision.cpus(),
            decision.speed(),
            cell(decision.verdict()),
            decision.chosen() == null ? null : decision.chosen().pid(),
            decision.chosen() == null ? null : decision.chosen().home(),
            decision.chosen() == null ? null : decision.to());
    List<Object> nobody = CsvRows.cells(null, null, null, null);
    List<Object> nowhere = CsvRows.cells(null, null, null, null, null, null, null, null, null);
    if (decision.candidates().isEmpty()) {
      rows.joined(List.of(first, nobody, nowhere));
    }
    for (Decision.Candidate candidate : decision.candidates()) {
      List<Object> second =
          CsvRows.cells(
              candidate.process().pid(),
              candidate.process().home(),
              candidate.cpuLoad(),
              cell(candidate.excluded()));
      if (candidate.targets().isEmpty()) {
        rows.joined(List.of(first, second, nowhere));
      }
      for (Decision.Target target : candidate.targets()) {
        List<Object> third =
            CsvRows.cells(
                target.node(),
                target.beliefAgeNanos(),
                target.load(),
                target.rateHere(),
                target.rateThere(),
                target.gain(),
                target.transferCost(),
                target.callCost(),
                cell(target.verdict()));
        rows.joined(List.of(first, second, third));
      }
    }
  }

  private static String cell(Problem problem) {
    if (problem == null) {
      return null;
    }
    return problem.arguments().isEmpty() ? problem.key() : problem.key() + problem.arguments();
  }
}
