package org.godwit.app.panel.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.godwit.app.terminal.TerminalScreen;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;

/**
 * A terminal that was opened on a node, and the screen that comes of what it showed so far: up to
 * now, or up to the moment that is looked at. FX thread only.
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

  private final String id;
  private final ProcessId leader;
  private final String device;
  private final ReadOnlyObjectWrapper<State> state =
      new ReadOnlyObjectWrapper<>(this, "state", State.OPEN);
  private final ReadOnlyObjectWrapper<TerminalScreen> shown =
      new ReadOnlyObjectWrapper<>(this, "shown");
  private final Consumer<Command> commands;
  private final Deque<String> outgoing = new ArrayDeque<>();
  private long openedNanos;
  private boolean answers;
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
    begin(atNanos, rows, columns);
  }

  /** It has just been opened: when one sees it, or sees it again. */
  void begin(long atNanos, int rows, int columns) {
    openedNanos = atNanos;
    status = -1;
    signal = 0;
    waiting = 0;
    outgoing.clear();
    shown.set(new TerminalScreen(rows, columns, this::answer));
    state.set(State.OPEN);
  }

  /** Whether both are the same terminal, seen at different moments. */
  boolean isSameAs(Login other) {
    return id.equals(other.id) && leader.equals(other.leader) && device.equals(other.device);
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
    return openedNanos;
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

  /** Its screen; another object when it is seen anew. */
  public ReadOnlyObjectProperty<TerminalScreen> shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /** Its screen. */
  public TerminalScreen shown() {
    return shown.get();
  }

  // ---------------------------------------------------------------------------- what happens to it

  /** It shows bytes; {@code live} says that they are news, so that a program waits for answers. */
  void shows(String bytes, boolean live) {
    answers = live;
    shown().feed(bytes.getBytes(ISO_8859_1));
    answers = false;
  }

  /** Its window has another size. */
  void resized(int rows, int columns) {
    shown().resize(rows, columns);
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
    boolean other = shown().rows() != rows || shown().columns() != columns;
    if (isOpen() && other) {
      commands.accept(new Command.ResizeTerminal(id, rows, columns));
    }
  }
}
