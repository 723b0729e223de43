package org.godwit.app.cli;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.godwit.app.host.HostFiles;
import org.godwit.app.panel.SessionWords;
import org.godwit.app.text.Wording;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Causes;
import org.godwit.engine.session.query.Comparison;
import org.godwit.model.ProblemException;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Migration;
import org.godwit.model.json.JsonLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code godwit diff}: where two recordings part, what led there, and what became of it. Status as
 * of diff(1): 0 if they are the same, 1 if they differ, 2 if something is wrong.
 */
@Command(name = "diff")
final class DiffCommand implements Cli.Action {
  private static final int DIFFERENT = 1;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "A.godwit", descriptionKey = "diff.a")
  private String fileA;

  @Parameters(index = "1", paramLabel = "B.godwit", descriptionKey = "diff.b")
  private String fileB;

  @Option(names = "--json", descriptionKey = "diff.json")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  DiffCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ProblemException {
    OpenedSession a = RecordedFiles.open(HostFiles.path(fileA));
    OpenedSession b = RecordedFiles.open(HostFiles.path(fileB));
    Comparison comparison = Comparison.of(a.session(), b.session());
    if (json) {
      Terminal.utf8(terminal.out(), json(comparison));
    } else {
      tell(comparison, a.session(), b.session());
    }
    a.damage().forEach(terminal::complain);
    b.damage().forEach(terminal::complain);
    if (!a.damage().isEmpty() || !b.damage().isEmpty()) {
      return Cli.USER_ERROR;
    }
    return comparison.isSame() ? 0 : DIFFERENT;
  }

  // ---------------------------------------------------------------- words

  private void tell(Comparison c, RecordedSession a, RecordedSession b) {
    Wording words = terminal.wording();
    if (c.isSame()) {
      terminal.line(words.of("diff.same", seconds(c.endNanosA()), a.events().size()));
      return;
    }
    SessionWords sentences = new SessionWords(words.locale(), a, b);
    inputs(c);
    if (c.commands() != null) {
      terminal.line(words.of("diff.commands", c.commands().index() + 1));
      side("A", c.commands().a(), sentences);
      side("B", c.commands().b(), sentences);
    }
    if (c.events() == null) {
      terminal.line(words.of("diff.sameEvents", a.events().size()));
    } else {
      parting(c.events(), sentences);
    }
    if (c.sampleNanos() >= 0) {
      terminal.line(words.of("diff.samples", seconds(c.sampleNanos())));
    }
    if (c.hashNanos() >= 0) {
      terminal.line(words.of("diff.hashes", seconds(c.hashNanos())));
    }
    if (c.endNanosA() != c.endNanosB()) {
      terminal.line(words.of("diff.ends", seconds(c.endNanosA()), seconds(c.endNanosB())));
    }
    load(c.load());
    moves(c.moves(), sentences);
  }

  private void inputs(Comparison c) {
    if (c.inputs().isEmpty()) {
      return;
    }
    terminal.line(terminal.wording().of("diff.inputs"));
    table(c.inputs());
  }

  private void table(List<Comparison.Input> differences) {
    TextTable table = new TextTable();
    table.row(List.of("", "A", "B"));
    for (Comparison.Input each : differences) {
      table.row(List.of("  " + each.what(), shown(each.a()), shown(each.b())));
    }
    table.lines().forEach(terminal::line);
  }

  private static String shown(String value) {
    return value.isEmpty() ? "-" : value.length() > 60 ? value.substring(0, 57) + "..." : value;
  }

  private void side(String name, CommandRecord command, SessionWords sentences) {
    terminal.line(
        "  "
            + name
            + "  "
            + (command == null
                ? terminal.wording().of("diff.noCommand")
                : seconds(command.atNanos()) + "  " + sentences.of(command)));
  }

  private void side(String name, Event event, SessionWords sentences) {
    terminal.line(
        "  "
            + name
            + "  "
            + (event == null
                ? terminal.wording().of("diff.noEvent")
                : seconds(event.atNanos()) + "  " + sentences.of(event)));
  }

  private void parting(Comparison.Parting parting, SessionWords sentences) {
    Wording words = terminal.wording();
    terminal.line(words.of("diff.events", parting.index() + 1));
    side("A", parting.a(), sentences);
    side("B", parting.b(), sentences);
    if (!parting.differences().isEmpty()) {
      table(parting.differences());
    }
    int shared = parting.sharedCauses();
    if (parting.causesA().isEmpty() && parting.causesB().isEmpty()) {
      terminal.line(words.of("diff.noCauses"));
      return;
    }
    terminal.line(words.of("diff.causes"));
    causes("AB", parting.causesA().subList(0, shared), sentences);
    causes("A ", parting.causesA().subList(shared, parting.causesA().size()), sentences);
    causes("B ", parting.causesB().subList(shared, parting.causesB().size()), sentences);
  }

  private void causes(String name, List<Causes.Cause> causes, SessionWords sentences) {
    for (Causes.Cause each : causes) {
      String text = sentences.of(each);
      String line = each.command() == null ? text : terminal.wording().of("diff.command", text);
      terminal.line("  " + name + " " + seconds(each.atNanos()) + "  " + line);
    }
  }

  private void load(List<Comparison.LoadPair> rows) {
    Wording words = terminal.wording();
    terminal.line(words.of("diff.load"));
    TextTable table = new TextTable();
    List<String> head = new ArrayList<>(List.of("  " + words.of("diff.node")));
    for (String column : List.of("runnable", "load", "cpu", "calls", "bytes")) {
      head.add(words.of(column.equals("load") ? "diff.load-column" : "diff." + column) + " A");
      head.add("B");
    }
    table.row(head);
    for (Comparison.LoadPair each : rows) {
      List<String> row = new ArrayList<>(List.of("  " + each.name()));
      List<String> left = figures(each.a());
      List<String> right = figures(each.b());
      for (int i = 0; i < left.size(); i++) {
        row.add(left.get(i));
        row.add(right.get(i));
      }
      table.row(row);
    }
    table.lines().forEach(terminal::line);
  }

  private static List<String> figures(Comparison.Load load) {
    if (load == null) {
      return List.of("-", "-", "-", "-", "-");
    }
    return List.of(
        String.format(Locale.ROOT, "%.2f", load.runnable()),
        String.format(Locale.ROOT, "%.2f", load.load()),
        String.format(Locale.ROOT, "%.0f%%", load.cpuShare() * 100),
        Long.toString(load.forwardedCalls()),
        Long.toString(load.networkBytes()));
  }

  private void moves(List<Comparison.MovePair> rows, SessionWords sentences) {
    Wording words = terminal.wording();
    if (rows.isEmpty()) {
      terminal.line(words.of("diff.noMoves"));
      return;
    }
    terminal.line(words.of("diff.moves"));
    TextTable table = new TextTable();
    table.row(
        List.of(
            "  " + words.of("diff.process"),
            "A",
            words.of("diff.frozen"),
            words.of("diff.bytes"),
            "B",
            words.of("diff.frozen"),
            words.of("diff.bytes")));
    for (Comparison.MovePair each : rows) {
      List<String> row =
          new ArrayList<>(List.of("  " + sentences.roster().process(each.process())));
      move(each.a(), sentences, row);
      move(each.b(), sentences, row);
      table.row(row);
    }
    table.lines().forEach(terminal::line);
  }

  private static void move(Migration move, SessionWords sentences, List<String> row) {
    if (move == null) {
      row.addAll(List.of("-", "-", "-"));
      return;
    }
    row.add(
        seconds(move.frozenNanos())
            + " "
            + sentences.roster().node(move.from())
            + "→"
            + sentences.roster().node(move.to()));
    row.add(
        String.format(Locale.ROOT, "%.2f ms", (move.resumedNanos() - move.frozenNanos()) / 1e6));
    row.add(Long.toString(move.bytes()));
  }

  private static String seconds(long nanos) {
    return SessionWords.seconds(nanos);
  }

  // ---------------------------------------------------------------- JSON

  private static String json(Comparison c) {
    StringWriter text = new StringWriter();
    try {
      JsonWriter json = new JsonWriter(text);
      json.setFormattingStyle(FormattingStyle.PRETTY);
      json.beginObject();
      json.name("same").value(c.isSame());
      json.name("inputs").beginArray();
      for (Comparison.Input each : c.inputs()) {
        json.jsonValue(JsonLines.line(each));
      }
      json.endArray();
      if (c.commands() != null) {
        json.name("commands").beginObject();
        json.name("index").value(c.commands().index());
        line(json, "a", c.commands().a());
        line(json, "b", c.commands().b());
        json.endObject();
      }
      if (c.events() != null) {
        json.name("events").beginObject();
        json.name("index").value(c.events().index());
        line(json, "a", c.events().a());
        line(json, "b", c.events().b());
        json.name("differences").beginArray();
        for (Comparison.Input each : c.events().differences()) {
          json.jsonValue(JsonLines.line(each));
        }
        json.endArray();
        causes(json, "causesA", c.events().causesA());
        causes(json, "causesB", c.events().causesB());
        json.endObject();
      }
      instant(json, "hashesDifferAtNanos", c.hashNanos());
      instant(json, "samplesDifferAtNanos", c.sampleNanos());
      json.name("endNanosA").value(c.endNanosA());
      json.name("endNanosB").value(c.endNanosB());
      json.name("load").beginArray();
      for (Comparison.LoadPair each : c.load()) {
        json.beginObject();
        json.name("node").value(each.node());
        json.name("name").value(each.name());
        line(json, "a", each.a());
        line(json, "b", each.b());
        json.endObject();
      }
      json.endArray();
      json.name("migrations").beginArray();
      for (Comparison.MovePair each : c.moves()) {
        json.beginObject();
        json.name("process").value(each.process().toString());
        json.name("number").value(each.number());
        line(json, "a", each.a());
        line(json, "b", each.b());
        json.endObject();
      }
      json.endArray();
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private static void instant(JsonWriter json, String name, long nanos) throws IOException {
    if (nanos >= 0) {
      json.name(name).value(nanos);
    }
  }

  private static void line(JsonWriter json, String name, Record record) throws IOException {
    if (record != null) {
      json.name(name).jsonValue(JsonLines.line(record));
    }
  }

  private static void causes(JsonWriter json, String name, List<Causes.Cause> causes)
      throws IOException {
    json.name(name).beginArray();
    for (Causes.Cause each : causes) {
      json.beginObject();
      line(json, "event", each.event());
      line(json, "command", each.command());
      json.endObject();
    }
    json.endArray();
  }
}
