package org.godwit.app.panel.terminal;

import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.godwit.app.terminal.Style;
import org.godwit.app.terminal.TerminalScreen;
import org.godwit.app.terminal.TextSpan;
import org.godwit.app.theme.Theme;

/**
 * Paints a screen on a canvas, a row at a time and only rows that look other than before. The size
 * of the type is such that a column is a whole number of pixels: letters of one style are then
 * drawn together and still stand in their columns.
 */
final class TerminalPainter {
  /** Free on each side. */
  static final double MARGIN = 4;

  private static final double SLANT = 0.2;

  /** What is to be seen beside the screen's own text. */
  record Sight(
      TerminalScreen screen,
      int firstRow,
      TextSpan selection,
      List<TextSpan> found,
      TextSpan foundNow,
      boolean focused,
      boolean cursor,
      String composed) {}

  private final Canvas canvas;
  private final Theme theme;
  private TerminalColours colours;
  private Font plain;
  private Font bold;
  private Font wide;
  private double cellWidth = 8;
  private double cellHeight = 18;
  private double baseline = 14;
  private long[] drawn = new long[0];

  TerminalPainter(Canvas canvas, Theme theme) {
    this.canvas = canvas;
    this.theme = theme;
    restyle();
  }

  /** The look, the language or the size of type is another. */
  void restyle() {
    colours = new TerminalColours(theme);
    double wanted = theme.size("type.body") * theme.typeScaleProperty().get();
    double advance = width(theme.mono(100, false), "M") / 100;
    cellWidth = Math.max(4, Math.round(wanted * advance));
    double size = cellWidth / advance;
    plain = theme.mono(size, false);
    bold = theme.mono(size, true);
    wide = Font.font(theme.tokens().fonts().get("ja"), size);
    Text text = new Text("M");
    text.setFont(plain);
    cellHeight = Math.ceil(text.getLayoutBounds().getHeight());
    baseline = Math.round(text.getBaselineOffset());
    repaint();
  }

  private static double width(Font font, String text) {
    Text measured = new Text(text);
    measured.setFont(font);
    return measured.getLayoutBounds().getWidth();
  }

  /** Everything is painted next time. */
  void repaint() {
    drawn = new long[0];
  }

  double cellWidth() {
    return cellWidth;
  }

  double cellHeight() {
    return cellHeight;
  }

  /** Columns that fit. */
  int columns(double width) {
    return Math.clamp((long) ((width - 2 * MARGIN) / cellWidth), 2, 1000);
  }

  /** Rows that fit. */
  int rows(double height) {
    return Math.clamp((long) ((height - 2 * MARGIN) / cellHeight), 1, 1000);
  }

  /** Paints what has changed; how many rows that were. */
  int paint(Sight sight) {
    GraphicsContext g = canvas.getGraphicsContext2D();
    int rows = rows(canvas.getHeight());
    if (drawn.length != rows) {
      drawn = new long[rows];
      g.setFill(colours.ground());
      g.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
    }
    g.setTextBaseline(VPos.BASELINE);
    int painted = 0;
    for (int i = 0; i < rows; i++) {
      int row = sight.firstRow() + i;
      boolean there = row >= -sight.screen().keptLines() && row < sight.screen().rows();
      long signature = there ? signature(sight, row) : 1;
      if (drawn[i] != signature) {
        drawn[i] = signature;
        painted++;
        row(g, sight, there, row, MARGIN + i * cellHeight);
      }
    }
    return painted;
  }

  /** A number that differs, for practical purposes, when a row looks otherwise. Never 0 or 1. */
  private static long signature(Sight sight, int row) {
    TerminalScreen screen = sight.screen();
    long hash = screen.isReversed() ? 7 : 11;
    long line = screen.topLine() + row;
    for (int column = 0; column < screen.columns(); column++) {
      hash = mix(hash, screen.codePoint(row, column));
      hash = mix(hash, screen.style(row, column));
      if (screen.hasMarks(row, column)) {
        hash = mix(hash, screen.text(row, column).hashCode());
      }
    }
    hash = mix(hash, reach(sight.selection(), line).hashCode());
    for (TextSpan each : sight.found()) {
      if (each.from().line() <= line && each.to().line() >= line) {
        hash = mix(hash, reach(each, line).hashCode() + (each.equals(sight.foundNow()) ? 1 : 0));
      }
    }
    if (row == screen.cursorRow() && sight.cursor()) {
      hash = mix(hash, screen.cursorColumn() * 4L + (sight.focused() ? 1 : 0) + 2);
      hash = mix(hash, sight.composed().hashCode());
    }
    return hash == 0 || hash == 1 ? 2 : hash;
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * 0x9e3779b97f4a7c15L;
    return mixed ^ mixed >>> 32;
  }

  /** What of a stretch lies on a line. */
  private static String reach(TextSpan span, long line) {
    if (span == null || span.from().line() > line || span.to().line() < line) {
      return "";
    }
    int from = span.from().line() == line ? span.from().column() : 0;
    int to = span.to().line() == line ? span.to().column() : Integer.MAX_VALUE;
    return from + "-" + to;
  }

  // ------------------------------------------------------------------------------------- a row

  private void row(GraphicsContext g, Sight sight, boolean there, int row, double y) {
    TerminalScreen screen = sight.screen();
    boolean turned = there && screen.isReversed();
    g.setFill(turned ? colours.of(Style.PLAIN, true).ground() : colours.ground());
    g.fillRect(0, y, canvas.getWidth(), cellHeight);
    if (!there) {
      return;
    }
    for (int column = 0; column < screen.columns(); ) {
      column = run(g, sight, row, column, y);
    }
    marks(g, sight, screen.topLine() + row, y);
    if (row == screen.cursorRow() && sight.cursor()) {
      cursor(g, sight, y);
    }
  }

