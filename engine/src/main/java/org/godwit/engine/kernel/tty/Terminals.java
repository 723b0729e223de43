package org.godwit.engine.kernel.tty;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.godwit.engine.state.Walk;

/**
 * The terminals of one node. What a session's terminal shows leaves each 10 ms of virtual time, at
 * most {@link Screen#LIMIT} bytes at once, and goes into the recording for good. So a program that
 * floods it is held back: after {@value #BURST} bytes to {@value #STEADY} a second, more than a
 * person can read.
 */
public final class Terminals {
  private static final long SHOW_EVERY_NANOS = 10_000_000L;

  /** How often a terminal shows something that is held back. */
  private static final long FLOODED_NANOS = 100_000_000L;

  /** Bytes that a terminal may show at full speed after a long silence. */
  static final int BURST = 512 * 1024;

  /** Bytes a second that it may show for ever. */
  static final int STEADY = 16 * 1024;

  private final TreeMap<Integer, Terminal> terminals = new TreeMap<>();
  private final LongSupplier clock;
  private JobPort jobs = JobPort.NONE;
  private TerminalSink sink = TerminalSink.NOWHERE;
  private IntConsumer gone = number -> {};

  /** No terminals yet; {@code clock} tells virtual time. */
  public Terminals(LongSupplier clock) {
    this.clock = clock;
  }

  /** Whom it asks about processes. */
  public JobPort jobs() {
    return jobs;
  }

  /** Tells whom to ask about processes. */
  public void jobs(JobPort port) {
    jobs = port;
  }

  /** Tells where terminals of the session show. */
  public void sink(TerminalSink port) {
    sink = port;
  }

  /** Tells who removes the device of a terminal that is gone. */
  public void whenGone(IntConsumer remove) {
    gone = remove;
  }

  /** All, by number. */
  public Collection<Terminal> all() {
    return Collections.unmodifiableCollection(terminals.values());
  }

  /** Terminal N, or null. */
  public Terminal get(int number) {
    return terminals.get(number);
  }

  /** The session's terminal of that name, or null. */
  public Terminal named(String name) {
    for (Terminal each : terminals.values()) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    return null;
  }

  /** The controlling terminal of a session, or null. */
  public Terminal of(int session) {
    for (Terminal each : terminals.values()) {
      if (session != 0 && each.session() == session) {
        return each;
      }
    }
    return null;
  }

  /** A new pair whose master a program holds; locked until it unlocks it. */
  public Terminal open() {
    Terminal terminal = new Terminal(freeNumber(), this);
    terminal.locked(true);
    terminals.put(terminal.number(), terminal);
    return terminal;
  }

  /** A new pair whose master is the session. */
  public Terminal open(String name, int rows, int columns) {
    Terminal terminal = new Terminal(freeNumber(), this);
    terminal.belongsToSession(name);
    terminal.resize(rows, columns, 0, 0);
    terminals.put(terminal.number(), terminal);
    return terminal;
  }

  /** Forgets a terminal on which nothing could be started. */
  public void abandon(Terminal terminal) {
    terminals.remove(terminal.number());
    gone.accept(terminal.number());
  }

  private int freeNumber() {
    int number = 0;
    while (terminals.containsKey(number)) {
      number++;
    }
    return number;
  }

  /** Something happened to a terminal: plans what it shows, or lets it go. */
  void changed(Terminal terminal) {
    if (terminal.name().isEmpty()) {
      letGo(terminal);
    } else if (terminal.showsNanos == Long.MAX_VALUE
        && (terminal.unread() > 0 || terminal.over())) {
      long now = clock.getAsLong();
      long every = terminal.credit >= Screen.LIMIT ? SHOW_EVERY_NANOS : FLOODED_NANOS;
      terminal.showsNanos = now - Math.floorMod(now, every) + every;
    }
  }

  private void letGo(Terminal terminal) {
    if (terminal.over() && !terminal.announced) {
      terminal.announced = true;
      gone.accept(terminal.number());
      terminal.hangUp();
      if (!terminal.name().isEmpty()) {
        sink.closed(terminal.name());
      }
    }
    if (terminal.forgettable()) {
      terminals.remove(terminal.number());
    }
  }

  /** When {@link #tick} is to be called next. */
  public long deadlineNanos() {
    long next = Long.MAX_VALUE;
    for (Terminal each : terminals.values()) {
      next = Math.min(next, each.showsNanos);
    }
    return next;
  }

  /** Shows what is due. */
  public void tick(long now) {
    List<Terminal> due = new ArrayList<>(terminals.values());
    for (Terminal each : due) {
      if (each.showsNanos <= now) {
        show(each);
      }
    }
  }

  private void show(Terminal terminal) {
    terminal.showsNanos = Long.MAX_VALUE;
    terminal.earn(clock.getAsLong(), STEADY, BURST);
    int most = Math.min(Screen.LIMIT, terminal.credit);
    byte[] bytes = new byte[Math.min(most, terminal.unread())];
    terminal.credit -= bytes.length;
    if (bytes.length > 0) {
      terminal.masterRead(bytes, 0, bytes.length);
      sink.shows(terminal.name(), bytes);
    }
    if (terminal.unread() > 0) {
      changed(terminal);
    } else {
      letGo(terminal);
    }
  }

  /** Every field of every terminal. */
  public void walk(Walk walk) {
    int count = walk.count("terminals", terminals.size());
    Integer[] numbers = terminals.keySet().toArray(Integer[]::new);
    for (int i = 0; i < count; i++) {
      int number = walk.i32("terminal", walk.reading() ? 0 : numbers[i]);
      if (walk.reading()) {
        terminals.put(number, new Terminal(number, this));
      }
      terminals.get(number).walk(walk);
    }
  }
}
