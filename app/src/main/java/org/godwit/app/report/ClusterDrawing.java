package org.godwit.app.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Names;
import org.godwit.engine.session.query.Tracks;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.NodeSpec;

/**
 * The cluster at an instant, as its recording tells: nodes as cards with their load and processes,
 * links, dashed places of processes that are away, bodies in flight. Cards lie as on the canvas if
 * they find room there, else in rows. Every instant of one recording has the same size; to go on to
 * a later one costs no more than what has happened between.
 */
final class ClusterDrawing implements Drawing {
  private static final double CARD = 250;
  private static final double HEAD = 62;
  private static final double ROW = 28;
  private static final int MOST_ROWS = 9;
  private static final double MARGIN = 36;
  private static final double FOOT = 34;

  private final RecordedSession session;
  private final Tracks tracks;
  private final Map<Tracks.Track, Integer> colours = new IdentityHashMap<>(); // Only asked.
  private final SortedSet<String> lockedLaunches;
  private long at;
  private long recentNanos;
  private int nextEvent;
  private int nextSample;
  private final SortedMap<Integer, NodeSpec> nodes = new TreeMap<>();
  private final SortedMap<Integer, double[]> places = new TreeMap<>();
  private final SortedMap<Integer, Integer> rows = new TreeMap<>();
  private double width;
  private double height;

  // The state at the instant.
  private final SortedSet<Integer> up = new TreeSet<>();
  private final SortedSet<ProcessId> locked = new TreeSet<>();
  private final SortedMap<ProcessId, SortedSet<String>> reasons = new TreeMap<>();
  private final Map<Integer, Sample> samples = new HashMap<>(); // Only asked.
  private final SortedMap<List<Integer>, Boolean> links =
      new TreeMap<>(
          (a, b) ->
              a.get(0).equals(b.get(0))
                  ? a.get(1).compareTo(b.get(1))
                  : a.get(0).compareTo(b.get(0)));

  /** The cluster of {@code session} at {@code atNanos}. */
  ClusterDrawing(RecordedSession session, long atNanos) {
    this.session = session;
    this.tracks = new Tracks(session.events(), session.facts().endNanos());
    this.lockedLaunches = Names.lockedLaunches(session);
    for (Tracks.Track track : tracks.all()) {
      colours.put(track, colours.size());
    }
    learnNodes();
    countRows();
    place();
    begin();
    moveTo(atNanos, 0);
  }

  /**
   * Goes on to a later instant.
   *
   * @param recent how long a migration is still drawn after it, in nanoseconds: most are shorter
   *     than the time between two frames
   */
  void moveTo(long nanos, long recent) {
    if (nanos < at) {
      throw new IllegalArgumentException("from " + at + " back to " + nanos);
    }
    at = nanos;
    recentNanos = recent;
    List<Event> events = session.events();
    while (nextEvent < events.size() && events.get(nextEvent).atNanos() <= at) {
      replay(events.get(nextEvent++));
    }
    List<Sample> all = session.samples();
    while (nextSample < all.size() && all.get(nextSample).atNanos() <= at) {
      Sample sample = all.get(nextSample++);
      samples.put(sample.node(), sample);
    }
  }

  private void learnNodes() {
    session.scenario().nodes().forEach(node -> nodes.put(node.id(), node));
    for (CommandRecord each : session.commands()) {
      if (each.command() instanceof Command.AddNode(var node) && each.refused() == null) {
        nodes.putIfAbsent(node.id(), node);
      }
    }
    new Names(session)
        .nodes()
        .forEach(
            (id, name) ->
                nodes.computeIfAbsent(id, _ -> new NodeSpec(id, name, 1, 1000, 10_000, 0, 0, 0)));
  }

  /** The most rows that a card ever needs: a place for each process of it or on it. */
  private void countRows() {
    for (int node : nodes.keySet()) {
      SortedMap<Long, Integer> changes = new TreeMap<>();
      for (Tracks.Track track : tracks.all()) {
        boolean own = track.id().home() == node;
        for (Tracks.Stay stay : track.stays()) {
          if (own || stay.node() == node) {
            changes.merge(stay.fromNanos(), 1, Integer::sum);
            long until =
                own && stay.leaving() != null
                    ? Math.max(stay.toNanos(), stay.leaving().resumedNanos())
                    : stay.toNanos();
            changes.merge(until, -1, Integer::sum);
          }
        }
      }
      int now = 0;
      int most = 1;
      for (int change : changes.values()) {
        now += change;
        most = Math.max(most, now);
      }
      rows.put(node, Math.min(most, MOST_ROWS));
    }
  }

  private double cardHeight(int node) {
    return HEAD + rows.get(node) * ROW + 8;
  }

