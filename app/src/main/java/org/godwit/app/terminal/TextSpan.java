package org.godwit.app.terminal;

/**
 * A stretch of a terminal's text, as it is selected or found.
 *
 * @param from its first place
 * @param to the place behind its last
 */
public record TextSpan(Spot from, Spot to) {
  /** Two clicks take what these join, beside letters and digits: paths, options, addresses. */
  private static final String IN_WORDS = "_-./~:@%+,=?&#";

  /** The stretch between two places, whichever comes first. */
  public static TextSpan between(Spot a, Spot b) {
    return a.compareTo(b) <= 0 ? new TextSpan(a, b) : new TextSpan(b, a);
  }

  /** The word around a place, or its one character if that is in no word. */
  public static TextSpan word(TerminalScreen screen, Spot spot) {
    long line = clamp(screen, spot.line());
    int row = (int) (line - screen.topLine());
    int columns = screen.columns();
    int from = Math.clamp(spot.column(), 0, columns - 1);
    int to = from + 1;
    if (inWord(screen, row, from)) {
      while (from > 0 && inWord(screen, row, from - 1)) {
        from--;
      }
      while (to < columns && inWord(screen, row, to)) {
        to++;
      }
    }
    return new TextSpan(new Spot(line, from), new Spot(line, to));
  }

  /** The line around a place, with the rows on which it goes on because it met the margin. */
  public static TextSpan line(TerminalScreen screen, Spot spot) {
    long first = clamp(screen, spot.line());
    long last = first;
    long top = screen.topLine();
    while (first > top - screen.keptLines() && screen.isWrapped((int) (first - 1 - top))) {
      first--;
    }
    while (last < top + screen.rows() - 1 && screen.isWrapped((int) (last - top))) {
      last++;
    }
    return new TextSpan(new Spot(first, 0), new Spot(last, screen.columns()));
  }

  /** Everything that is kept and on the screen. */
  public static TextSpan all(TerminalScreen screen) {
    long top = screen.topLine();
    return new TextSpan(
        new Spot(top - screen.keptLines(), 0), new Spot(top + screen.rows() - 1, screen.columns()));
  }

  private static long clamp(TerminalScreen screen, long line) {
    long top = screen.topLine();
    return Math.clamp(line, top - screen.keptLines(), top + screen.rows() - 1);
  }

  private static boolean inWord(TerminalScreen screen, int row, int column) {
    String text = screen.text(row, column);
    if (text.isEmpty()) {
      return column > 0 && inWord(screen, row, column - 1); // A wide character's other half.
    }
    int c = text.codePointAt(0);
    return Character.isLetterOrDigit(c) || IN_WORDS.indexOf(c) >= 0;
  }

  /** Both together. */
  public TextSpan with(TextSpan other) {
    return new TextSpan(
        from.compareTo(other.from) <= 0 ? from : other.from,
        to.compareTo(other.to) >= 0 ? to : other.to);
  }

  public boolean isEmpty() {
    return from.equals(to);
  }

  /** Whether a character lies in it. */
  public boolean covers(long line, int column) {
    Spot spot = new Spot(line, column);
    return from.compareTo(spot) <= 0 && spot.compareTo(to) < 0;
  }

  /**
   * Its text: rows of one line joined, blanks at the end of lines left out; what is not kept any
   * more is missing.
   */
  public String text(TerminalScreen screen) {
    StringBuilder text = new StringBuilder();
    long top = screen.topLine();
    long last = Math.min(to.line(), top + screen.rows() - 1);
    for (long line = Math.max(from.line(), top - screen.keptLines()); line <= last; line++) {
      int row = (int) (line - top);
      int begin = line == from.line() ? from.column() : 0;
      int end = line == to.line() ? Math.min(to.column(), screen.columns()) : screen.columns();
      StringBuilder part = new StringBuilder();
      for (int column = begin; column < end; column++) {
        part.append(screen.text(row, column));
      }
      boolean goesOn = screen.isWrapped(row);
      text.append(goesOn ? part : part.toString().stripTrailing());
      if (line < last && !goesOn) {
        text.append('\n');
      }
    }
    return text.toString();
  }
}
