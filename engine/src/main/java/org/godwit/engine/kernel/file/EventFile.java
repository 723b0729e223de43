package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.state.Walk;

/** A counter to wait on: eventfd(2). As an unsigned number it never passes 2^64 − 2. */
final class EventFile extends OpenFile {
  private static final long MOST = -2L;

  private long counter;
  private boolean semaphore;
  private final WaitChannel readable = new WaitChannel();
  private final WaitChannel writable = new WaitChannel();

  EventFile(NodeFiles node, int flags, long counter, boolean semaphore) {
    super(node, flags);
    this.counter = counter;
    this.semaphore = semaphore;
  }

  @Override
  Kind kind() {
    return Kind.EVENT;
  }

  @Override
  String name() {
    return "anon_inode:[eventfd]";
  }

  @Override
  FileStatus status() {
    return FileStatus.anonymous(id, 0600, node.calendarNanos());
  }

  @Override
  int read(byte[] into, int from, int count) {
    if (count < Long.BYTES) {
      return -Errno.EINVAL;
    }
    if (counter == 0) {
      return -Errno.EAGAIN;
    }
    long taken = semaphore ? 1 : counter;
    counter -= taken;
    ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN).putLong(from, taken);
    writable.wake();
    return Long.BYTES;
  }

  @Override
  int write(FileContext by, byte[] data, int from, int count) {
    if (count < Long.BYTES) {
      return -Errno.EINVAL;
    }
    long added = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getLong(from);
    if (added == -1) {
      return -Errno.EINVAL;
    }
    if (Long.compareUnsigned(added, MOST - counter) > 0) {
      return -Errno.EAGAIN;
    }
    counter += added;
    readable.wake();
    return Long.BYTES;
  }

  /** There is no place to go to, but no error either. */
  @Override
  long seek(long offset, int whence) {
    return 0;
  }

  @Override
  int poll() {
    int in = counter != 0 ? PollMask.IN | PollMask.RDNORM : 0;
    return in | (counter != MOST ? PollMask.OUT | PollMask.WRNORM : 0);
  }

  @Override
  WaitChannel readable() {
    return readable;
  }

  @Override
  WaitChannel writable() {
    return writable;
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    counter = walk.i64("counter", counter);
    semaphore = walk.flag("semaphore", semaphore);
  }
}
