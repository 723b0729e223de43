package org.godwit.app.terminal;

import java.util.Arrays;

/**
 * One line of the grid: a code point and a style for each column. A wide character has {@link
 * #TAIL} in its second column; marks that join a character are kept beside it.
 */
final class Line {
  /** The second column of a wide character. */
  static final int TAIL = -1;

  private static final int BLANK = ' ';

  private int[] characters;
  private long[] styles;
  private String[] marks;

  /** Whether the text goes on in the next line because it met the margin. */
  boolean wrapped;

  Line(int columns, long style) {
    characters = new int[columns];
    styles = new long[columns];
    erase(0, columns, style);
  }

  int columns() {
    return characters.length;
  }

  int character(int column) {
    return characters[column];
  }

  long style(int column) {
    return styles[column];
  }

  /** What stands in a column, marks included; empty for the tail of a wide character. */
  String text(int column) {
    if (characters[column] == TAIL) {
      return "";
    }
    String base = Character.toString(characters[column]);
    return marks == null || marks[column] == null ? base : base + marks[column];
  }

  boolean hasMarks(int column) {
    return marks != null && marks[column] != null;
  }

  /** The whole line without the blanks at its end. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < characters.length; i++) {
      text.append(text(i));
    }
    return text.toString().stripTrailing();
  }

  /** Puts a character of one or two columns; what it cuts in half becomes blank. */
  void put(int column, int codePoint, int width, long style) {
    clearHalves(column, column + width);
    set(column, codePoint, style);
    if (width == 2) {
      set(column + 1, TAIL, style);
    }
  }

  private void set(int column, int codePoint, long style) {
    characters[column] = codePoint;
    styles[column] = style;
    if (marks != null) {
      marks[column] = null;
    }
  }

  /** Joins a mark to the character in a column; a column takes few of them. */
  void join(int column, int mark) {
    int at = characters[column] == TAIL && column > 0 ? column - 1 : column;
    if (marks == null) {
      marks = new String[characters.length];
    }
    String before = marks[at] == null ? "" : marks[at];
    if (before.length() < 8) {
      marks[at] = before + Character.toString(mark);
    }
  }

  void erase(int from, int to, long style) {
    clearHalves(from, to);
    Arrays.fill(characters, from, to, BLANK);
    Arrays.fill(styles, from, to, style);
    if (marks != null) {
      Arrays.fill(marks, from, to, null);
    }
  }

  /** Moves what stands from {@code column} on to the right; what falls over the end is lost. */
  void insert(int column, int count, long style) {
    int moved = characters.length - column - count;
    if (moved > 0) {
      shift(column, column + count, moved);
    }
    erase(column, Math.min(characters.length, column + count), style);
    loneHalves();
  }

  /** Takes characters out; the rest moves left and blanks follow. */
  void delete(int column, int count, long style) {
    int moved = characters.length - column - count;
    if (moved > 0) {
      shift(column + count, column, moved);
    }
    erase(Math.max(column, characters.length - count), characters.length, style);
    loneHalves();
  }

  private void shift(int from, int to, int count) {
    System.arraycopy(characters, from, characters, to, count);
    System.arraycopy(styles, from, styles, to, count);
    if (marks != null) {
      System.arraycopy(marks, from, marks, to, count);
    }
  }

  void resize(int columns) {
    int before = characters.length;
    characters = Arrays.copyOf(characters, columns);
    styles = Arrays.copyOf(styles, columns);
    marks = marks == null ? null : Arrays.copyOf(marks, columns);
    if (columns > before) {
      Arrays.fill(characters, before, columns, BLANK);
    } else {
      loneHalves();
    }
  }

  /** Blanks the other half of wide characters that the range cuts. */
  private void clearHalves(int from, int to) {
    if (from > 0 && from < characters.length && characters[from] == TAIL) {
      characters[from - 1] = BLANK;
    }
    if (to < characters.length && characters[to] == TAIL) {
      characters[to] = BLANK;
    }
  }

  /** Blanks halves of wide characters whose other half is gone. */
  private void loneHalves() {
    for (int i = 0; i < characters.length; i++) {
      boolean tail = characters[i] == TAIL;
      boolean wide = !tail && CharWidth.of(characters[i]) == 2;
      boolean whole =
          tail
              ? i > 0 && characters[i - 1] != TAIL && CharWidth.of(characters[i - 1]) == 2
              : !wide || i + 1 < characters.length && characters[i + 1] == TAIL;
      if (!whole) {
        characters[i] = BLANK;
      }
    }
  }
}