  /** Draws characters of one look; the column behind them. */
  private int run(GraphicsContext g, Sight sight, int row, int from, double y) {
    TerminalScreen screen = sight.screen();
    long style = screen.style(row, from);
    boolean selected = isSelected(sight, row, from);
    int to = from + 1;
    while (to < screen.columns()
        && screen.style(row, to) == style
        && isSelected(sight, row, to) == selected) {
      to++;
    }
    TerminalColours.Pair pair =
        selected ? colours.selected(style) : colours.of(style, screen.isReversed());
    double x = MARGIN + from * cellWidth;
    if (selected || !pair.ground().equals(colours.ground())) {
      g.setFill(pair.ground());
      g.fillRect(x, y, (to - from) * cellWidth, cellHeight);
    }
    g.setFill(pair.ink());
    text(g, screen, row, from, to, y, style);
    lines(g, style, x, (to - from) * cellWidth, y);
    return to;
  }

  private static boolean isSelected(Sight sight, int row, int column) {
    return sight.selection() != null
        && sight.selection().covers(sight.screen().topLine() + row, column);
  }

  private void text(
      GraphicsContext g, TerminalScreen screen, int row, int from, int to, double y, long style) {
    Font font = (style & Style.BOLD) != 0 ? bold : plain;
    boolean slanted = (style & Style.ITALIC) != 0;
    if (slanted) {
      g.save();
      g.transform(1, 0, -SLANT, 1, SLANT * (y + baseline), 0);
    }
    StringBuilder together = new StringBuilder();
    int begin = from;
    for (int column = from; column < to; column++) {
      int c = screen.codePoint(row, column);
      if (isInMono(c) && !screen.hasMarks(row, column)) {
        together.appendCodePoint(c);
      } else {
        flush(g, font, together, begin, y);
        begin = column + 1;
        if (c >= 0) {
          alone(g, font, screen, row, column, y);
        }
      }
    }
    flush(g, font, together, begin, y);
    if (slanted) {
      g.restore();
    }
  }

  /** Letters that the monospaced family has in its one width. */
  private static boolean isInMono(int c) {
    return c >= ' ' && c < 0x250 || c >= 0x2500 && c < 0x2580;
  }

  private void flush(GraphicsContext g, Font font, StringBuilder text, int column, double y) {
    if (!text.toString().isBlank()) {
      g.setFont(font);
      g.fillText(text.toString(), MARGIN + column * cellWidth, y + baseline);
    }
    text.setLength(0);
  }

  /** A character of perhaps another family: in the middle of its columns, and not beyond them. */
  private void alone(
      GraphicsContext g, Font font, TerminalScreen screen, int row, int column, double y) {
    int next = column + 1;
    boolean two = next < screen.columns() && screen.codePoint(row, next) < 0;
    String text = screen.text(row, column);
    Font used = two ? wide : font;
    double room = (two ? 2 : 1) * cellWidth;
    double width = Math.min(room, width(used, text));
    g.setFont(used);
    g.fillText(text, MARGIN + column * cellWidth + (room - width) / 2, y + baseline, room);
  }

  private void lines(GraphicsContext g, long style, double x, double width, double y) {
    if ((style & Style.UNDERLINE) != 0) {
      g.fillRect(x, y + baseline + 2, width, 1);
    }
    if ((style & Style.STRIKE) != 0) {
      g.fillRect(x, y + Math.round(baseline * 0.68), width, 1);
    }
  }

  private void marks(GraphicsContext g, Sight sight, long line, double y) {
    for (TextSpan each : sight.found()) {
      if (each.from().line() <= line && each.to().line() >= line) {
        int from = each.from().line() == line ? each.from().column() : 0;
        int to = each.to().line() == line ? each.to().column() : sight.screen().columns();
        g.setStroke(colours.found());
        g.setLineWidth(each.equals(sight.foundNow()) ? 2 : 1);
        g.strokeRect(
            MARGIN + from * cellWidth + 0.5, y + 1.5, (to - from) * cellWidth - 1, cellHeight - 3);
      }
    }
  }

  private void cursor(GraphicsContext g, Sight sight, double y) {
    TerminalScreen screen = sight.screen();
    int column = screen.cursorColumn();
    int row = screen.cursorRow();
    double x = MARGIN + column * cellWidth;
    if (!sight.composed().isEmpty()) {
      composed(g, sight.composed(), x, y);
      return;
    }
    boolean two = column + 1 < screen.columns() && screen.codePoint(row, column + 1) < 0;
    double width = (two ? 2 : 1) * cellWidth;
    if (!sight.focused()) {
      g.setStroke(colours.cursor());
      g.setLineWidth(1);
      g.strokeRect(x + 0.5, y + 0.5, width - 1, cellHeight - 1);
      return;
    }
    g.setFill(colours.cursor());
    g.fillRect(x, y, width, cellHeight);
    g.setFill(colours.cursorInk());
    long style = screen.style(row, column);
    text(g, screen, row, column, column + 1, y, style);
  }

  /** What an input method is still making, underlined. */
  private void composed(GraphicsContext g, String text, double x, double y) {
    double width = width(wide, text);
    TerminalColours.Pair pair = colours.of(Style.PLAIN, false);
    g.setFill(pair.ground());
    g.fillRect(x, y, width, cellHeight);
    g.setFill(pair.ink());
    g.setFont(wide);
    g.fillText(text, x, y + baseline);
    g.fillRect(x, y + cellHeight - 2, width, 2);
  }

  /** The ground of the terminal. */
  Color ground() {
    return colours.ground();
  }
}