  private void place() {
    for (NodeSpec node : nodes.values()) {
      places.put(node.id(), new double[] {node.x(), node.y()});
    }
    if (overlaps()) {
      int columns = (int) Math.ceil(Math.sqrt(nodes.size()));
      int number = 0;
      double y = 0;
      double tallest = 0;
      for (int id : nodes.keySet()) {
        if (number > 0 && number % columns == 0) {
          y += tallest + 70;
          tallest = 0;
        }
        places.put(id, new double[] {number % columns * (CARD + 90), y});
        tallest = Math.max(tallest, cardHeight(id));
        number++;
      }
    }
    double left = places.values().stream().mapToDouble(p -> p[0]).min().orElse(0);
    double top = places.values().stream().mapToDouble(p -> p[1]).min().orElse(0);
    places.replaceAll((id, p) -> new double[] {p[0] - left + MARGIN, p[1] - top + MARGIN});
    width = 2 * MARGIN + CARD;
    height = 2 * MARGIN + HEAD;
    places.forEach(
        (id, p) -> {
          width = Math.max(width, p[0] + CARD + MARGIN);
          height = Math.max(height, p[1] + cardHeight(id) + MARGIN);
        });
    height += FOOT - MARGIN / 2;
  }

  private boolean overlaps() {
    List<Integer> ids = new ArrayList<>(places.keySet());
    for (int i = 0; i < ids.size(); i++) {
      for (int j = i + 1; j < ids.size(); j++) {
        double[] a = places.get(ids.get(i));
        double[] b = places.get(ids.get(j));
        if (a[0] < b[0] + CARD + 12
            && b[0] < a[0] + CARD + 12
            && a[1] < b[1] + cardHeight(ids.get(j)) + 12
            && b[1] < a[1] + cardHeight(ids.get(i)) + 12) {
          return true;
        }
      }
    }
    return false;
  }

  private void begin() {
    session.scenario().nodes().forEach(node -> up.add(node.id()));
    List<NodeSpec> first = session.scenario().nodes();
    if (session.scenario().links().isEmpty()) {
      for (int i = 0; i < first.size(); i++) {
        for (int j = i + 1; j < first.size(); j++) {
          link(first.get(i).id(), first.get(j).id(), true);
        }
      }
    }
    for (LinkSpec link : session.scenario().links()) {
      link(link.a(), link.b(), true);
    }
  }

  private void link(int a, int b, boolean whole) {
    links.put(List.of(Math.min(a, b), Math.max(a, b)), whole);
  }

  private void replay(Event event) {
    switch (event.what()) {
      case Happening.NodeUp _ -> up.add(event.node());
      case Happening.NodeLeft _ -> up.remove(event.node());
      case Happening.NodeCrashed _ -> up.remove(event.node());
      case Happening.LinkSet(var a, var b, _, _) -> link(a, b, true);
      case Happening.LinkCut(var a, var b) -> link(a, b, false);
      case Happening.Launched what -> {
        if (lockedLaunches.contains(what.launch())) {
          locked.add(what.process());
        }
      }
      case Happening.Forked(var process, var parent) -> {
        if (locked.contains(parent)) {
          locked.add(process);
        }
      }
      case Happening.LockChanged(var process, var on) -> {
        if (on) {
          locked.add(process);
        } else {
          locked.remove(process);
        }
      }
      case Happening.ReasonRaised(var process, var evidence) ->
          reasons.computeIfAbsent(process, _ -> new TreeSet<>()).add(evidence.reason().word());
      case Happening.ReasonCleared(var process, var reason) ->
          reasons.getOrDefault(process, new TreeSet<>()).remove(reason.word());
      default -> {
        // Where processes are the tracks know.
      }
    }
  }

  @Override
  public double width() {
    return width;
  }

  @Override
  public double height() {
    return height;
  }

  @Override
  public void draw(Ink ink) {
    ink.rect(0, 0, width, height, 0, Tint.GROUND, 1, null);
    links.forEach(
        (ends, whole) -> {
          double[] a = middle(ends.get(0));
          double[] b = middle(ends.get(1));
          if (a != null && b != null) {
            ink.line(
                new double[] {a[0], b[0]},
                new double[] {a[1], b[1]},
                whole ? Tint.LINE : Tint.DANGER,
                whole ? 2 : 1.5,
                !whole);
          }
        });
    for (int node : nodes.keySet()) {
      card(ink, node);
    }
    for (Tracks.Track track : tracks.all()) {
      flight(ink, track);
    }
    ink.text(
        MARGIN,
        height - 14,
        Ink.Anchor.START,
        12,
        false,
        Tint.MUTED,
        session.scenario().name() + "  " + String.format(Locale.ROOT, "%.3f s", at / 1e9));
  }

  private double[] middle(int node) {
    double[] place = places.get(node);
    return place == null
        ? null
        : new double[] {place[0] + CARD / 2, place[1] + cardHeight(node) / 2};
  }

