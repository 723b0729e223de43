package org.godwit.app.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.godwit.app.panel.CommandText;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.HappeningText;
import org.godwit.app.panel.Roster;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Tokens;
import org.godwit.app.theme.Variant;
import org.godwit.engine.session.Finding;
import org.godwit.engine.session.Findings;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Comparison;
import org.godwit.model.ProcessId;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.godwit.model.json.Units;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.view.LedgerRow;

/**
 * A recording as one HTML page that needs nothing else: what was run, the cluster at the end,
 * charts, timeline, migrations with their costs, findings, what was asked for, and how to get the
 * same again. Light and dark follow the reader's setting. The same recording gives the same page in
 * each language.
 */
public final class HtmlReport {
  private static final int MOST_ROWS = 2000;

  private final RecordedSession session;
  private final Messages messages;
  private final Tokens tokens;
  private final Figures figures = new Figures(Locale.ENGLISH);
  private final Roster roster = new Roster();
  private final HappeningText happenings;
  private final CommandText commands;
  private final StringBuilder page = new StringBuilder();

  private HtmlReport(RecordedSession session, Messages messages, Tokens tokens) {
    this.session = session;
    this.messages = messages;
    this.tokens = tokens;
    this.happenings = new HappeningText(messages, messages::problem, roster, figures);
    this.commands = new CommandText(messages, roster, figures);
    roster.learn(session.scenario().nodes());
    session.events().forEach(roster::learn);
  }

  /**
   * Writes the page to {@code out}, which is flushed and stays open.
   *
   * @throws IOException if {@code out} fails
   */
  public static void write(RecordedSession session, Messages messages, Tokens tokens, Writer out)
      throws IOException {
    HtmlReport report = new HtmlReport(session, messages, tokens);
    report.compose();
    out.write(report.page.toString());
    out.flush();
  }

