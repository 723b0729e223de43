package org.godwit.engine.kernel.tty;

import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.kernel.net.ByteQueue;
import org.godwit.engine.state.Walk;

/**
 * A pseudo terminal (pty(7)): the master end, at which a person, a terminal program or the session
 * sits, and the terminal end {@code /dev/pts/N} for programs. Between them the line discipline.
 */
public final class Terminal {
  /** Bytes typed ahead of the line discipline that a session's terminal keeps. */
  private static final int TYPED_AHEAD = 65_536;

  private static final int SIGHUP = 1;
  private static final int SIGCONT = 18;
  private static final int SIGWINCH = 28;

  private final int number;
  private final Terminals owner;
  private final Termios termios = new Termios();
  private final InputBuffer input = new InputBuffer();
  private final Screen screen = new Screen(termios);
  private final PacketMode packets = new PacketMode();
  private final LineDiscipline line =
      new LineDiscipline(termios, input, screen, this::signalForeground, packets);
  private final ByteQueue typed = new ByteQueue(TYPED_AHEAD);
  private String name = "";
  private int rows;
  private int columns;
  private int pixelsWide;
  private int pixelsHigh;
  private int session;
  private int foreground;
  private boolean locked;
  private boolean masterOpen = true;
  private boolean hungUp;
  private int opens;
  private boolean everOpened;

  /** Whether its end was announced. */
  boolean announced;

  /** When what it shows goes to the session next; {@link Long#MAX_VALUE} while nothing does. */
  long showsNanos = Long.MAX_VALUE;

  /** Bytes that it may show before it is held back; one of the session's only. */
  int credit = Terminals.BURST;

  private long earnedNanos;

  private final WaitChannel readable = new WaitChannel();
  private final WaitChannel writable = new WaitChannel();
  private final WaitChannel masterReadable = new WaitChannel();
  private final WaitChannel masterWritable = new WaitChannel();

  Terminal(int number, Terminals owner) {
    this.number = number;
    this.owner = owner;
  }

  /** N of {@code /dev/pts/N}. */
  public int number() {
    return number;
  }

  /** Its path on the node. */
  public String device() {
    return "/dev/pts/" + number;
  }

  /** The session's name for it; empty if a program holds the master. */
  public String name() {
    return name;
  }

  /** Its master is the session, and its keyboard sends UTF-8. */
  void belongsToSession(String terminal) {
    name = terminal;
    termios.input |= Termios.IUTF8;
  }

  /** The session whose controlling terminal it is, 0 for none. */
  public int session() {
    return session;
  }

  /** The foreground process group, 0 for none. */
  public int foreground() {
    return foreground;
  }

  /** Lines of its window. */
  public int rows() {
    return rows;
  }

  /** Characters of a line. */
  public int columns() {
    return columns;
  }

  /** Width of its window in pixels, 0 if unknown. */
  public int pixelsWide() {
    return pixelsWide;
  }

  /** Height of its window in pixels, 0 if unknown. */
  public int pixelsHigh() {
    return pixelsHigh;
  }

  /** Its settings, as struct termios. */
  public byte[] settings() {
    return termios.bytes();
  }

  /** Bytes typed that nobody has read. */
  public int waiting() {
    return typed.size() + input.size();
  }

  /** Wakes when reading at the terminal end may give another answer. */
  public WaitChannel readable() {
    return readable;
  }

  /** Wakes when writing at the terminal end may give another answer. */
  public WaitChannel writable() {
    return writable;
  }

  /** Wakes when reading at the master may give another answer. */
  public WaitChannel masterReadable() {
    return masterReadable;
  }

  /** Wakes when writing at the master may give another answer. */
  public WaitChannel masterWritable() {
    return masterWritable;
  }

  // ---------------------------------------------------------------- opening and closing

  /** Whether its terminal end may not be opened yet (unlockpt(3)). */
  public boolean locked() {
    return locked;
  }

  /** TIOCSPTLCK. */
  public void locked(boolean on) {
    locked = on;
  }

  /** Whether reads end and writes fail because the other end is gone. */
  public boolean hungUp() {
    return hungUp;
  }

