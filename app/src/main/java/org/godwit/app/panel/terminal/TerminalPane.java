package org.godwit.app.panel.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.OptionalLong;
import javafx.animation.AnimationTimer;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodRequests;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.util.Subscription;
import org.godwit.app.panel.Widgets;
import org.godwit.app.terminal.MouseReports;
import org.godwit.app.terminal.Spot;
import org.godwit.app.terminal.TerminalScreen;
import org.godwit.app.terminal.TextSearch;
import org.godwit.app.terminal.TextSpan;
import org.godwit.app.text.Messages;
import org.godwit.app.theme.Theme;
import org.godwit.app.workbench.Desk;

/**
 * One terminal: its screen as a canvas with a scroll bar, its keyboard, its mouse. What somebody
 * types goes to the node; Ctrl+Shift with a key, Alt with a digit and Ctrl+Tab are the window's,
 * and Shift+Esc leads out. Painted at most once a pulse, however much a program writes.
 */
public final class TerminalPane extends Region {
  private static final int MOST_FOUND = 1000;
  private static final double BAR = 12;
  private static final int WHEEL_ROWS = 3;
  private static final boolean MAC = System.getProperty("os.name", "").startsWith("Mac");

  /** How much a drag of the mouse takes at once. */
  private enum Unit {
    CHARACTER,
    WORD,
    LINE
  }

  private final Login login;
  private final TerminalsViewModel model;
  private final Messages messages;
  private final Canvas canvas = new Canvas();
  private final ScrollBar bar = new ScrollBar();
  private final TerminalPainter painter;
  private final Runnable find;
  private final AnimationTimer pulse =
      new AnimationTimer() {
        @Override
        public void handle(long now) {
          refresh();
        }
      };

  private OptionalLong firstLine = OptionalLong.empty(); // Scrolled back to it; else at the end.
  private TextSpan selection;
  private TextSpan anchor;
  private Unit unit = Unit.CHARACTER;
  private String wanted = "";
  private List<TextSpan> found = List.of();
  private int foundAt = -1;
  private String composed = "";
  private TerminalScreen seen;
  private long seenChanges = -1;
  private boolean dirty = true;
  private boolean alternate;
  private boolean scrolling;
  private Spot lastReported; // Where the program last heard of the mouse.

