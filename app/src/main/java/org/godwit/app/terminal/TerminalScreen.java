package org.godwit.app.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * The grid of a terminal: feed it the bytes that a node's pseudo terminal sends and read lines,
 * cursor and modes back. Lines that leave the top are kept, {@link #KEPT_LINES} of them. What the
 * terminal itself answers (cursor position, identity) goes to a listener as bytes to be typed.
 *
 * <p>Columns and lines count from 0. One thread at a time.
 */
public final class TerminalScreen {
  /** Lines kept above the screen. */
  public static final int KEPT_LINES = 5000;

  /** Where the cursor is and what goes with it (DECSC saves all of that). */
  private static final class Cursor {
    int row;
    int column;
    long style;
    boolean wrapPending; // The last column is written; the next character goes to the next line.
    boolean origin;
    boolean graphics; // Line drawing characters stand for small letters.

    Cursor copy() {
      Cursor copy = new Cursor();
      copy.row = row;
      copy.column = column;
      copy.style = style;
      copy.wrapPending = wrapPending;
      copy.origin = origin;
      copy.graphics = graphics;
      return copy;
    }
  }

  private final ControlParser parser;
  private final Consumer<byte[]> answers;
  private final Scrollback kept = new Scrollback(KEPT_LINES);
  private long scrolled; // Lines that ever went up into the kept ones, less those that came back.
  private int rows;
  private int columns;
  private List<Line> lines;
  private List<Line> other; // The screen that is not shown, null while that is the main one's.
  private Cursor cursor = new Cursor();
  private Cursor saved = new Cursor();
  private Cursor mainCursor; // As the main screen was left, null while it never was.
  private int top;
  private int bottom;
  private final BitSet tabs = new BitSet();
  private final boolean[] graphicSets = new boolean[2]; // G0 and G1: line drawing?
  private int shifted; // 0 for G0, 1 for G1
  private int lastPrinted = ' ';
  private boolean autoWrap = true;
  private boolean insert;
  private boolean newLineMode;
  private boolean cursorVisible = true;
  private boolean applicationCursor;
  private boolean applicationKeypad;
  private boolean bracketedPaste;
  private final MouseReports mouse = new MouseReports();
  private boolean reversed;
  private long bells;
  private long changes;
  private String title = "";

  /**
   * A blank screen.
   *
   * @param rows lines, at least 1
   * @param columns characters of a line, at least 2
   * @param answers gets what the terminal answers to questions of programs
   */
  public TerminalScreen(int rows, int columns, Consumer<byte[]> answers) {
    this.rows = Math.max(1, rows);
    this.columns = Math.max(2, columns);
    this.answers = answers;
    this.parser = new ControlParser(new Interpreter());
    this.lines = blank();
    this.bottom = this.rows - 1;
    resetTabs();
  }

  // ------------------------------------------------------------------------------ what is seen

  /** Takes bytes of the pseudo terminal. */
  public void feed(byte[] bytes) {
    parser.feed(bytes);
    changes++;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** Lines kept above the screen now; those have the numbers −1 (newest) and below. */
  public int keptLines() {
    return isAlternate() ? 0 : kept.size();
  }

  /**
   * A number for the line at the top of the screen that grows with the lines that go up: row {@code
   * r} is line {@code topLine() + r} for as long as it exists, wherever it is.
   */
  public long topLine() {
    return scrolled;
  }

  /** Forgets the kept lines and those above the cursor; the cursor's goes to the top. */
  public void clear() {
    kept.clear();
    if (!isAlternate()) {
      for (int i = cursor.row; i > 0; i--) {
        lines.removeFirst();
        lines.add(new Line(columns, Style.PLAIN));
        scrolled++;
      }
      cursor.row = 0;
    }
    changes++;
  }

  /** The text of a line without the blanks at its end; from −{@link #keptLines} to rows − 1. */
  public String text(int row) {
    return line(row).text();
  }

  /** Whether the text of a line goes on in the next because it met the margin. */
  public boolean isWrapped(int row) {
    return line(row).wrapped;
  }

  /** What stands at a place, marks included; empty in the second column of a wide character. */
  public String text(int row, int column) {
    Line line = line(row);
    return column < line.columns() ? line.text(column) : " ";
  }

  /** The character at a place without its marks; −1 in the second column of a wide one. */
  public int codePoint(int row, int column) {
    Line line = line(row);
    return column < line.columns() ? line.character(column) : ' ';
  }

  /** Whether marks join the character at a place. */
  public boolean hasMarks(int row, int column) {
    Line line = line(row);
    return column < line.columns() && line.hasMarks(column);
  }

  /** How it looks: see {@link Style}. */
  public long style(int row, int column) {
    Line line = line(row);
    return column < line.columns() ? line.style(column) : Style.PLAIN;
  }

  public int cursorRow() {
    return cursor.row;
  }

  public int cursorColumn() {
    return cursor.column;
  }

  public boolean isCursorVisible() {
    return cursorVisible;
  }

  /** Whether a program has the whole screen to itself: no lines are kept then. */
  public boolean isAlternate() {
    return other != null;
  }

  /** Whether cursor keys send ESC O instead of ESC [ (DECCKM). */
  public boolean isApplicationCursor() {
    return applicationCursor;
  }

  /** Whether pasted text is to stand between brackets (mode 2004). */
  public boolean isBracketedPaste() {
    return bracketedPaste;
  }

  /** What a program hears of the mouse. */
  public MouseReports mouse() {
    return mouse;
  }

  /** Whether ink and ground are exchanged on the whole screen (DECSCNM). */
  public boolean isReversed() {
    return reversed;
  }

  /** Whether Enter sends CR and LF (LNM). */
  public boolean isNewLineMode() {
    return newLineMode;
  }

  /** What a program called the window. */
  public String title() {
    return title;
  }

  /** How often the bell was rung. */
  public long bells() {
    return bells;
  }

  /** Grows whenever something may have changed. */
  public long changes() {
    return changes;
  }

  private Line line(int row) {
    if (row >= 0) {
      return lines.get(row);
    }
    return kept.get(kept.size() + row);
  }

  /**
   * Changes the size. Text is not wrapped anew; lines that no longer fit go up and come back when
   * there is room.
   */
  public void resize(int newRows, int newColumns) {
    int wantedRows = Math.max(1, newRows);
    int wantedColumns = Math.max(2, newColumns);
    if (wantedRows == rows && wantedColumns == columns) {
      return;
    }
    List<Line> main = other == null ? lines : other;
    fit(main, other == null ? cursor : mainCursor, wantedRows, wantedColumns, true);
    if (other != null) {
      fit(lines, cursor, wantedRows, wantedColumns, false);
    }
    rows = wantedRows;
    columns = wantedColumns;
    top = 0;
    bottom = rows - 1;
    resetTabs();
    changes++;
  }

  private void fit(List<Line> some, Cursor at, int newRows, int newColumns, boolean keeps) {
    while (some.size() > newRows && some.size() - 1 > at.row && some.getLast().text().isEmpty()) {
      some.removeLast();
    }
    while (some.size() > newRows) {
      Line gone = some.removeFirst();
      at.row = Math.max(0, at.row - 1);
      if (keeps) {
        keep(gone);
      }
    }
    while (some.size() < newRows) {
      if (keeps && kept.size() > 0) {
        some.addFirst(kept.removeNewest());
        scrolled--;
        at.row++;
      } else {
        some.addLast(new Line(newColumns, Style.PLAIN));
      }
    }
    some.forEach(line -> line.resize(newColumns));
    at.row = Math.min(at.row, newRows - 1);
    at.column = Math.min(at.column, newColumns - 1);
    at.wrapPending = false;
  }

  private List<Line> blank() {
    List<Line> made = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      made.add(new Line(columns, Style.PLAIN));
    }
    return made;
  }

  private void resetTabs() {
    tabs.clear();
    for (int i = 8; i < columns; i += 8) {
      tabs.set(i);
    }
  }

  private void keep(Line line) {
    kept.add(line);
    scrolled++;
  }

  // ------------------------------------------------------------------------------- what it does

  private Line here() {
    return lines.get(cursor.row);
  }

  private long erased() {
    return Style.groundOnly(cursor.style);
  }

  private void print(int codePoint) {
    int shown =
        cursor.graphics && codePoint >= 0x5f && codePoint <= 0x7e ? drawing(codePoint) : codePoint;
    int width = CharWidth.of(shown);
    if (width == 0) {
      int before = cursor.wrapPending ? cursor.column : cursor.column - 1;
      if (before >= 0) {
        here().join(before, shown);
      }
      return;
    }
    lastPrinted = shown;
    if (autoWrap && (cursor.wrapPending || cursor.column + width > columns)) {
      here().wrapped = true;
      cursor.column = 0;
      cursor.wrapPending = false;
      index();
    }
    int at = Math.min(cursor.column, columns - width);
    if (insert) {
      here().insert(at, width, erased());
    }
    here().put(at, shown, width, cursor.style);
    if (at + width >= columns) {
      cursor.column = columns - 1;
      cursor.wrapPending = autoWrap;
    } else {
      cursor.column = at + width;
    }
  }

  /** DEC special graphics, from underscore to tilde. */
  private static int drawing(int c) {
    return " ◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·".charAt(c - 0x5f);
  }

  /** Down one line; at the bottom margin the region moves up (IND). */
  private void index() {
    if (cursor.row == bottom) {
      scrollUp(1);
    } else if (cursor.row < rows - 1) {
      cursor.row++;
    }
  }

  private void reverseIndex() {
    if (cursor.row == top) {
      scrollDown(top, 1);
    } else if (cursor.row > 0) {
      cursor.row--;
    }
  }

  private void scrollUp(int count) {
    for (int i = Math.min(count, bottom - top + 1); i > 0; i--) {
      Line gone = lines.remove(top);
      if (top == 0 && !isAlternate()) {
        keep(gone);
      }
      lines.add(bottom, new Line(columns, erased()));
    }
  }

  private void scrollDown(int from, int count) {
    for (int i = Math.min(count, bottom - from + 1); i > 0; i--) {
      lines.remove(bottom);
      lines.add(from, new Line(columns, erased()));
    }
  }

  private void deleteLines(int count) {
    for (int i = Math.min(count, bottom - cursor.row + 1); i > 0; i--) {
      lines.remove(cursor.row);
      lines.add(bottom, new Line(columns, erased()));
    }
  }

  private boolean inRegion() {
    return cursor.row >= top && cursor.row <= bottom;
  }

  /** Moves up or down; the margins hold who is between them. */
  private void moveRows(int by) {
    int least = cursor.row >= top ? top : 0;
    int most = cursor.row <= bottom ? bottom : rows - 1;
    cursor.row = Math.max(least, Math.min(most, cursor.row + by));
    cursor.wrapPending = false;
  }

  private void moveColumns(int by) {
    toColumn(cursor.column + by);
  }

  private void toColumn(int column) {
    cursor.column = Math.max(0, Math.min(columns - 1, column));
    cursor.wrapPending = false;
  }

  /** To a line that a program names: it counts from the margin in origin mode. */
  private void toRow(int row) {
    cursor.row =
        cursor.origin
            ? Math.max(top, Math.min(bottom, top + row))
            : Math.max(0, Math.min(rows - 1, row));
    cursor.wrapPending = false;
  }

  private void tab(int count) {
    for (int i = 0; i < count; i++) {
      int next = tabs.nextSetBit(cursor.column + 1);
      cursor.column = next < 0 || next >= columns ? columns - 1 : next;
    }
  }

  private void backTab(int count) {
    for (int i = 0; i < count; i++) {
      cursor.column = Math.max(0, cursor.column == 0 ? 0 : tabs.previousSetBit(cursor.column - 1));
    }
    cursor.wrapPending = false;
  }

  private void eraseDisplay(int how) {
    switch (how) {
      case 0 -> {
        here().erase(cursor.column, columns, erased());
        eraseLines(cursor.row + 1, rows);
      }
      case 1 -> {
        eraseLines(0, cursor.row);
        here().erase(0, cursor.column + 1, erased());
      }
      case 2 -> eraseLines(0, rows);
      case 3 -> kept.clear();
      default -> {
        // Not a way that there is.
      }
    }
  }

  private void eraseLines(int from, int to) {
    for (int i = from; i < to; i++) {
      lines.get(i).erase(0, columns, erased());
      lines.get(i).wrapped = false;
    }
  }

  private void eraseLine(int how) {
    switch (how) {
      case 0 -> here().erase(cursor.column, columns, erased());
      case 1 -> here().erase(0, cursor.column + 1, erased());
      case 2 -> here().erase(0, columns, erased());
      default -> {
        // Not a way that there is.
      }
    }
  }

  /** Shows the other screen; going back brings the main screen's cursor with it where asked. */
  private void showAlternate(boolean on, boolean withCursor) {
    if (on && !isAlternate()) {
      mainCursor = cursor.copy();
      other = lines;
      lines = blank();
    } else if (!on) {
      if (isAlternate()) {
        lines = other;
        other = null;
      }
      if (withCursor && mainCursor != null) {
        cursor = mainCursor.copy();
        cursor.row = Math.min(cursor.row, rows - 1);
        cursor.column = Math.min(cursor.column, columns - 1);
      }
    }
  }

  private void restore() {
    cursor = saved.copy();
    cursor.row = Math.min(cursor.row, rows - 1);
    cursor.column = Math.min(cursor.column, columns - 1);
  }

  private void reset() {
    showAlternate(false, false);
    lines = blank();
    cursor = new Cursor();
    saved = new Cursor();
    top = 0;
    bottom = rows - 1;
    resetTabs();
    graphicSets[0] = false;
    graphicSets[1] = false;
    shifted = 0;
    softReset();
    reversed = false;
    newLineMode = false;
    title = "";
  }

  private void softReset() {
    autoWrap = true;
    insert = false;
    cursorVisible = true;
    applicationCursor = false;
    applicationKeypad = false;
    bracketedPaste = false;
    mouse.reset();
    cursor.style = Style.PLAIN;
    cursor.origin = false;
    top = 0;
    bottom = rows - 1;
  }

  private void answer(String text) {
    answers.accept(text.getBytes(ISO_8859_1));
  }

  /** What the parts of the stream mean. */
  private final class Interpreter implements ControlParser.Listener {
    @Override
    public void print(int codePoint) {
      TerminalScreen.this.print(codePoint);
    }

    @Override
    public void control(int code) {
      switch (code) {
        case 7 -> bells++;
        case '\b' -> moveColumns(-1);
        case '\t' -> tab(1);
        case '\n', 0x0b, 0x0c -> {
          cursor.wrapPending = false;
          index();
          if (newLineMode) {
            cursor.column = 0;
          }
        }
        case '\r' -> toColumn(0);
        case 0x0e -> shift(1);
        case 0x0f -> shift(0);
        default -> {
          // The others do nothing on a screen.
        }
      }
    }

    private void shift(int set) {
      shifted = set;
      cursor.graphics = graphicSets[set];
    }

    @Override
    public void escape(int intermediate, int last) {
      if (intermediate == '(' || intermediate == ')') {
        graphicSets[intermediate - '('] = last == '0';
        cursor.graphics = graphicSets[shifted];
        return;
      }
      if (intermediate == '#' && last == '8') {
        lines.forEach(
            line -> {
              for (int i = 0; i < columns; i++) {
                line.put(i, 'E', 1, Style.PLAIN);
              }
            });
        return;
      }
      if (intermediate != 0) {
        return;
      }
      switch (last) {
        case '7' -> saved = cursor.copy();
        case '8' -> restore();
        case 'D' -> index();
        case 'E' -> {
          index();
          toColumn(0);
        }
        case 'H' -> tabs.set(cursor.column);
        case 'M' -> reverseIndex();
        case 'c' -> reset();
        case '=' -> applicationKeypad = true;
        case '>' -> applicationKeypad = false;
        default -> {
          // Not for a screen like this.
        }
      }
    }

    @Override
    public void sequence(int marker, ControlParser.Parameters p, int intermediate, int last) {
      if (marker == '?' && intermediate == 0) {
        privateSequence(p, last);
      } else if (marker == '>' && last == 'c') {
        answer("\u001b[>0;0;0c");
      } else if (marker == 0 && intermediate == '!' && last == 'p') {
        softReset();
      } else if (marker == 0 && intermediate == 0) {
        plainSequence(p, last);
      }
    }

    private void plainSequence(ControlParser.Parameters p, int last) {
      int n = p.at(0, 1);
      switch (last) {
        case '@' -> here().insert(cursor.column, Math.min(n, columns - cursor.column), erased());
        case 'A' -> moveRows(-n);
        case 'B', 'e' -> moveRows(n);
        case 'C', 'a' -> moveColumns(n);
        case 'D' -> moveColumns(-n);
        case 'E' -> {
          moveRows(n);
          toColumn(0);
        }
        case 'F' -> {
          moveRows(-n);
          toColumn(0);
        }
        case 'G', '`' -> toColumn(n - 1);
        case 'H', 'f' -> {
          toRow(n - 1);
          toColumn(p.at(1, 1) - 1);
        }
        case 'I' -> tab(n);
        case 'J' -> eraseDisplay(p.value(0));
        case 'K' -> eraseLine(p.value(0));
        case 'L' -> {
          if (inRegion()) {
            scrollDown(cursor.row, n);
            toColumn(0);
          }
        }
        case 'M' -> {
          if (inRegion()) {
            deleteLines(n);
            toColumn(0);
          }
        }
        case 'P' -> here().delete(cursor.column, Math.min(n, columns - cursor.column), erased());
        case 'S' -> scrollUp(n);
        case 'T' -> {
          if (p.count() <= 1) {
            scrollDown(top, n);
          }
        }
        case 'X' -> here().erase(cursor.column, Math.min(columns, cursor.column + n), erased());
        case 'Z' -> backTab(n);
        case 'b' -> {
          int repeated = Math.min(n, rows * columns);
          for (int i = 0; i < repeated; i++) {
            print(lastPrinted);
          }
        }
        case 'c' -> answer("\u001b[?6c");
        case 'd' -> toRow(n - 1);
        case 'g' -> {
          if (p.value(0) == 0) {
            tabs.clear(cursor.column);
          } else if (p.value(0) == 3) {
            tabs.clear();
          }
        }
        case 'h' -> modes(p, true);
        case 'l' -> modes(p, false);
        case 'm' -> new Rendition(p).apply();
        case 'n' -> report(p.value(0));
        case 'r' -> margins(p);
        case 's' -> saved = cursor.copy();
        case 'u' -> restore();
        default -> {
          // Not for a screen like this.
        }
      }
    }

    private void report(int what) {
      if (what == 5) {
        answer("\u001b[0n");
      } else if (what == 6) {
        int row = cursor.origin ? cursor.row - top : cursor.row;
        answer("\u001b[" + (row + 1) + ";" + (cursor.column + 1) + "R");
      }
    }

    private void margins(ControlParser.Parameters p) {
      int first = p.at(0, 1) - 1;
      int final_ = Math.min(rows, p.at(1, rows)) - 1;
      if (first < final_) {
        top = first;
        bottom = final_;
        toRow(0);
        toColumn(0);
      }
    }

    private void modes(ControlParser.Parameters p, boolean on) {
      for (int i = 0; i < p.count(); i++) {
        switch (p.value(i)) {
          case 4 -> insert = on;
          case 20 -> newLineMode = on;
          default -> {
            // Not a mode of this screen.
          }
        }
      }
    }

    private void privateSequence(ControlParser.Parameters p, int last) {
      switch (last) {
        case 'h' -> privateModes(p, true);
        case 'l' -> privateModes(p, false);
        case 'J' -> eraseDisplay(p.value(0));
        case 'K' -> eraseLine(p.value(0));
        default -> {
          // Not for a screen like this.
        }
      }
    }

    private void privateModes(ControlParser.Parameters p, boolean on) {
      for (int i = 0; i < p.count(); i++) {
        switch (p.value(i)) {
          case 1 -> applicationCursor = on;
          case 5 -> reversed = on;
          case 6 -> {
            cursor.origin = on;
            toRow(0);
            toColumn(0);
          }
          case 7 -> {
            autoWrap = on;
            cursor.wrapPending = false;
          }
          case 25 -> cursorVisible = on;
          case 47, 1047 -> showAlternate(on, false);
          case 1048 -> {
            if (on) {
              saved = cursor.copy();
            } else {
              restore();
            }
          }
          case 1049 -> showAlternate(on, true);
          case 2004 -> bracketedPaste = on;
          default -> mouse.mode(p.value(i), on);
        }
      }
    }

    @Override
    public void command(int number, String text) {
      if (number == 0 || number == 2) {
        title = text;
      }
    }
  }

  /** Select graphic rendition: ECMA-48 8.3.117, xterm's colours. */
  private final class Rendition {
    private final ControlParser.Parameters p;
    private int at;

    Rendition(ControlParser.Parameters p) {
      this.p = p;
    }

    void apply() {
      if (p.count() == 0) {
        cursor.style = Style.PLAIN;
      }
      while (at < p.count()) {
        one(p.value(at++));
        while (p.isSub(at)) {
          at++; // Sub-parameters that the number before did not take.
        }
      }
    }

    private void one(int code) {
      switch (code) {
        case 0 -> cursor.style = Style.PLAIN;
        case 1 -> set(Style.BOLD);
        case 2 -> set(Style.FAINT);
        case 3 -> set(Style.ITALIC);
        case 4 -> {
          clear(Style.UNDERLINE);
          if (!p.isSub(at) || p.value(at) != 0) {
            set(Style.UNDERLINE);
          }
        }
        case 7 -> set(Style.INVERSE);
        case 8 -> set(Style.HIDDEN);
        case 9 -> set(Style.STRIKE);
        case 21 -> set(Style.UNDERLINE);
        case 22 -> clear(Style.BOLD | Style.FAINT);
        case 23 -> clear(Style.ITALIC);
        case 24 -> clear(Style.UNDERLINE);
        case 27 -> clear(Style.INVERSE);
        case 28 -> clear(Style.HIDDEN);
        case 29 -> clear(Style.STRIKE);
        case 38 -> {
          int colour = colour();
          cursor.style = colour < 0 ? cursor.style : Style.withInk(cursor.style, colour);
        }
        case 39 -> cursor.style = Style.withInk(cursor.style, 0);
        case 48 -> {
          int colour = colour();
          cursor.style = colour < 0 ? cursor.style : Style.withGround(cursor.style, colour);
        }
        case 49 -> cursor.style = Style.withGround(cursor.style, 0);
        default -> {
          if (code >= 30 && code <= 37) {
            cursor.style = Style.withInk(cursor.style, Style.indexed(code - 30));
          } else if (code >= 40 && code <= 47) {
            cursor.style = Style.withGround(cursor.style, Style.indexed(code - 40));
          } else if (code >= 90 && code <= 97) {
            cursor.style = Style.withInk(cursor.style, Style.indexed(code - 90 + 8));
          } else if (code >= 100 && code <= 107) {
            cursor.style = Style.withGround(cursor.style, Style.indexed(code - 100 + 8));
          }
        }
      }
    }

    private void set(long flag) {
      cursor.style |= flag;
    }

    private void clear(long flags) {
      cursor.style &= ~flags;
    }

    /** What follows 38 or 48: 5 and a number, or 2 and three parts; −1 if neither. */
    private int colour() {
      boolean colons = p.isSub(at);
      int kind = p.value(at++);
      if (kind == 5) {
        int number = p.value(at++);
        return number < 256 ? Style.indexed(number) : -1;
      }
      if (kind == 2) {
        // With colons there may be a colour space before the three parts.
        if (colons && p.isSub(at + 3)) {
          at++;
        }
        int colour = Style.rgb(p.value(at), p.value(at + 1), p.value(at + 2));
        at += 3;
        return colour;
      }
      return -1;
    }
  }

  /** The kept lines and those on the screen as text, oldest first: for copying and for readers. */
  public String wholeText() {
    StringBuilder text = new StringBuilder();
    List<Line> all = new ArrayList<>();
    for (int row = -keptLines(); row < rows; row++) {
      all.add(line(row));
    }
    while (!all.isEmpty() && all.getLast().text().isEmpty()) {
      all.removeLast();
    }
    for (Line line : all) {
      text.append(line.text());
      if (!line.wrapped) {
        text.append('\n');
      }
    }
    return text.toString();
  }
}
