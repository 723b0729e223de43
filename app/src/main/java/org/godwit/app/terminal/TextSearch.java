package org.godwit.app.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds words in what a terminal keeps and shows. */
public final class TextSearch {
  private TextSearch() {}

  /**
   * Where a text stands, oldest first, also across rows of one line. Capital letters count only if
   * the text has any.
   *
   * @param most how many at most; of more the newest are given
   */
  public static List<TextSpan> find(TerminalScreen screen, String wanted, int most) {
    List<TextSpan> found = new ArrayList<>();
    if (wanted.isEmpty()) {
      return found;
    }
    boolean exact = !wanted.equals(wanted.toLowerCase(Locale.ROOT));
    int row = -screen.keptLines();
    while (row < screen.rows()) {
      Line line = new Line(screen, row);
      found.addAll(line.find(wanted, exact));
      if (found.size() > 2 * most) {
        found.subList(0, found.size() - most).clear();
      }
      row += line.rows;
    }
    return found.size() > most ? found.subList(found.size() - most, found.size()) : found;
  }

  /** The text of a line, and where each of its characters stands. */
  private static final class Line {
    private final StringBuilder text = new StringBuilder();
    private final List<Spot> spots = new ArrayList<>();
    private int rows;

    Line(TerminalScreen screen, int first) {
      boolean goesOn = true;
      while (goesOn && first + rows < screen.rows()) {
        int row = first + rows++;
        goesOn = screen.isWrapped(row);
        String whole = screen.text(row);
        int shown = 0;
        for (int column = 0; column < screen.columns() && shown < whole.length(); column++) {
          String cell = screen.text(row, column);
          shown += cell.length();
          text.append(cell);
          for (int i = 0; i < cell.length(); i++) {
            spots.add(new Spot(screen.topLine() + row, column));
          }
        }
      }
    }

    List<TextSpan> find(String wanted, boolean exact) {
      List<TextSpan> found = new ArrayList<>();
      String here = text.toString();
      for (int at = 0; at + wanted.length() <= here.length(); ) {
        if (here.regionMatches(!exact, at, wanted, 0, wanted.length())) {
          Spot last = spots.get(at + wanted.length() - 1);
          found.add(new TextSpan(spots.get(at), new Spot(last.line(), last.column() + 1)));
          at += wanted.length();
        } else {
          at++;
        }
      }
      return found;
    }
  }
}