  /**
   * A pane for a login.
   *
   * @param model whose login it is
   * @param find opens the field for words to be found
   */
  TerminalPane(
      TerminalsViewModel model, Login login, Messages messages, Theme theme, Runnable find) {
    this.model = model;
    this.login = login;
    this.messages = messages;
    this.find = find;
    this.painter = new TerminalPainter(canvas, theme);
    getStyleClass().add("terminal-pane");
    setId("terminal-" + login.id());
    setFocusTraversable(true);
    setCursor(Cursor.TEXT);
    getProperties().put(Desk.TYPING, Boolean.TRUE);
    setAccessibleRole(AccessibleRole.TEXT_AREA);
    bar.setOrientation(Orientation.VERTICAL);
    bar.setCursor(Cursor.DEFAULT);
    bar.setFocusTraversable(false);
    canvas.setMouseTransparent(true);
    getChildren().addAll(canvas, bar);
    bar.valueProperty().addListener((_, _, value) -> scrolledTo(value.doubleValue()));
    focusedProperty().subscribe(_ -> dirty = true);
    addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    addEventHandler(KeyEvent.KEY_TYPED, this::typed);
    setInputMethodRequests(new Composing());
    setOnInputMethodTextChanged(this::composes);
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::mousePressed);
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::mouseDragged);
    addEventHandler(MouseEvent.MOUSE_RELEASED, e -> reported(e, MouseReports.Event.RELEASE));
    addEventHandler(MouseEvent.MOUSE_MOVED, e -> reported(e, MouseReports.Event.MOVE));
    addEventHandler(ScrollEvent.SCROLL, this::wheel);
    setOnContextMenuRequested(
        e -> {
          if (!isMouseThePrograms() || e.isKeyboardTrigger()) {
            menu().show(this, e.getScreenX(), e.getScreenY());
          }
        });
    Widgets.whileShown(this, () -> follow(theme));
  }

  private Subscription follow(Theme theme) {
    pulse.start();
    Runnable restyle =
        () -> {
          painter.restyle();
          dirty = true;
          requestLayout();
        };
    restyle.run();
    return theme
        .variantProperty()
        .subscribe(_ -> restyle.run())
        .and(theme.typeScaleProperty().subscribe(_ -> restyle.run()))
        .and(model.momentProperty().subscribe(_ -> requestLayout())) // Its size may be another now.
        .and(pulse::stop);
  }

  /** The login that is seen. */
  public Login login() {
    return login;
  }

  private TerminalScreen screen() {
    return login.shown();
  }

  /** Whether an earlier moment is looked at: there is nobody to type to. */
  private boolean isPast() {
    return model.momentProperty().get().isPresent();
  }

  // ------------------------------------------------------------------------------------- layout

  @Override
  protected void layoutChildren() {
    double width = Math.max(1, Math.floor(getWidth() - BAR));
    double height = Math.max(1, Math.floor(getHeight()));
    if (canvas.getWidth() != width || canvas.getHeight() != height) {
      canvas.setWidth(width);
      canvas.setHeight(height);
      painter.repaint();
      dirty = true;
    }
    bar.resizeRelocate(width, 0, BAR, height);
    if (height > painter.cellHeight() && width > 8 * painter.cellWidth()) {
      model.sized(login, painter.rows(height), painter.columns(width));
    }
  }

  @Override
  protected double computePrefWidth(double height) {
    return 80 * painter.cellWidth() + 2 * TerminalPainter.MARGIN + BAR;
  }

  @Override
  protected double computePrefHeight(double width) {
    return 24 * painter.cellHeight() + 2 * TerminalPainter.MARGIN;
  }

  /** Rows that a window of this size has. */
  int rows() {
    return painter.rows(canvas.getHeight());
  }

  /** Columns that a window of this size has. */
  int columns() {
    return painter.columns(canvas.getWidth());
  }

  // ----------------------------------------------------------------------------------- painting

  /** Paints what has changed since the last pulse. */
  private void refresh() {
    TerminalScreen screen = screen();
    boolean news = screen != seen || screen.changes() != seenChanges;
    if (!news && !dirty) {
      return;
    }
    if (screen != seen || screen.isAlternate() != alternate) {
      select(null);
      firstLine = OptionalLong.empty();
      alternate = screen.isAlternate();
    }
    seen = screen;
    seenChanges = screen.changes();
    dirty = false;
    if (news && !wanted.isEmpty()) {
      search();
    }
    int first = firstRow(screen);
    scrolling = true;
    bar.setMin(-screen.keptLines());
    bar.setMax(0);
    bar.setVisibleAmount(
        (double) screen.keptLines() * screen.rows() / (screen.keptLines() + screen.rows()));
    bar.setUnitIncrement(1);
    bar.setBlockIncrement(Math.max(1, screen.rows() - 1));
    bar.setValue(first);
    bar.setVisible(screen.keptLines() > 0);
    scrolling = false;
    painter.paint(
        new TerminalPainter.Sight(
            screen,
            first,
            selection,
            found,
            foundAt < 0 ? null : found.get(foundAt),
            isFocused(),
            login.isOpen() && screen.isCursorVisible(),
            composed));
    if (news) {
      notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
    }
  }

  /** Where the upper left corner of a character is in this pane, wherever one has scrolled to. */
  public Point2D place(int row, int column) {
    return new Point2D(
        TerminalPainter.MARGIN + column * painter.cellWidth(),
        TerminalPainter.MARGIN + (row - firstRow(screen())) * painter.cellHeight());
  }

  private int firstRow(TerminalScreen screen) {
    // A screen larger than the window, as one of the past may be: where the cursor is.
    int most = Math.max(0, screen.cursorRow() + 1 - rows());
    if (firstLine.isEmpty()) {
      return most;
    }
    long row = firstLine.getAsLong() - screen.topLine();
    return Math.clamp(row, -screen.keptLines(), most);
  }

  private void scrolledTo(double value) {
    if (!scrolling) {
      scrollTo((int) Math.round(value));
    }
  }

  private void scrollTo(int row) {
    TerminalScreen screen = screen();
    int clamped = Math.clamp(row, -screen.keptLines(), 0);
    firstLine = clamped >= 0 ? OptionalLong.empty() : OptionalLong.of(screen.topLine() + clamped);
    dirty = true;
  }

  private void scrollBy(int rows) {
    scrollTo(firstRow(screen()) + rows);
  }

  // ----------------------------------------------------------------------------------- keyboard

  private void pressed(KeyEvent e) {
    if (isForWindow(e)) {
      return;
    }
    if (!ownKey(e)) {
      TerminalScreen screen = screen();
      KeySequences.of(
              KeySequences.Struck.of(e, screen.isApplicationCursor(), screen.isNewLineMode()))
          .ifPresent(this::type);
    }
    // Letters too: they come again as text, and must not be shortcuts or mnemonics.
    e.consume();
  }

  /** What the window keeps for itself while somebody types here. */
  private static boolean isForWindow(KeyEvent e) {
    KeyCode code = e.getCode();
    boolean both = e.isShortcutDown() && e.isShiftDown();
    boolean ours = code == KeyCode.C || code == KeyCode.V || code == KeyCode.F;
    ours |= code == KeyCode.K || code == KeyCode.A;
    return code == KeyCode.ESCAPE && e.isShiftDown()
        || code == KeyCode.TAB && e.isControlDown()
        || e.isAltDown() && !e.isControlDown() && code.isDigitKey()
        || both && !ours
        || MAC && e.isMetaDown() && !ours
        || code.isModifierKey();
  }

  /** Keys of the terminal window itself, as in other terminal windows. */
  private boolean ownKey(KeyEvent e) {
    boolean command = MAC ? e.isMetaDown() : e.isControlDown() && e.isShiftDown();
    if (command) {
      switch (e.getCode()) {
        case C -> copy();
        case V -> paste();
        case F -> find.run();
        case K -> clear();
        case A -> selectAll();
        default -> {
          return false;
        }
      }
      return true;
    }
    if (e.isControlDown() && e.getCode() == KeyCode.INSERT) {
      copy();
      return true;
    }
    if (!e.isShiftDown() || e.isControlDown() || e.isAltDown()) {
      return false;
    }
    switch (e.getCode()) {
      case PAGE_UP -> scrollBy(1 - rows());
      case PAGE_DOWN -> scrollBy(rows() - 1);
      case HOME -> scrollTo(Integer.MIN_VALUE);
      case END -> scrollTo(0);
      case INSERT -> paste();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void typed(KeyEvent e) {
    String text = e.getCharacter();
    boolean altGraph = e.isControlDown() && e.isAltDown();
    boolean meta = e.isAltDown() && !altGraph && !MAC;
    boolean letter = !text.isEmpty() && text.charAt(0) >= ' ' && text.charAt(0) != 0x7f;
    boolean shortcut = e.isMetaDown() || e.isControlDown() && !altGraph;
    boolean windows = meta && !text.isEmpty() && Character.isDigit(text.charAt(0));
    if (letter && !shortcut && !windows && !text.equals(KeyEvent.CHAR_UNDEFINED)) {
      type((meta ? "\u001b" : "") + text);
      e.consume();
    }
  }

  private void type(String text) {
    if (isPast()) {
      return;
    }
    scrollTo(0);
    login.type(text.getBytes(UTF_8));
  }

  private void composes(InputMethodEvent e) {
    StringBuilder making = new StringBuilder();
    e.getComposed().forEach(run -> making.append(run.getText()));
    composed = making.toString();
    dirty = true;
    seenChanges--; // The row of the cursor is painted over.
    if (!e.getCommitted().isEmpty()) {
      type(e.getCommitted());
    }
    e.consume();
  }

  /** Where an input method opens its window. */
  private final class Composing implements InputMethodRequests {
    @Override
    public Point2D getTextLocation(int offset) {
      TerminalScreen screen = screen();
      Point2D there = localToScreen(place(screen.cursorRow() + 1, screen.cursorColumn()));
      return there == null ? Point2D.ZERO : there;
    }

    @Override
    public int getLocationOffset(int x, int y) {
      return 0;
    }

    @Override
    public void cancelLatestCommittedText() {}

    @Override
    public String getSelectedText() {
      return selectedText();
    }
  }

  // -------------------------------------------------------------------------------------- mouse

  private Spot spot(MouseEvent e) {
    TerminalScreen screen = screen();
    double x = (e.getX() - TerminalPainter.MARGIN) / painter.cellWidth();
    int row = (int) Math.floor((e.getY() - TerminalPainter.MARGIN) / painter.cellHeight());
    // A character is taken from its middle on; words and lines by what lies under the mouse.
    int column = (int) Math.floor(unit == Unit.CHARACTER ? x + 0.5 : x);
    return new Spot(
        screen.topLine()
            + Math.clamp((long) firstRow(screen) + row, -screen.keptLines(), screen.rows() - 1L),
        Math.clamp(column, 0, screen.columns()));
  }

  /** With Shift the mouse selects text, whatever the program has asked for. */
  private boolean isMouseThePrograms() {
    return screen().mouse().areWanted() && !isPast();
  }

  /** Tells the program of the mouse, if it has asked; whether the mouse is the program's. */
  private boolean reported(MouseEvent e, MouseReports.Event event) {
    if (!isMouseThePrograms() || e.isShiftDown() || bar.isHover()) {
      return false;
    }
    int button =
        switch (e.getButton()) {
          case MIDDLE -> MouseReports.MIDDLE;
          case SECONDARY -> MouseReports.RIGHT;
          default -> MouseReports.LEFT;
        };
    report(event, button, e.isAltDown(), e.isControlDown(), e.getX(), e.getY());
    e.consume();
    return true;
  }

  private void report(
      MouseReports.Event event, int button, boolean alt, boolean control, double x, double y) {
    TerminalScreen screen = screen();
    int column = (int) ((x - TerminalPainter.MARGIN) / painter.cellWidth());
    int row = (int) ((y - TerminalPainter.MARGIN) / painter.cellHeight());
    int held = (alt ? MouseReports.META : 0) + (control ? MouseReports.CONTROL : 0);
    column = Math.clamp(column, 0, screen.columns() - 1);
    row = Math.clamp(row, 0, screen.rows() - 1);
    boolean motion = event == MouseReports.Event.MOVE || event == MouseReports.Event.DRAG;
    Spot at = new Spot(row, column);
    if (motion && at.equals(lastReported)) {
      return; // Motion counts by character.
    }
    lastReported = at;
    String report = screen.mouse().of(event, button, held, row, column);
    if (!report.isEmpty()) {
      login.type(report.getBytes(ISO_8859_1));
    }
  }

  private void mousePressed(MouseEvent e) {
    requestFocus();
    if (reported(e, MouseReports.Event.PRESS)) {
      return;
    }
    if (e.getButton() != MouseButton.PRIMARY || bar.isHover()) {
      return;
    }
    unit = Unit.values()[Math.min(3, Math.max(1, e.getClickCount())) - 1];
    if (e.isShiftDown() && anchor != null) {
      extend(spot(e));
    } else {
      anchor = taken(spot(e));
      select(unit == Unit.CHARACTER ? null : anchor);
    }
    e.consume();
  }

  private void mouseDragged(MouseEvent e) {
    if (reported(e, MouseReports.Event.DRAG)) {
      return;
    }
    if (e.getButton() != MouseButton.PRIMARY || anchor == null) {
      return;
    }
    if (e.getY() < 0) {
      scrollBy(-1);
    } else if (e.getY() > getHeight()) {
      scrollBy(1);
    }
    extend(spot(e));
    e.consume();
  }

  private TextSpan taken(Spot spot) {
    return switch (unit) {
      case CHARACTER -> new TextSpan(spot, spot);
      case WORD -> TextSpan.word(screen(), spot);
      case LINE -> TextSpan.line(screen(), spot);
    };
  }

  private void extend(Spot spot) {
    TextSpan whole = anchor.with(taken(spot));
    select(whole.isEmpty() ? null : whole);
  }

  private void select(TextSpan span) {
    selection = span;
    dirty = true;
  }

  private void wheel(ScrollEvent e) {
    int rows = (int) -Math.signum(e.getDeltaY()) * WHEEL_ROWS;
    if (rows != 0 && isMouseThePrograms() && !e.isShiftDown()) {
      int button = rows < 0 ? MouseReports.WHEEL_UP : MouseReports.WHEEL_DOWN;
      MouseReports.Event press = MouseReports.Event.PRESS;
      report(press, button, e.isAltDown(), e.isControlDown(), e.getX(), e.getY());
    } else if (rows != 0 && screen().isAlternate() && !isPast()) {
      // A program has the whole screen: it gets the arrows, as in xterm's alternateScroll.
      String arrow =
          (screen().isApplicationCursor() ? "\u001bO" : "\u001b[") + (rows < 0 ? "A" : "B");
      login.type(arrow.repeat(WHEEL_ROWS).getBytes(UTF_8));
    } else {
      scrollBy(rows);
    }
    e.consume();
  }

  private ContextMenu menu() {
    MenuItem copy = item("action.edit.copy", this::copy);
    copy.setDisable(selection == null);
    return new ContextMenu(
        copy,
        item("action.edit.paste", this::paste),
        item("terminal.select-all", this::selectAll),
        new SeparatorMenuItem(),
        item("terminal.find", find),
        item("terminal.clear", this::clear));
  }

  private MenuItem item(String key, Runnable does) {
    MenuItem item = new MenuItem(messages.of(key));
    item.setOnAction(_ -> does.run());
    return item;
  }

  // ------------------------------------------------------------------------- text in and out

  /** What is selected, empty for nothing. */
  String selectedText() {
    return selection == null ? "" : selection.text(screen());
  }

  void copy() {
    if (selection != null) {
      ClipboardContent content = new ClipboardContent();
      content.putString(selectedText());
      Clipboard.getSystemClipboard().setContent(content);
    }
  }

  void paste() {
    String text = Clipboard.getSystemClipboard().getString();
    if (text != null && !text.isEmpty()) {
      type(Pasting.of(text, screen().isBracketedPaste()));
    }
  }

  void selectAll() {
    select(TextSpan.all(screen()));
  }

  /** Forgets the lines above the one that is being typed. */
  void clear() {
    if (!isPast()) {
      screen().clear();
      select(null);
      scrollTo(0);
    }
  }

  // ------------------------------------------------------------------------------------- finding

  /** Looks for words from now on; empty for none. The newest is in front. */
  void find(String text) {
    wanted = text;
    search();
    foundAt = found.size() - 1;
    showFound();
  }

  private void search() {
    TextSpan before = foundAt < 0 ? null : found.get(foundAt);
    found = TextSearch.find(screen(), wanted, MOST_FOUND);
    foundAt = found.isEmpty() ? -1 : Math.max(0, found.indexOf(before));
    dirty = true;
  }

  /** Goes to the next of what was found, or the one before. */
  void nextFound(int step) {
    if (!found.isEmpty()) {
      foundAt = Math.floorMod(foundAt + step, found.size());
      showFound();
    }
  }

  private void showFound() {
    dirty = true;
    if (foundAt >= 0) {
      int row = (int) (found.get(foundAt).from().line() - screen().topLine());
      int first = firstRow(screen());
      if (row < first || row >= first + rows()) {
        scrollTo(row - rows() / 2);
      }
    }
  }

  /** How many were found. */
  int foundCount() {
    return found.size();
  }

  /** Which of them is in front, from 0; −1 for none. */
  int foundAt() {
    return foundAt;
  }

  // -------------------------------------------------------------------------------- accessibility

  /** The rows that are seen, as text. */
  String seenText() {
    TerminalScreen screen = screen();
    int first = firstRow(screen);
    StringBuilder text = new StringBuilder();
    for (int row = first; row < Math.min(screen.rows(), first + rows()); row++) {
      text.append(screen.text(row)).append('\n');
    }
    return text.toString().stripTrailing();
  }

  @Override
  public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
    return switch (attribute) {
      case TEXT -> seenText();
      case EDITABLE -> login.isOpen() && !isPast();
      default -> super.queryAccessibleAttribute(attribute, parameters);
    };
  }
}
