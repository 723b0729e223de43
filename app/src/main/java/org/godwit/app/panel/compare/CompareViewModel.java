package org.godwit.app.panel.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.godwit.app.panel.Figures;
import org.godwit.app.panel.SessionWords;
import org.godwit.app.panel.load.LoadPicture;
import org.godwit.app.panel.load.LoadViewModel;
import org.godwit.app.panel.load.Metric;
import org.godwit.app.panel.load.TwoLoads;
import org.godwit.app.text.Messages;
import org.godwit.engine.session.query.Causes;
import org.godwit.engine.session.query.Comparison;
import org.godwit.engine.session.query.Tracks;
import org.godwit.model.ProcessId;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Migration;

/** A comparison in words and figures. FX thread only. */
public final class CompareViewModel {
  /** Room before the parting when only what follows it is shown. */
  private static final long LEAD_NANOS = 1_000_000_000L;

  private static final int LONGEST_VALUE = 80;

  private final Messages messages;
  private final Figures figures;
  private final Pair pair;
  private final SessionWords words;
  private final LongProperty moment = new SimpleLongProperty(this, "moment");
  private final ObjectProperty<Metric> metric =
      new SimpleObjectProperty<>(this, "metric", Metric.LOAD);
  private final ObjectProperty<Manner> manner =
      new SimpleObjectProperty<>(this, "manner", Manner.BOTH);
  private final BooleanProperty mean = new SimpleBooleanProperty(this, "mean");
  private final BooleanProperty afterParting = new SimpleBooleanProperty(this, "afterParting");

  /** How the chart compares. */
  public enum Manner {
    /** The curves of both. */
    BOTH,
    /** The first less the second. */
    DIFFERENCE
  }

  /**
   * A line of the story of how they part.
   *
   * @param who {@code A}, {@code B}, {@code AB} for both, or empty
   * @param atNanos when, or −1
   * @param text what
   * @param isHead whether it stands over those that follow
   */
  public record Line(String who, long atNanos, String text, boolean isHead) {}

  /** A process at a moment: where it was in both, in words. */
  public record ProcessRow(ProcessId id, String process, String a, String b, boolean differs) {}

  /** A migration in both, in words; empty where there is none. */
  public record MoveRow(
      long atNanos,
      String process,
      String whenA,
      String wayA,
      String costA,
      String whenB,
      String wayB,
      String costB,
      boolean differs) {}

  /**
   * A node's figures over both sessions.
   *
   * @param node the node, 0 for all together
   * @param cells name, then A and B in turn
   * @param differs whether A and B do
   */
  public record LoadRow(int node, List<String> cells, boolean differs) {}

  /**
   * @param messages the window's texts
   * @param figures how figures are written
   * @param pair what is compared
   */
  public CompareViewModel(Messages messages, Figures figures, Pair pair) {
    this.messages = messages;
    this.figures = figures;
    this.pair = pair;
    this.words = new SessionWords(messages, pair.a(), pair.b());
    moment.set(Math.max(0, pair.partingNanos()));
  }

  /** The moment at which processes are compared. */
  public LongProperty moment() {
    return moment;
  }

  /** What the chart shows. */
  public ObjectProperty<Metric> metric() {
    return metric;
  }

  /** How the chart compares. */
  public ObjectProperty<Manner> manner() {
    return manner;
  }

  /** Whether the chart shows the mean of the nodes. */
  public BooleanProperty mean() {
    return mean;
  }

  /** Whether the chart begins shortly before they part. */
  public BooleanProperty afterParting() {
    return afterParting;
  }

  /** Whether they part at all. */
  public boolean isSame() {
    return pair.comparison().isSame();
  }

  /** The later of their ends. */
  public long endNanos() {
    return pair.endNanos();
  }

  /** Whether curves of single nodes can be told apart. */
  public boolean hasFewNodes() {
    return pair.comparison().load().size() <= TwoLoads.MOST_PAIRS;
  }

  /** How an instant is written. */
  public String time(long nanos) {
    return nanos < 0 ? "" : figures.instant(nanos);
  }

  /** The result in a sentence. */
  public String verdict() {
    Comparison c = pair.comparison();
    if (c.isSame()) {
      return messages.of(
          "compare.same", figures.shortInstant(c.endNanosA()), pair.a().events().size());
    }
    long at = pair.partingNanos();
    return at < 0 ? messages.of("compare.inputsOnly") : messages.of("compare.parts", time(at));
  }

  // ------------------------------------------------------------------ where they part

