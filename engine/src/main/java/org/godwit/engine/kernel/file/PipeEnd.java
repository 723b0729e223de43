package org.godwit.engine.kernel.file;

import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.state.Walk;

/** One open end of a pipe, or a FIFO opened for both. */
final class PipeEnd extends InodeFile {
  private static final int HAD_WRITERS = -1;

  /** How often the FIFO had been opened for writing when this was opened without a writer. */
  private int openedAt;

  PipeEnd(NodeFiles node, int flags, Fifo fifo) {
    super(node, flags, fifo);
    if (fifo != null) {
      openedAt = fifo.hasWriters() ? HAD_WRITERS : fifo.writerOpens();
      fifo.join(canRead(), canWrite());
    }
  }

  Fifo fifo() {
    return (Fifo) inode();
  }

  @Override
  Kind kind() {
    return Kind.PIPE;
  }

  @Override
  String name() {
    return fifo().links > 0 ? super.name() : "pipe:[" + fifo().number + "]";
  }

  @Override
  int read(byte[] into, int from, int count) {
    return fifo().read(into, from, count);
  }

  /**
   * A part of a larger write is not atomic: the handler says so by asking for more than PIPE_BUF.
   */
  @Override
  int write(FileContext by, byte[] data, int from, int count) {
    return fifo().write(data, from, count, data.length <= Fifo.ATOMIC);
  }

  @Override
  int available() {
    return fifo().available();
  }

  @Override
  int poll() {
    int mask = 0;
    if (canRead()) {
      mask |= fifo().available() > 0 ? PollMask.IN | PollMask.RDNORM : 0;
      // Without a writer since it was opened it is not hung up yet.
      boolean hadWriters = fifo().writerOpens() != openedAt;
      mask |= !fifo().hasWriters() && hadWriters ? PollMask.HUP : 0;
    }
    if (canWrite()) {
      mask |= fifo().room() >= Fifo.ATOMIC ? PollMask.OUT | PollMask.WRNORM : 0;
      mask |= fifo().hasReaders() ? 0 : PollMask.ERR;
    }
    return mask;
  }

  @Override
  WaitChannel readable() {
    return fifo().readable;
  }

  @Override
  WaitChannel writable() {
    return fifo().writable;
  }

  @Override
  void close() {
    fifo().leave(canRead(), canWrite());
    super.close();
  }

  @Override
  int resize(FileContext by, long size) {
    return Errno.EINVAL;
  }

  @Override
  void walk(Walk walk) {
    openedAt = walk.i32("openedAt", openedAt);
    super.walk(walk); // Readers and writers are counted in the FIFO's own walk.
  }
}
