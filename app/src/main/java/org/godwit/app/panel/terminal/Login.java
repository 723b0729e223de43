package org.godwit.app.panel.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.godwit.app.terminal.TerminalScreen;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;

/**
 * A terminal that was opened on a node: what it showed, byte by byte with its time, and the screen
 * that comes of it, as it is now or as it was at a moment of the past. FX thread only.
 */
public final class Login {
  /** Bytes of one command. */
  private static final int MOST_TYPED = 4096;

  /** Bytes that may wait unread at the node before more are sent. */
  private static final int TYPED_AHEAD = 16_384;

  /** What became of it. */
  public enum State {
    /** Its program runs. */
    OPEN,
    /** Its program has ended, or its node is down. */
    ENDED
  }

  /** Something that changed the screen: bytes, or another size. */
  private record Shown(long atNanos, String bytes, int rows, int columns) {}

  private final String id;
  private final ProcessId leader;
  private final String device;
  private final List<Shown> record = new ArrayList<>();
  private final ReadOnlyObjectWrapper<State> state =
      new ReadOnlyObjectWrapper<>(this, "state", State.OPEN);
  private final ReadOnlyObjectWrapper<TerminalScreen> shown =
      new ReadOnlyObjectWrapper<>(this, "shown");
  private final Consumer<Command> commands;
  private final Deque<String> outgoing = new ArrayDeque<>();
  private TerminalScreen now;
  private int nowAt; // How much of the record the present screen holds.
  private boolean answers;
  private TerminalScreen past;
  private int pastAt;
  private int waiting;
  private int status = -1;
  private int signal;

  /**
   * A terminal that has just been opened.
   *
   * @param id its name in the session
   * @param leader the program that was started on it
   * @param device its path on the node
   * @param atNanos when
   * @param rows lines of its window
   * @param columns characters of a line
   * @param commands takes what is typed
   */
  Login(
      String id,
      ProcessId leader,
      String device,
      long atNanos,
      int rows,
      int columns,
      Consumer<Command> commands) {
    this.id = id;
    this.leader = leader;
    this.device = device;
    this.commands = commands;
    record.add(new Shown(atNanos, "", rows, columns));
    now = blank(true);
    nowAt = 1;
    shown.set(now);
  }

  private TerminalScreen blank(boolean live) {
    Shown first = record.getFirst();
    return new TerminalScreen(first.rows(), first.columns(), live ? this::answer : _ -> {});
  }

  /** What the screen itself says to a program; nobody hears it twice. */
  private void answer(byte[] bytes) {
    if (answers) {
      type(bytes);
    }
  }

  // ------------------------------------------------------------------------- what is known of it

  /** Its name in the session. */
  public String id() {
    return id;
  }

  /** The node on which it is. */
  public int node() {
    return leader.home();
  }

  /** The program that was started on it. */
  public ProcessId leader() {
    return leader;
  }

  /** Its path on the node, e.g. {@code /dev/pts/0}. */
  public String device() {
    return device;
  }

  /** Its path without {@code /dev/}, as ps has it. */
  public String tty() {
    return device.startsWith("/dev/") ? device.substring(5) : device;
  }

  /** When it was opened. */
  public long openedNanos() {
    return record.getFirst().atNanos();
  }

  /** Whether its program runs. */
  public ReadOnlyObjectProperty<State> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** Whether its program runs. */
  public boolean isOpen() {
    return state.get() == State.OPEN;
  }

  /** The exit status of its program, −1 if it has none. */
  public int status() {
    return status;
  }

  /** The signal that ended its program, 0 if none did. */
  public int signal() {
    return signal;
  }

  /** The screen to be seen: of now, or of a moment of the past. */
  public ReadOnlyObjectProperty<TerminalScreen> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /** The screen to be seen. */
  public TerminalScreen shown() {
    return shown.get();
  }

  /** Whether the screen of now is seen. */
  public boolean isLive() {
    return shown.get() == now;
  }

  // ---------------------------------------------------------------------------- what happens to it

  /** It shows bytes; {@code live} says that they are news, so that a program waits for answers. */
  void shows(long atNanos, String bytes, boolean live) {
    record.add(new Shown(atNanos, bytes, 0, 0));
    answers = live;
    nowAt = feed(now, nowAt, Long.MAX_VALUE);
    answers = false;
  }

  /** Its window has another size. */
  void resized(long atNanos, int rows, int columns) {
    record.add(new Shown(atNanos, "", rows, columns));
    nowAt = feed(now, nowAt, Long.MAX_VALUE);
  }

  /** Its program exited. */
  void exited(int exitStatus) {
    status = exitStatus;
  }

  /** Its program was killed. */
  void killed(int bySignal) {
    signal = bySignal;
  }

  /** It is gone. */
  void ended() {
    outgoing.clear();
    state.set(State.ENDED);
  }

  /** Feeds a screen what was recorded up to an instant; how much it holds then. */
  private int feed(TerminalScreen screen, int from, long untilNanos) {
    int at = from;
    while (at < record.size() && record.get(at).atNanos() <= untilNanos) {
      Shown each = record.get(at++);
      if (each.rows() > 0) {
        screen.resize(each.rows(), each.columns());
      } else {
        screen.feed(each.bytes().getBytes(ISO_8859_1));
      }
    }
    return at;
  }

  /** Shows the screen of a moment, or that of now. */
  void look(OptionalLong moment) {
    if (moment.isEmpty()) {
      past = null;
      shown.set(now);
      return;
    }
    boolean back =
        past == null || (pastAt > 0 && record.get(pastAt - 1).atNanos() > moment.getAsLong());
    if (back) {
      past = blank(false);
      pastAt = 1;
    }
    pastAt = feed(past, pastAt, moment.getAsLong());
    shown.set(past);
  }

  // -------------------------------------------------------------------------------------- typing

  /** Types bytes; what the node cannot take yet follows when it has read. */
  public void type(byte[] bytes) {
    if (!isOpen()) {
      return;
    }
    for (int at = 0; at < bytes.length; at += MOST_TYPED) {
      int length = Math.min(MOST_TYPED, bytes.length - at);
      outgoing.add(new String(bytes, at, length, ISO_8859_1));
    }
    send();
  }

  /** The node says how much of it nobody has read yet. */
  void waiting(int bytes) {
    waiting = bytes;
    send();
  }

  private void send() {
    while (!outgoing.isEmpty() && waiting + outgoing.getFirst().length() <= TYPED_AHEAD) {
      String bytes = outgoing.removeFirst();
      waiting += bytes.length();
      commands.accept(new Command.Type(id, bytes));
    }
  }

  /** Gives the window another size. */
  public void resize(int rows, int columns) {
    boolean other = now.rows() != rows || now.columns() != columns;
    if (isOpen() && other) {
      commands.accept(new Command.ResizeTerminal(id, rows, columns));
    }
  }
}
