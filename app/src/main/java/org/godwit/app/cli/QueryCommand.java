package org.godwit.app.cli;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.godwit.app.host.HostFiles;
import org.godwit.app.panel.SessionWords;
import org.godwit.engine.session.file.OpenedSession;
import org.godwit.engine.session.query.Moment;
import org.godwit.engine.session.query.Query;
import org.godwit.model.ProblemException;
import org.godwit.model.json.JsonLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code godwit query}: when something held in a recording. Status as of grep(1): 0 if there is
 * such a moment, 1 if there is none, 2 if something is wrong.
 */
@Command(name = "query")
final class QueryCommand implements Cli.Action {
  private static final int NONE = 1;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "FILE.godwit", descriptionKey = "query.file")
  private String file;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "QUERY", descriptionKey = "query.query")
  private List<String> words;

  @Option(names = "--json", descriptionKey = "query.json")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  QueryCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws ProblemException {
    Query query = Query.parse(String.join(" ", words));
    OpenedSession opened = RecordedFiles.open(HostFiles.path(file));
    List<Moment> moments = query.in(opened.session());
    if (json) {
      Terminal.utf8(terminal.out(), json(moments));
    } else {
      table(moments, new SessionWords(terminal.wording().locale(), opened.session()));
    }
    opened.damage().forEach(terminal::complain);
    if (!opened.damage().isEmpty()) {
      return Cli.USER_ERROR;
    }
    return moments.isEmpty() ? NONE : 0;
  }

  private void table(List<Moment> moments, SessionWords words) {
    if (moments.isEmpty()) {
      terminal.line(terminal.wording().of("query.none"));
      return;
    }
    TextTable table = new TextTable();
    table.row(
        List.of(
            terminal.wording().of("query.from"),
            terminal.wording().of("query.until"),
            terminal.wording().of("query.what")));
    for (Moment each : moments) {
      boolean instant = each.fromNanos() == each.untilNanos();
      table.row(
          List.of(
              SessionWords.seconds(each.fromNanos()),
              instant ? "" : SessionWords.seconds(each.untilNanos()),
              what(each, words)));
    }
    table.lines().forEach(terminal::line);
  }

  private String what(Moment moment, SessionWords words) {
    if (moment.event() != null) {
      return words.of(moment.event());
    }
    String node = words.roster().node(moment.node());
    return moment.process() != null
        ? terminal.wording().of("query.stay", words.roster().process(moment.process()), node)
        : terminal.wording().of("query.level", node, figure(moment.peak()));
  }

  private static String figure(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String json(List<Moment> moments) {
    StringWriter text = new StringWriter();
    try {
      JsonWriter json = new JsonWriter(text);
      json.setFormattingStyle(FormattingStyle.PRETTY);
      json.beginArray();
      for (Moment each : moments) {
        json.beginObject();
        json.name("fromNanos").value(each.fromNanos());
        json.name("untilNanos").value(each.untilNanos());
        json.name("node").value(each.node());
        if (each.process() != null) {
          json.name("process").value(each.process().toString());
        }
        if (!Double.isNaN(each.peak())) {
          json.name("peak").value(each.peak());
        }
        if (each.event() != null) {
          json.name("event").jsonValue(JsonLines.line(each.event()));
        }
        json.endObject();
      }
      json.endArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }
}
