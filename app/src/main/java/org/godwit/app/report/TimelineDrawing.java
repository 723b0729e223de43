package org.godwit.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.godwit.app.panel.Figures;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.query.Names;
import org.godwit.engine.session.query.Tracks;

/** Where every process was: a row each, coloured by node; migrations are steps in it. */
final class TimelineDrawing implements Drawing {
  private static final double WIDTH = 860;
  private static final double LEFT = 150;
  private static final double RIGHT = 24;
  private static final double TOP = 62;
  private static final double ROW = 22;
  private static final double BOTTOM = 34;
  private static final int MOST_ROWS = 60;

  private final Tracks tracks;
  private final List<Tracks.Track> shown;
  private final SortedMap<Integer, String> names;
  private final SortedMap<Integer, Integer> numbers = new TreeMap<>();
  private final long end;
  private final String title;
  private final String more;

  /**
   * @param title stands above it, worded
   * @param more what is said of processes beyond the sixtieth; {@code %d} is their number
   */
  TimelineDrawing(RecordedSession session, String title, String more) {
    this.tracks = new Tracks(session.events(), session.facts().endNanos());
    this.shown = tracks.all().subList(0, Math.min(MOST_ROWS, tracks.all().size()));
    this.names = new Names(session).nodes();
    names.keySet().forEach(node -> numbers.put(node, numbers.size()));
    long last = session.events().isEmpty() ? 0 : session.events().getLast().atNanos();
    this.end = Math.max(1, Math.max(last, session.facts().endNanos()));
    this.title = title;
    this.more = more;
  }

  @Override
  public double width() {
    return WIDTH;
  }

  @Override
  public double height() {
    int rest = tracks.all().size() > shown.size() ? 1 : 0;
    return TOP + (shown.size() + rest) * ROW + BOTTOM;
  }

  @Override
  public void draw(Ink ink) {
    ink.rect(0, 0, WIDTH, height(), 0, Tint.CARD, 1, null);
    ink.text(14, 20, Ink.Anchor.START, 13, true, Tint.TEXT, title);
    legend(ink);
    double bottom = TOP + shown.size() * ROW;
    times(ink, bottom);
    for (int i = 0; i < shown.size(); i++) {
      row(ink, shown.get(i), TOP + i * ROW);
    }
    if (tracks.all().size() > shown.size()) {
      ink.text(
          14,
          bottom + 15,
          Ink.Anchor.START,
          11,
          false,
          Tint.MUTED,
          String.format(Locale.ROOT, more, tracks.all().size() - shown.size()));
    }
  }

  private void legend(Ink ink) {
    double x = LEFT;
    for (var node : names.entrySet()) {
      if (x > WIDTH - 100) {
        break;
      }
      ink.rect(x, 34, 12, 12, 3, Tint.series(numbers.get(node.getKey())), 1, null);
      String name = ClusterDrawing.cut(node.getValue(), 12);
      ink.text(x + 18, 44, Ink.Anchor.START, 11, false, Tint.TEXT, name);
      x += 34 + 7 * name.length();
    }
  }

  private void row(Ink ink, Tracks.Track track, double y) {
    ink.text(
        LEFT - 10,
        y + 14,
        Ink.Anchor.END,
        11,
        false,
        Tint.TEXT,
        ClusterDrawing.cut(track.program(), 12) + " " + track.id());
    List<double[]> steps = new ArrayList<>();
    for (Tracks.Stay stay : track.stays()) {
      double from = x(stay.fromNanos());
      double width = Math.max(1, x(stay.toNanos()) - from);
      Tint tint = Tint.series(numbers.getOrDefault(stay.node(), 0));
      ink.rect(from, y + 3, width, ROW - 7, 2, tint, 0.85, null);
      if (stay.leaving() != null) {
        steps.add(new double[] {x(stay.toNanos()), x(stay.leaving().resumedNanos())});
      }
    }
    for (double[] step : steps) {
      ink.line(step[0], y + 1, step[0], y + ROW - 2, Tint.TEXT, 1.2);
      if (step[1] - step[0] > 2) {
        ink.line(
            new double[] {step[0], step[1]},
            new double[] {y + ROW / 2 - 0.5, y + ROW / 2 - 0.5},
            Tint.TEXT,
            1.2,
            true);
      }
    }
  }

  private void times(Ink ink, double bottom) {
    Figures figures = new Figures(Locale.ENGLISH);
    double seconds = end / 1e9;
    double step = LoadDrawing.step(seconds * 5 / 8, false);
    for (double at = 0; at <= seconds + 1e-9; at += step) {
      double x = x(Math.round(at * 1e9));
      ink.line(x, TOP - 4, x, bottom + 4, Tint.LINE, 1);
      ink.text(
          x,
          height() - BOTTOM + 22,
          Ink.Anchor.MIDDLE,
          11,
          false,
          Tint.MUTED,
          figures.tenths(at) + " s");
    }
  }

  private double x(long nanos) {
    return LEFT + (WIDTH - LEFT - RIGHT) * nanos / end;
  }
}
