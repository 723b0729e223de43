package org.godwit.app.cli;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.godwit.app.text.Wording;
import org.godwit.engine.session.Explanation;
import org.godwit.engine.session.Finding;
import org.godwit.engine.session.Findings;
import org.godwit.engine.session.Session;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.json.JsonLines;
import org.godwit.model.view.LedgerRow;

/**
 * The processes of a session, for people and for programs, with what it refused. The JSON keeps its
 * keys: {@code scenario}, {@code seed}, {@code clockDivisor}, {@code virtualSeconds}, {@code
 * processes} (each {@code pid}, {@code program}, {@code home}, {@code where}, {@code migrations},
 * {@code lock}, {@code cantmove}, {@code state}, {@code status} when it has ended, and {@code
 * calls}, its system calls by kind and place, see {@link LedgerRow}) and {@code refused} (each
 * {@code atNanos}, {@code pid} and {@code home} where there is one, {@code key}, {@code
 * arguments}), and {@code findings} (each {@code kind}, {@code atNanos}, {@code pid} and {@code
 * home} where there is one, {@code node}, {@code words} and {@code remedies}, each with its words
 * and commands).
 */
final class ProcessTable {
  private static final int REFUSALS_SHOWN = 20;

  private final Session session;
  private final List<ProcessRow> rows;
  private final List<Event> refusals;
  private final List<Finding> findings;

  /** Those that a launch asked for. */
  private final Set<ProcessId> asked = new HashSet<>();

  ProcessTable(Session session) {
    List<Event> events = session.events(0);
    this.session = session;
    this.rows = ProcessRow.all(session.view(), events, session.commands());
    Findings found = new Findings(session.scenario());
    found.append(events, session.samples(0));
    this.findings = found.all();
    for (Event event : events) {
      if (event.what() instanceof Happening.Launched launched && !launched.launch().isEmpty()) {
        asked.add(launched.process());
      }
    }
    this.refusals = events.stream().filter(event -> why(event.what()) != null).toList();
  }

  List<String> lines(Wording words) {
    TextTable table = new TextTable();
    table.row(
        Stream.of("pid", "program", "home", "where", "migrations", "lock", "cantmove", "state")
            .map(column -> words.of("table." + column))
            .toList());
    for (ProcessRow row : rows) {
      if (isRoutine(row)) {
        continue;
      }
      String state = words.of("table.state." + row.state());
      table.row(
          List.of(
              row.id().pid() + "",
              row.program(),
              row.id().home() + "",
              row.where() + "",
              row.migrations() + "",
              row.lock() ? "1" : "0",
              row.cantmove().isEmpty() ? "-" : String.join(",", row.cantmove()),
              row.status() < 0 ? state : state + " " + row.status()));
    }
    List<String> lines = new ArrayList<>(table.lines());
    for (Event event : refusals.subList(0, Math.min(REFUSALS_SHOWN, refusals.size()))) {
      lines.add(refusal(event, words));
    }
    if (refusals.size() > REFUSALS_SHOWN) {
      lines.add(words.of("table.more-refusals", refusals.size() - REFUSALS_SHOWN));
    }
    for (Finding each : findings.subList(0, Math.min(REFUSALS_SHOWN, findings.size()))) {
      lines.add(words.of("table.finding", each.atNanos() / 1e9, words.problem(each.words())));
    }
    lines.add(
        words.of(
            "table.foot",
            session.scenario().name(),
            session.now() / 1e9,
            session.scenario().seed(),
            session.scenario().clockDivisor()));
    return lines;
  }

  /** What a node that boots has run and done with: dozens of scripts and their helpers. */
  private boolean isRoutine(ProcessRow row) {
    return row.status() == 0
        && !asked.contains(row.id())
        && session.view().nodes().stream()
            .anyMatch(node -> node.spec().id() == row.id().home() && node.spec().boots());
  }

  private static String refusal(Event event, Wording words) {
    double seconds = event.atNanos() / 1e9;
    String why = words.problem(why(event.what()));
    return event.what() instanceof Happening.MigrationRefused move
        ? words.of("table.refused-move", seconds, move.process().pid(), move.to(), why)
        : words.of("table.refused", seconds, why);
  }

  private static Problem why(Happening what) {
    return switch (what) {
      case Happening.MigrationRefused refused -> refused.why();
      case Happening.LaunchFailed failed -> failed.problem();
      case Happening.CommandRefused refused -> refused.why();
      default -> null;
    };
  }

  String json() {
    StringWriter text = new StringWriter();
    try {
      JsonWriter json = new JsonWriter(text);
      json.setFormattingStyle(FormattingStyle.PRETTY);
      json.beginObject();
      json.name("scenario").value(session.scenario().name());
      json.name("seed").value(session.scenario().seed());
      json.name("clockDivisor").value(session.scenario().clockDivisor());
      json.name("virtualSeconds").value(session.now() / 1e9);
      json.name("processes").beginArray();
      for (ProcessRow row : rows) {
        process(json, row);
      }
      json.endArray();
      json.name("refused").beginArray();
      for (Event event : refusals) {
        refusal(json, event);
      }
      json.endArray();
      json.name("findings").beginArray();
      for (Finding each : findings) {
        finding(json, each);
      }
      json.endArray();
      json.endObject();
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private void process(JsonWriter json, ProcessRow row) throws IOException {
    json.beginObject();
    json.name("pid").value(row.id().pid());
    json.name("program").value(row.program());
    json.name("home").value(row.id().home());
    json.name("where").value(row.where());
    json.name("migrations").value(row.migrations());
    json.name("lock").value(row.lock());
    json.name("cantmove").beginArray();
    for (String reason : row.cantmove()) {
      json.value(reason);
    }
    json.endArray();
    json.name("state").value(row.state());
    if (row.status() >= 0) {
      json.name("status").value(row.status());
    }
    json.name("calls").beginArray();
    for (LedgerRow each : session.ledger(row.id())) {
      json.jsonValue(JsonLines.line(each));
    }
    json.endArray();
    json.endObject();
  }

  private static void finding(JsonWriter json, Finding finding) throws IOException {
    json.beginObject();
    json.name("kind").value(finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.name("atNanos").value(finding.atNanos());
    if (finding.process() != null) {
      json.name("pid").value(finding.process().pid());
      json.name("home").value(finding.process().home());
    }
    json.name("node").value(finding.node());
    json.name("words").jsonValue(JsonLines.line(finding.words()));
    json.name("remedies").beginArray();
    for (Explanation.Remedy each : finding.remedies()) {
      json.jsonValue(JsonLines.line(each));
    }
    json.endArray();
    json.endObject();
  }

  private static void refusal(JsonWriter json, Event event) throws IOException {
    Problem why = why(event.what());
    json.beginObject();
    json.name("atNanos").value(event.atNanos());
    if (event.what().process() != null) {
      json.name("pid").value(event.what().process().pid());
      json.name("home").value(event.what().process().home());
    }
    json.name("key").value(why.key());
    json.name("arguments").beginArray();
    for (Object argument : why.arguments()) {
      if (argument instanceof Number number) {
        json.value(number);
      } else {
        json.value(argument.toString());
      }
    }
    json.endArray();
    json.endObject();
  }
}
