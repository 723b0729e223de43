package org.godwit.engine.kernel.file;

import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.kernel.net.ByteQueue;
import org.godwit.engine.state.Walk;

/**
 * What a launched program sees as its standard input and output: output leaves through a sink,
 * input waits in a buffer until it is read. No terminal: those are in the tty package.
 *
 * <p>Output is recorded for good, so it is bounded as a disk is: beyond {@value #ROOM} bytes, of
 * which each write takes {@value #EACH} for itself, writes fail with ENOSPC.
 */
public final class Console {
  /** Kind of a descriptor on which results are written; 2 is for errors. */
  static final int OUTPUT = 1;

  static final long ROOM = 64 << 20;

  static final int EACH = 64;

  private final int id;
  private long written;
  private ConsoleSink sink;
  private final ByteQueue input = new ByteQueue(Integer.MAX_VALUE);
  private boolean ended;
  final WaitChannel readable = new WaitChannel();

  Console(int id, ConsoleSink sink) {
    this.id = id;
    this.sink = sink;
  }

  /** Its number on the node. */
  public int id() {
    return id;
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

  void sink(ConsoleSink newSink) {
    sink = newSink;
  }

  /** How much was taken, or −ENOSPC. */
  int write(int writer, int descriptorKind, byte[] data) {
    if (written + EACH + data.length > ROOM) {
      return -Errno.ENOSPC;
    }
    written += EACH + data.length;
    sink.write(writer, descriptorKind, data);
    return data.length;
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
    written = walk.i64("written", written);
    ended = walk.flag("ended", ended);
  }
}
