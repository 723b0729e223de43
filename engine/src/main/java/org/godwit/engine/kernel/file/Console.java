package org.godwit.engine.kernel.file;

import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.kernel.net.ByteQueue;
import org.godwit.engine.state.Walk;

/**
 * What a launched program sees as its standard input and output: output leaves through a sink,
 * input waits in a buffer until it is read. Has no line discipline; whoever feeds a terminal feeds
 * lines.
 */
public final class Console {
  private final int id;
  private ConsoleSink sink;
  private final ByteQueue input = new ByteQueue(Integer.MAX_VALUE);
  private boolean ended;
  private boolean terminal;
  private int rows = 24;
  private int columns = 80;
  private int foreground;
  final WaitChannel readable = new WaitChannel();

  Console(int id, ConsoleSink sink, boolean terminal) {
    this.id = id;
    this.sink = sink;
    this.terminal = terminal;
  }

  /** Its number on the node. */
  public int id() {
    return id;
  }

  /** Whether isatty(3) is true of it. */
  public boolean terminal() {
    return terminal;
  }

  /** Adds input. */
  public void feed(byte[] data) {
    input.put(data, 0, data.length);
    readable.wake();
  }

  /** No more input will come: reads give 0 once the buffer is empty. */
  public void end() {
    ended = true;
    readable.wake();
  }

  /** Size of the window, as TIOCGWINSZ gives it. */
  public void size(int newRows, int newColumns) {
    rows = newRows;
    columns = newColumns;
  }

  /** The process group that the terminal's signals go to; 0 if none was set. */
  public int foreground() {
    return foreground;
  }

  /** Sets the process group that the terminal's signals go to. */
  public void foreground(int processGroup) {
    foreground = processGroup;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  void sink(ConsoleSink newSink) {
    sink = newSink;
  }

  void write(int descriptorKind, byte[] data) {
    sink.write(descriptorKind, data);
  }

  int available() {
    return input.size();
  }

  boolean ready() {
    return ended || input.size() > 0;
  }

  int read(byte[] into, int from, int count) {
    if (input.size() == 0 && count > 0) {
      return ended ? 0 : -Errno.EAGAIN;
    }
    return input.take(into, from, count);
  }

  /** All but the sink, which is a port. */
  void walk(Walk walk) {
    input.walk(walk);
    ended = walk.flag("ended", ended);
    terminal = walk.flag("terminal", terminal);
    rows = walk.i32("rows", rows);
    columns = walk.i32("columns", columns);
    foreground = walk.i32("foreground", foreground);
  }
}