  private void card(Ink ink, int node) {
    double[] p = places.get(node);
    NodeSpec spec = nodes.get(node);
    boolean isUp = up.contains(node);
    ink.rect(p[0], p[1], CARD, cardHeight(node), 8, Tint.CARD, 1, isUp ? Tint.LINE : Tint.DANGER);
    ink.text(p[0] + 14, p[1] + 24, Ink.Anchor.START, 14, true, Tint.TEXT, spec.name());
    ink.text(
        p[0] + CARD - 14,
        p[1] + 24,
        Ink.Anchor.END,
        11,
        false,
        Tint.MUTED,
        spec.cpus() + " × " + spec.mhz() + " MHz");
    Sample sample = samples.get(node);
    double share = sample == null || !isUp ? 0 : Math.clamp(sample.cpuShare(), 0, 1);
    double full = CARD - 28 - 62;
    ink.rect(p[0] + 14, p[1] + 38, full, 8, 4, Tint.LINE, 0.6, null);
    if (share > 0) {
      ink.rect(p[0] + 14, p[1] + 38, Math.max(8, full * share), 8, 4, Tint.ACCENT, 1, null);
    }
    ink.text(
        p[0] + CARD - 14,
        p[1] + 46,
        Ink.Anchor.END,
        11,
        false,
        Tint.MUTED,
        String.format(Locale.ROOT, "load %.2f", sample == null || !isUp ? 0 : sample.load()));
    List<Tracks.Track> shown = new ArrayList<>();
    for (Tracks.Track track : tracks.all()) {
      if (isAlive(track) && (track.id().home() == node || whereNow(track) == node)) {
        shown.add(track);
      }
    }
    for (int i = 0; i < Math.min(shown.size(), rows.get(node)); i++) {
      boolean more = i == MOST_ROWS - 1 && shown.size() > MOST_ROWS;
      double y = p[1] + HEAD + i * ROW;
      if (more) {
        ink.text(
            p[0] + 24,
            y + 16,
            Ink.Anchor.START,
            11,
            false,
            Tint.MUTED,
            "+ " + (shown.size() - MOST_ROWS + 1));
      } else {
        chip(ink, shown.get(i), node, p[0] + 12, y);
      }
    }
  }

  private void chip(Ink ink, Tracks.Track track, int node, double x, double y) {
    boolean here = whereNow(track) == node;
    Tint tint = Tint.series(colour(track));
    double w = CARD - 24;
    if (here) {
      ink.rect(x, y, w, ROW - 5, 5, tint, 0.16, null);
      ink.rect(x, y, 4, ROW - 5, 2, tint, 1, null);
    } else {
      ink.dashedRect(x + 0.5, y + 0.5, w - 1, ROW - 6, 5, tint);
    }
    ink.text(
        x + 12,
        y + 15.5,
        Ink.Anchor.START,
        12,
        false,
        here ? Tint.TEXT : Tint.MUTED,
        cut(track.program(), 16) + " " + track.id());
    StringBuilder marks = new StringBuilder();
    if (!here) {
      marks.append("→ ").append(nodes.get(whereNow(track)).name());
    } else {
      marks.append(String.join(" ", reasons.getOrDefault(track.id(), new TreeSet<>())));
      if (locked.contains(track.id())) {
        marks.append(marks.isEmpty() ? "lock" : " lock");
      }
    }
    if (!marks.isEmpty()) {
      ink.text(
          x + w - 8,
          y + 15.5,
          Ink.Anchor.END,
          11,
          false,
          here ? Tint.WARN : Tint.MUTED,
          cut(marks.toString(), 16));
    }
  }

  private void flight(Ink ink, Tracks.Track track) {
    for (Tracks.Stay stay : track.stays()) {
      Migration move = stay.leaving();
      if (move != null && stay.toNanos() <= at && at < move.resumedNanos() + recentNanos) {
        double share =
            (double) (at - stay.toNanos())
                / Math.max(1, move.resumedNanos() + recentNanos - stay.toNanos());
        double[] a = middle(stay.node());
        double[] b = middle(move.to());
        double x = a[0] + (b[0] - a[0]) * share;
        double y = a[1] + (b[1] - a[1]) * share;
        ink.line(a[0], a[1], b[0], b[1], Tint.series(colour(track)), 2);
        ink.dot(x, y, 9, Tint.series(colour(track)));
        ink.text(
            x, y - 14, Ink.Anchor.MIDDLE, 11, true, Tint.TEXT, track.program() + " " + track.id());
      }
    }
  }

  private boolean isAlive(Tracks.Track track) {
    return track.startNanos() <= at && (track.end() < 0 || at < track.end());
  }

  private int whereNow(Tracks.Track track) {
    return track.nodeAt(at);
  }

  private int colour(Tracks.Track track) {
    return colours.get(track);
  }

  static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
