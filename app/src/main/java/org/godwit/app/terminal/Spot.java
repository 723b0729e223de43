package org.godwit.app.terminal;

/**
 * A place in a terminal's text that stays with it when lines go up.
 *
 * @param line number of the line, see {@link TerminalScreen#topLine}
 * @param column a column, or the count of columns for the place behind the last
 */
public record Spot(long line, int column) implements Comparable<Spot> {
  @Override
  public int compareTo(Spot other) {
    int byLine = Long.compare(line, other.line);
    return byLine != 0 ? byLine : Integer.compare(column, other.column);
  }
}