  /** How they part, in the order in which one reads it. */
  public List<Line> story() {
    List<Line> lines = new ArrayList<>();
    Comparison c = pair.comparison();
    if (c.isSame()) {
      return lines;
    }
    if (!c.inputs().isEmpty()) {
      head("compare.inputs", lines);
      c.inputs().forEach(each -> values(each, lines));
    }
    if (c.commands() != null) {
      head("compare.commands", lines, c.commands().index() + 1);
      command("A", c.commands().a(), lines);
      command("B", c.commands().b(), lines);
    }
    if (c.events() == null) {
      head("compare.sameEvents", lines, pair.a().events().size());
    } else {
      parting(c.events(), lines);
    }
    if (c.sampleNanos() >= 0) {
      lines.add(new Line("", c.sampleNanos(), messages.of("compare.samples"), false));
    }
    if (c.hashNanos() >= 0) {
      lines.add(new Line("", c.hashNanos(), messages.of("compare.hashes"), false));
    }
    if (c.endNanosA() != c.endNanosB()) {
      lines.add(new Line("A", c.endNanosA(), messages.of("compare.end"), false));
      lines.add(new Line("B", c.endNanosB(), messages.of("compare.end"), false));
    }
    return lines;
  }

  private void head(String key, List<Line> lines, Object... arguments) {
    lines.add(new Line("", -1, messages.of(key, arguments), true));
  }

  private void values(Comparison.Input each, List<Line> lines) {
    lines.add(
        new Line("", -1, each.what() + "\nA  " + cut(each.a()) + "\nB  " + cut(each.b()), false));
  }