  /** The terminal end was opened once more. */
  public void opened() {
    opens++;
    everOpened = true;
  }

  /** An open file of the terminal end is gone. */
  public void closed() {
    opens--;
    if (opens == 0) {
      masterReadable.wake();
      masterWritable.wake();
    }
    owner.changed(this);
  }

  /** The master is gone: hang-up. */
  public void masterClosed() {
    masterOpen = false;
    hangUp();
    owner.changed(this);
  }

  /** Ends the session on it: its processes get SIGHUP, reads end, writes fail (vhangup(2)). */
  public void hangUp() {
    if (hungUp) {
      return;
    }
    hungUp = true;
    int led = session;
    int front = foreground;
    session = 0;
    foreground = 0;
    if (led != 0) {
      jobs().signal(led, SIGHUP);
      jobs().signal(led, SIGCONT);
    }
    hangUpFor(front);
    wakeAll();
  }

  private void wakeAll() {
    readable.wake();
    writable.wake();
    masterReadable.wake();
    masterWritable.wake();
  }

  /** Whether nobody can use it any more and all it showed was seen. */
  boolean over() {
    return name.isEmpty() ? !masterOpen : (left() || !masterOpen) && unread() == 0;
  }

  /** Whether it may be forgotten. */
  boolean forgettable() {
    return over() && opens == 0;
  }

  /** Whether somebody sits at its master end. */
  public boolean masterOpen() {
    return masterOpen;
  }

  /** It becomes the controlling terminal of a session. */
  public void control(int newSession, int group) {
    session = newSession;
    foreground = group;
  }

  /**
   * The leader of its session has ended: the foreground gets SIGHUP, the terminal is free. One of
   * the session's goes with the program that was started on it.
   */
  public void leaderEnded() {
    int front = foreground;
    session = 0;
    foreground = 0;
    if (front != 0) {
      jobs().signalGroup(front, SIGHUP);
    }
    if (!name.isEmpty()) {
      masterClosed();
    }
  }

  /** The session's leader gave it up (TIOCNOTTY). */
  public void leaderLeft() {
    int front = foreground;
    session = 0;
    foreground = 0;
    hangUpFor(front);
  }

  private void hangUpFor(int group) {
    if (group != 0) {
      jobs().signalGroup(group, SIGHUP);
      jobs().signalGroup(group, SIGCONT);
    }
  }

  // ---------------------------------------------------------------- job control

  /** Sets the foreground process group (TIOCSPGRP). */
  public void foreground(int group) {
    foreground = group;
  }

  private void signalForeground(int signal) {
    if (foreground != 0) {
      jobs().signalGroup(foreground, signal);
    }
  }

  /** Whether a process of that session and group is one of its background jobs. */
  public boolean inBackground(int processSession, int group) {
    return session != 0 && session == processSession && group != foreground;
  }

  /** Whom it asks about processes. */
  public JobPort jobs() {
    return owner.jobs();
  }

  /** A new size of the window; the foreground is told if it is another (TIOCSWINSZ). */
  public void resize(int newRows, int newColumns, int newWide, int newHigh) {
    boolean changed = rows != newRows || columns != newColumns;
    changed |= pixelsWide != newWide || pixelsHigh != newHigh;
    rows = newRows;
    columns = newColumns;
    pixelsWide = newWide;
    pixelsHigh = newHigh;
    if (changed) {
      signalForeground(SIGWINCH);
    }
  }

  // ---------------------------------------------------------------- the terminal end

  /** See {@link #read}; whether it would give something, so that poll says ready. */
  public boolean ready() {
    if (hungUp) {
      return true;
    }
    if (termios.local(Termios.ICANON)) {
      return input.hasLine();
    }
    int least = termios.number(Termios.VTIME) == 0 ? Math.max(1, termios.number(Termios.VMIN)) : 1;
    return input.size() >= least;
  }