  private void compose() {
    Scenario scenario = session.scenario();
    String title = scenario.title().in(messages.languageTag());
    page.append("<!DOCTYPE html>\n<html lang=\"").append(messages.languageTag()).append("\">\n");
    page.append("<head>\n<meta charset=\"utf-8\"/>\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    element("title", title);
    page.append("<style>\n").append(style()).append("</style>\n</head>\n<body>\n");
    page.append("<header>\n");
    element("h1", title);
    String about = scenario.about().in(messages.languageTag());
    if (!about.isBlank()) {
      element("p", about);
    }
    page.append("</header>\n");
    figuresOfRun();
    if (!session.notes().isBlank()) {
      heading("notes");
      element("pre", session.notes().strip());
    }
    findings();
    heading("cluster");
    figure(new ClusterDrawing(session, session.facts().endNanos()), "cluster.caption");
    heading("charts");
    for (LoadDrawing.Curve curve : LoadDrawing.Curve.values()) {
      figure(new LoadDrawing(session, curve, say("chart." + curve.key())), null);
    }
    heading("timeline.heading");
    figure(Drawn.timeline(session, messages), "timeline.caption");
    migrations();
    calls();
    nodes();
    asked();
    reproduce();
    page.append("</body>\n</html>\n");
  }

  // ---------------------------------------------------------------- parts

  private void figuresOfRun() {
    Scenario scenario = session.scenario();
    long moves = moves().size();
    long bytes = moves().stream().mapToLong(Migration::bytes).sum();
    page.append("<dl class=\"facts\">\n");
    fact("duration", figures.shortInstant(session.facts().endNanos()));
    fact("nodes", figures.count(scenario.nodes().size()));
    fact("migrations", figures.count(moves));
    fact("moved", figures.bytes(bytes));
    fact("policy", scenario.policy());
    fact("kernel", scenario.kernel().text());
    fact("seed", Long.toString(scenario.seed()));
    fact("divisor", figures.count(scenario.clockDivisor()));
    page.append("</dl>\n");
  }

  private void fact(String key, String value) {
    page.append("<div>");
    page.append("<dt>").append(safe(say("fact." + key))).append("</dt>");
    page.append("<dd>").append(safe(value)).append("</dd></div>\n");
  }

  private void findings() {
    Findings found = new Findings(session.scenario());
    found.append(session.events(), session.samples());
    heading("findings");
    if (found.all().isEmpty()) {
      element("p", say("findings.none"));
      return;
    }
    page.append("<ul class=\"findings\">\n");
    for (Finding each : found.all()) {
      page.append("<li><b>").append(safe(figures.shortInstant(each.atNanos()))).append("</b> ");
      page.append(safe(messages.problem(each.words()))).append("</li>\n");
    }
    page.append("</ul>\n");
  }

  private void migrations() {
    heading("migrations");
    List<Migration> moves = moves();
    if (moves.isEmpty()) {
      element("p", say("migrations.none"));
      return;
    }
    begin("process", "way", "cause", "decided", "waited", "frozen", "pages", "bytes");
    for (Migration move : moves.subList(0, Math.min(MOST_ROWS, moves.size()))) {
      row(
          roster.process(move.process()),
          roster.node(move.from()) + " → " + roster.node(move.to()),
          // A page is read by others than who asked.
          move.cause() == MoveCause.USER ? say("cause.user") : happenings.cause(move.cause()),
          figures.shortInstant(move.requestedNanos()),
          figures.duration(move.frozenNanos() - move.requestedNanos()),
          figures.duration(move.resumedNanos() - move.frozenNanos()),
          figures.count(move.pages()) + " + " + figures.count(move.zeroPages()),
          figures.bytes(move.bytes()));
    }
    end();
    rest(moves.size());
    element("p", "note", say("migrations.note"));
  }

  /** The last count of each process that had calls answered elsewhere. */
  private void calls() {
    TreeMap<ProcessId, List<LedgerRow>> counts = new TreeMap<>();
    for (Event event : session.events()) {
      if (event.what() instanceof Happening.CallsCounted(var process, var rows)) {
        counts.put(process, rows);
      }
    }
    heading("calls");
    if (counts.isEmpty()) {
      element("p", say("calls.none"));
      return;
    }
    begin("process", "call", "place", "count", "cost", "waiting", "sent", "received");
    int shown = 0;
    for (var each : counts.entrySet()) {
      for (LedgerRow line : each.getValue()) {
        if (shown++ < MOST_ROWS) {
          row(
              roster.process(each.getKey()),
              line.call(),
              say("place." + line.place().name().toLowerCase(Locale.ROOT)),
              figures.count(line.count()),
              figures.duration(line.costNanos()),
              figures.duration(line.waitedNanos()),
              figures.bytes(line.sentBytes()),
              figures.bytes(line.receivedBytes()));
        }
      }
    }
    end();
    rest(shown);
    element("p", "note", say("calls.note"));
  }

  private void nodes() {
    heading("nodes");
    begin("node", "cpus", "memory", "cpu", "runnable", "load", "calls", "network");
    var means = Comparison.means(session.samples());
    for (NodeSpec node : session.scenario().nodes()) {
      Comparison.Load load = means.get(node.id());
      row(
          node.name(),
          node.cpus() + " × " + node.mhz() + " MHz",
          figures.bytes(node.memoryBytes()),
          load == null ? "" : figures.percent(load.cpuShare()) + " %",
          load == null ? "" : figures.load(load.runnable()),
          load == null ? "" : figures.load(load.load()),
          load == null ? "" : figures.count(load.forwardedCalls()),
          load == null ? "" : figures.bytes(load.networkBytes()));
    }
    end();
    element("p", "note", say("nodes.note"));
  }

  private void asked() {
    heading("commands");
    if (session.commands().isEmpty()) {
      element("p", say("commands.none"));
      return;
    }
    begin("at", "command");
    int shown = Math.min(MOST_ROWS, session.commands().size());
    for (CommandRecord each : session.commands().subList(0, shown)) {
      String phrase = commands.phrase(each.command());
      row(
          figures.shortInstant(each.atNanos()),
          each.refused() == null ? phrase : phrase + " – " + messages.problem(each.refused()));
    }
    end();
    rest(session.commands().size());
  }

  private void reproduce() {
    heading("reproduce");
    Scenario scenario = session.scenario();
    boolean scripted = session.commands().size() == scenario.script().size();
    String seconds = Units.timeText(session.facts().endNanos());
    if (scripted) {
      element("p", say("reproduce.script"));
      element(
          "pre",
          "godwit run %s --seed %d --for %s --set clockDivisor=%d --set policy=%s"
              .formatted(
                  scenario.name(),
                  scenario.seed(),
                  seconds,
                  scenario.clockDivisor(),
                  scenario.policy()));
    }
    element("p", say("reproduce.file"));
    element("pre", "godwit verify FILE.godwit");
    begin("version", "behaviour", "hash");
    row(
        "Godwit " + session.facts().engineVersion(),
        Integer.toString(session.facts().behaviourVersion()),
        session.hashes().isEmpty()
            ? "–"
            : "%016x".formatted(session.hashes().getLast().hash())
                + " ("
                + figures.shortInstant(session.hashes().getLast().atNanos())
                + ")");
    end();
  }

  private List<Migration> moves() {
    List<Migration> moves = new ArrayList<>();
    for (Event event : session.events()) {
      if (event.what() instanceof Happening.Migrated(Migration move)) {
        moves.add(move);
      }
    }
    return moves;
  }

  // ---------------------------------------------------------------- HTML

  private void heading(String key) {
    element("h2", say(key));
  }

  private void figure(Drawing drawing, String caption) {
    page.append("<figure>\n").append(SvgInk.inline(drawing));
    if (caption != null) {
      element("figcaption", say(caption));
    }
    page.append("</figure>\n");
  }

  private void begin(String... columns) {
    page.append("<div class=\"wide\"><table>\n<thead><tr>");
    for (String column : columns) {
      page.append("<th>").append(safe(say("column." + column))).append("</th>");
    }
    page.append("</tr></thead>\n<tbody>\n");
  }

  private void row(String... cells) {
    page.append("<tr>");
    for (String cell : cells) {
      page.append("<td>").append(safe(cell)).append("</td>");
    }
    page.append("</tr>\n");
  }

  private void end() {
    page.append("</tbody>\n</table></div>\n");
  }

  private void rest(int all) {
    if (all > MOST_ROWS) {
      element("p", "note", messages.of("report.rest", all - MOST_ROWS));
    }
  }

  private void element(String name, String text) {
    page.append('<').append(name).append('>').append(safe(text));
    page.append("</").append(name).append(">\n");
  }

  private void element(String name, String style, String text) {
    page.append('<').append(name).append(" class=\"").append(style).append("\">");
    page.append(safe(text)).append("</").append(name).append(">\n");
  }

  private String say(String key) {
    return messages.of("report." + key);
  }

  private static String safe(String text) {
    return SvgInk.escaped(text);
  }

  private String style() {
    return ":root { color-scheme: light dark; "
        + variables(Variant.LIGHT)
        + "}\n@media (prefers-color-scheme: dark) { :root { "
        + variables(Variant.DARK)
        + "} }\n"
        + """
        body { font: 15px/1.6 Inter, "Noto Sans", "Noto Sans CJK JP", system-ui, sans-serif;
          color: var(--text); background: var(--ground); max-width: 58rem; margin: 0 auto;
          padding: 2.5rem 1.5rem 4rem; }
        h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .4rem; }
        h2 { font-size: 1.15rem; margin: 2.6rem 0 .8rem; }
        header p { color: var(--muted); margin: 0 0 1.2rem; }
        .facts { display: grid; grid-template-columns: repeat(4, 1fr);
          gap: 1px; background: var(--line); border: 1px solid var(--line); border-radius: 8px;
          overflow: hidden; margin: 1.5rem 0; }
        .facts div { background: var(--card); padding: .7rem 1rem; }
        dt { color: var(--muted); font-size: .8rem; } dd { margin: 0; font-weight: 600;
          font-variant-numeric: tabular-nums; }
        figure { margin: 0 0 1rem; background: var(--card); border: 1px solid var(--line);
          border-radius: 8px; padding: .6rem; }
        figcaption, .note { color: var(--muted); font-size: .85rem; padding: .3rem .4rem; }
        svg { display: block; width: 100%; height: auto; }
        .wide { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; }
        table { border-collapse: collapse; width: 100%; background: var(--card);
          font-size: .88rem; font-variant-numeric: tabular-nums; }
        th { color: var(--muted); font-weight: 600; } th, td { text-align: left;
          padding: .4rem .8rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
        tbody tr:last-child td { border-bottom: 0; }
        pre { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
          padding: .8rem 1rem; overflow-x: auto; white-space: pre-wrap; }
        .findings { padding-left: 1.2rem; } .findings li { margin: .3rem 0; }
        @media (max-width: 40rem) { .facts { grid-template-columns: repeat(2, 1fr); } }
        @media print { body { max-width: none; } figure, tr { break-inside: avoid; } }
        """;
  }

  private String variables(Variant variant) {
    StringBuilder text = new StringBuilder();
    for (Tint tint : Tint.values()) {
      text.append(tint.variable()).append(": ").append(tint.hex(tokens, variant)).append("; ");
    }
    return text.toString();
  }
}