  private static String cut(String value) {
    String text = value.isEmpty() ? "–" : value;
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 1) + "…";
  }

  private void command(String who, CommandRecord command, List<Line> lines) {
    lines.add(
        command == null
            ? new Line(who, -1, messages.of("compare.noCommand"), false)
            : new Line(who, command.atNanos(), words.of(command), false));
  }

  private void event(String who, Event event, List<Line> lines) {
    lines.add(
        event == null
            ? new Line(who, -1, messages.of("compare.noEvent"), false)
            : new Line(who, event.atNanos(), words.of(event), false));
  }

  private void parting(Comparison.Parting parting, List<Line> lines) {
    int shared = parting.sharedCauses();
    if (parting.causesA().isEmpty() && parting.causesB().isEmpty()) {
      head("compare.noCauses", lines);
    } else {
      head("compare.causes", lines);
      causes("AB", parting.causesA().subList(0, shared), lines);
      causes("A", parting.causesA().subList(shared, parting.causesA().size()), lines);
      causes("B", parting.causesB().subList(shared, parting.causesB().size()), lines);
    }
    head("compare.events", lines, parting.index() + 1);
    event("A", parting.a(), lines);
    event("B", parting.b(), lines);
    if (parting.a() != null
        && parting.b() != null
        && parting.a().what().getClass() == parting.b().what().getClass()) {
      parting.differences().forEach(each -> values(each, lines));
    }
  }

  private void causes(String who, List<Causes.Cause> causes, List<Line> lines) {
    for (Causes.Cause each : causes) {
      String text = words.of(each);
      lines.add(
          new Line(
              who,
              each.atNanos(),
              each.command() == null ? text : messages.of("compare.command", text),
              false));
    }
  }

  // ------------------------------------------------------------------ tables

  /** The processes that either has at the moment. */
  public List<ProcessRow> processes() {
    long at = moment.get();
    SortedSet<ProcessId> ids = new TreeSet<>();
    pair.tracksA().all().forEach(track -> ids.add(track.id()));
    pair.tracksB().all().forEach(track -> ids.add(track.id()));
    List<ProcessRow> rows = new ArrayList<>();
    for (ProcessId id : ids) {
      Tracks.Track ofA = pair.tracksA().at(id, at);
      Tracks.Track ofB = pair.tracksB().at(id, at);
      if (isAlive(ofA, at) || isAlive(ofB, at)) {
        String a = where(ofA, at, pair.a().facts().endNanos());
        String b = where(ofB, at, pair.b().facts().endNanos());
        Tracks.Track named = isAlive(ofA, at) ? ofA : ofB;
        rows.add(new ProcessRow(id, named.program() + " " + id, a, b, !a.equals(b)));
      }
    }
    return rows;
  }

  private static boolean isAlive(Tracks.Track track, long at) {
    return track != null && track.startNanos() <= at && (track.end() < 0 || at < track.end());
  }

  private String where(Tracks.Track track, long at, long endNanos) {
    if (at > endNanos) {
      return messages.of("compare.process.afterEnd");
    }
    if (track == null || track.startNanos() > at) {
      return messages.of("compare.process.notYet");
    }
    if (track.end() >= 0 && track.end() <= at) {
      return messages.of("compare.process.ended", figures.shortInstant(track.end()));
    }
    for (Tracks.Stay stay : track.stays()) {
      Migration move = stay.leaving();
      if (move != null && stay.toNanos() <= at && at < move.resumedNanos()) {
        return words.roster().node(stay.node()) + " → " + words.roster().node(move.to());
      }
    }
    return words.roster().node(track.nodeAt(at));
  }

  /** All migrations, the n-th of a process beside the n-th. */
  public List<MoveRow> moves() {
    List<MoveRow> rows = new ArrayList<>();
    for (Comparison.MovePair each : pair.comparison().moves()) {
      Migration a = each.a();
      Migration b = each.b();
      rows.add(
          new MoveRow(
              a == null ? b.frozenNanos() : a.frozenNanos(),
              words.roster().process(each.process()),
              when(a),
              way(a),
              cost(a),
              when(b),
              way(b),
              cost(b),
              a == null || !a.equals(b)));
    }
    return rows;
  }

  private String when(Migration move) {
    return move == null ? "" : figures.shortInstant(move.frozenNanos());
  }

  private String way(Migration move) {
    return move == null
        ? "–"
        : words.roster().node(move.from()) + " → " + words.roster().node(move.to());
  }

  private String cost(Migration move) {
    return move == null
        ? ""
        : figures.duration(move.resumedNanos() - move.frozenNanos())
            + ", "
            + figures.bytes(move.bytes());
  }

  /** The figures of each node over the whole of both, and those of all nodes together. */
  public List<LoadRow> totals() {
    List<LoadRow> rows = new ArrayList<>();
    for (Comparison.LoadPair each : pair.comparison().load()) {
      rows.add(row(each.node(), each.name(), each.a(), each.b()));
    }
    rows.add(
        row(
            0,
            messages.of("compare.allNodes"),
            all(pair.comparison().load().stream().map(Comparison.LoadPair::a).toList()),
            all(pair.comparison().load().stream().map(Comparison.LoadPair::b).toList())));
    return rows;
  }

  private LoadRow row(int node, String name, Comparison.Load a, Comparison.Load b) {
    List<String> cells = new ArrayList<>(List.of(name));
    List<String> ofA = cells(a);
    List<String> ofB = cells(b);
    for (int i = 0; i < ofA.size(); i++) {
      cells.add(ofA.get(i));
      cells.add(ofB.get(i));
    }
    return new LoadRow(node, cells, !ofA.equals(ofB));
  }

  private List<String> cells(Comparison.Load load) {
    return load == null
        ? List.of("–", "–", "–", "–", "–")
        : List.of(
            figures.load(load.runnable()),
            figures.load(load.load()),
            figures.percent(load.cpuShare()) + " %",
            figures.count(load.forwardedCalls()),
            figures.bytes(load.networkBytes()));
  }

  /** Means of means, sums of sums; null if there is none. */
  private static Comparison.Load all(List<Comparison.Load> loads) {
    List<Comparison.Load> there = loads.stream().filter(each -> each != null).toList();
    if (there.isEmpty()) {
      return null;
    }
    return new Comparison.Load(
        there.stream().mapToDouble(Comparison.Load::runnable).average().orElse(0),
        there.stream().mapToDouble(Comparison.Load::load).average().orElse(0),
        there.stream().mapToDouble(Comparison.Load::cpuShare).average().orElse(0),
        there.stream().mapToLong(Comparison.Load::forwardedCalls).sum(),
        there.stream().mapToLong(Comparison.Load::networkBytes).sum());
  }

  // ------------------------------------------------------------------ chart

  /** What the chart shows now. */
  public LoadPicture picture() {
    String axis = messages.of("load.axis." + metric.get().key());
    String meanName = messages.of("compare.mean");
    long parting = pair.partingNanos();
    long from = afterParting.get() && parting > 0 ? Math.max(0, parting - LEAD_NANOS) : 0;
    TwoLoads.Nodes nodes = mean.get() ? TwoLoads.Nodes.MEAN : TwoLoads.Nodes.EACH;
    return manner.get() == Manner.BOTH
        ? pair.loads().both(metric.get(), nodes, axis, meanName, from)
        : pair.loads()
            .difference(metric.get(), nodes, messages.of("compare.axis", axis), meanName, from);
  }

  /** A value of the chart in words. */
  public String value(Metric of, double value) {
    return LoadViewModel.value(of, value, messages, figures);
  }
}