  /**
   * What a program reads: a line, or in noncanonical mode what VMIN asks for; −EAGAIN if it is not
   * there, 0 at an end of file.
   *
   * @param late whether the time that {@link #patienceNanos} gave is over
   */
  public int read(byte[] into, int from, int count, boolean late) {
    if (hungUp) {
      return 0;
    }
    if (count == 0) {
      return 0;
    }
    int moved;
    if (termios.local(Termios.ICANON)) {
      if (!input.hasLine()) {
        return -Errno.EAGAIN;
      }
      moved = input.takeLine(into, from, count);
    } else {
      int least = Math.min(termios.number(Termios.VMIN), count);
      if (!late && input.size() < least || least == 0 && input.size() == 0 && !late && timed()) {
        return -Errno.EAGAIN;
      }
      moved = input.take(into, from, count);
    }
    feed();
    masterWritable.wake();
    return moved;
  }

  private boolean timed() {
    return termios.number(Termios.VTIME) > 0;
  }

  /**
   * How long a read may wait in noncanonical mode: VTIME tenths of a second, with VMIN only once a
   * byte is there; {@link Long#MAX_VALUE} for ever. Linux starts the time anew with each byte.
   */
  public long patienceNanos() {
    boolean counts =
        !termios.local(Termios.ICANON)
            && timed()
            && (termios.number(Termios.VMIN) == 0 || input.size() > 0);
    return counts ? termios.number(Termios.VTIME) * 100_000_000L : Long.MAX_VALUE;
  }

  /** What a program writes; how much was taken, −EAGAIN for nothing. */
  public int write(byte[] data, int from, int count) {
    if (hungUp) {
      return -Errno.EIO;
    }
    if (count == 0) {
      return 0;
    }
    if (line.held()) {
      return -Errno.EAGAIN;
    }
    int done = screen.write(data, from, count);
    if (done > 0) {
      masterReadable.wake();
      owner.changed(this);
    }
    return done == 0 ? -Errno.EAGAIN : done;
  }

  /** Whether a write would take something. */
  public boolean hasRoom() {
    return hungUp || !line.held() && screen.room() >= 8;
  }

  /** Bytes that a read would give. */
  public int available() {
    return termios.local(Termios.ICANON) ? input.lineBytes() : input.size();
  }

  /** Bytes that the master has not read yet (TIOCOUTQ). */
  public int unread() {
    return screen.queue().size();
  }

  /** Whether an answer of background jobs that write is asked for (TOSTOP). */
  public boolean stopsWriters() {
    return termios.local(Termios.TOSTOP);
  }

  /** New settings (tcsetattr(3)); what was typed is kept or, with {@code flush}, dropped. */
  public void settings(byte[] bytes, boolean flush) {
    boolean before = termios.local(Termios.ICANON);
    boolean usual = termios.usualFlow();
    if (flush) {
      flushInput();
      packets.note(PacketMode.FLUSHED_INPUT);
    }
    termios.set(bytes);
    if (usual != termios.usualFlow()) {
      packets.flow(!usual);
    }
    boolean now = termios.local(Termios.ICANON);
    if (before && !now) {
      input.completeAll();
    } else if (!before && now) {
      input.completeHere();
    }
    if (!termios.input(Termios.IXON)) {
      line.hold(false);
    }
    wakeAll();
  }

  /** A program at the terminal end drops what was typed, or what was written (tcflush(3)). */
  public void flush(boolean typedToo, boolean writtenToo) {
    if (typedToo) {
      flushInput();
      packets.note(PacketMode.FLUSHED_INPUT);
    }
    if (writtenToo) {
      flushOutput();
      packets.note(PacketMode.FLUSHED_OUTPUT);
    }
    masterReadable.wake();
  }

  /** A byte as if it had been typed (TIOCSTI); lost where there is no room. */
  public void simulate(byte b) {
    if (line.ready()) {
      receive(b);
    }
  }

  /** Whether reads at the master end begin with a byte that tells (TIOCGPKT). */
  public boolean packets() {
    return packets.isOn();
  }

  /** Switches that (TIOCPKT). */
  public void packets(boolean on) {
    packets.on(on);
  }

  /** Whether the master end is told something other than data next. */
  public boolean hasNews() {
    return packets.hasNews();
  }

  /** Drops what was typed and not read. */
  public void flushInput() {
    input.clear();
    typed.clear();
    masterWritable.wake();
  }

  /** Drops what was written and not shown. */
  public void flushOutput() {
    screen.queue().drop(unread());
    writable.wake();
  }

  /** Stops output or lets it go on (tcflow(3)). */
  public void hold(boolean on) {
    line.hold(on);
    masterReadable.wake();
    if (!on) {
      writable.wake();
    }
  }

  // ---------------------------------------------------------------- the master end

  /** Keys of the session's; false if there is no room for them. */
  public boolean type(byte[] keys) {
    if (typed.room() < keys.length) {
      return false;
    }
    typed.put(keys, 0, keys.length);
    feed();
    return true;
  }

  private void feed() {
    byte[] one = new byte[1];
    while (typed.size() > 0 && line.ready()) {
      typed.take(one, 0, 1);
      receive(one[0]);
    }
  }

  private void receive(byte b) {
    boolean held = line.held();
    line.receive(b & 0xff);
    if (held && !line.held()) {
      writable.wake();
    }
    if (ready() || !termios.local(Termios.ICANON)) {
      readable.wake();
    }
    if (unread() > 0 || packets.hasNews()) {
      masterReadable.wake();
      owner.changed(this);
    }
  }

  /** What a program that holds the master types; how much was taken, −EAGAIN for nothing. */
  public int masterWrite(byte[] data, int from, int count) {
    if (everOpened && opens == 0) {
      return -Errno.EIO;
    }
    int done = 0;
    while (done < count && line.ready()) {
      receive(data[from + done++]);
    }
    return done == 0 && count > 0 ? -Errno.EAGAIN : done;
  }

  /** Whether {@link #masterWrite} would take something. */
  public boolean masterHasRoom() {
    return line.ready();
  }

  /** What a program that holds the master sees; −EAGAIN if nothing, −EIO when all have left. */
  public int masterRead(byte[] into, int from, int count) {
    if (count > 0 && packets.hasNews()) {
      into[from] = (byte) packets.takeNews();
      return 1;
    }
    int head = packets.isOn() && count > 0 && unread() > 0 ? 1 : 0;
    int moved = screen.queue().take(into, from + head, count - head);
    if (head > 0) {
      into[from] = 0;
    }
    if (moved + head > 0) {
      writable.wake();
      return moved + head;
    }
    return everOpened && opens == 0 ? -Errno.EIO : count == 0 ? 0 : -Errno.EAGAIN;
  }

  /** Whether {@link #masterRead} would give something. */
  public boolean masterReady() {
    return screen.queue().size() > 0 || packets.hasNews();
  }

  /** Whether no program has the terminal end open any more. */
  public boolean left() {
    return everOpened && opens == 0;
  }

  /** Credit grows with time, by so many bytes a second, up to a bound. */
  void earn(long now, int bytesPerSecond, int most) {
    long bytes = Math.min(most, (now - earnedNanos) / 1_000_000 * bytesPerSecond / 1000);
    if (bytes > 0) {
      credit = (int) Math.min(most, credit + bytes);
      earnedNanos = now;
    }
  }

  /** Every field. */
  void walk(Walk walk) {
    termios.walk(walk);
    input.walk(walk);
    screen.walk(walk);
    line.walk(walk);
    packets.walk(walk);
    typed.walk(walk);
    name = walk.text("name", name);
    rows = walk.i32("rows", rows);
    columns = walk.i32("columns", columns);
    pixelsWide = walk.i32("wide", pixelsWide);
    pixelsHigh = walk.i32("high", pixelsHigh);
    session = walk.i32("session", session);
    foreground = walk.i32("foreground", foreground);
    locked = walk.flag("locked", locked);
    masterOpen = walk.flag("masterOpen", masterOpen);
    hungUp = walk.flag("hungUp", hungUp);
    opens = walk.i32("opens", opens);
    everOpened = walk.flag("everOpened", everOpened);
    announced = walk.flag("announced", announced);
    showsNanos = walk.i64("shows", showsNanos);
    credit = walk.i32("credit", credit);
    earnedNanos = walk.i64("earned", earnedNanos);
  }
}
