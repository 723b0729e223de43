package org.godwit.engine.kernel.file;

import java.util.TreeSet;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.kernel.net.ByteQueue;
import org.godwit.engine.state.Walk;

/**
 * A pipe, with a name or without (pipe(7), fifo(7)): 64 KiB between writers and readers. A write of
 * at most {@link #ATOMIC} bytes goes in whole or not at all. The capacity is exact in bytes, where
 * Linux counts page slots.
 */
final class Fifo extends Inode {
  /** PIPE_BUF. */
  static final int ATOMIC = 4096;

  static final int CAPACITY = 65_536;
  static final int MOST_CAPACITY = 1 << 20;

  private final ByteQueue queue = new ByteQueue(CAPACITY);
  final WaitChannel readable = new WaitChannel();
  final WaitChannel writable = new WaitChannel();
  private int readers;
  private int writers;

  /**
   * How often it was ever opened for reading and for writing: what a blocked open waits to change.
   */
  private int readerOpens;

  private int writerOpens;

  /** Tasks that are blocked in open(2) for reading and for writing. */
  private final TreeSet<Integer> openingReaders = new TreeSet<>();

  private final TreeSet<Integer> openingWriters = new TreeSet<>();

  Fifo(NodeFiles node, int permissions) {
    super(node, permissions);
  }

  @Override
  int type() {
    return FileMode.FIFO;
  }

  int available() {
    return queue.size();
  }

  int room() {
    return queue.room();
  }

  int capacity() {
    return queue.limit();
  }

  /** F_SETPIPE_SZ: a power of two of at least a page; the new capacity or a negative errno. */
  int capacity(int bytes) {
    if (bytes < 0) {
      return -Errno.EINVAL;
    }
    if (bytes > MOST_CAPACITY) {
      return -Errno.EPERM;
    }
    int rounded = Math.max(ATOMIC, Integer.highestOneBit(Math.max(1, bytes - 1)) << 1);
    if (rounded < queue.size()) {
      return -Errno.EBUSY;
    }
    queue.limit(rounded);
    writable.wake();
    return rounded;
  }

  /** Whether somebody reads, or waits in open to read: that counts too, as in Linux. */
  boolean hasReaders() {
    return readers > 0 || !openingReaders.isEmpty();
  }

  boolean hasWriters() {
    return writers > 0 || !openingWriters.isEmpty();
  }

  int readerOpens() {
    return readerOpens;
  }

  int writerOpens() {
    return writerOpens;
  }

  /** Task {@code tid} blocks in open. */
  void opening(int tid, boolean reading) {
    (reading ? openingReaders : openingWriters).add(tid);
    (reading ? writable : readable).wake();
  }

  /** Task {@code tid} no longer blocks in open. */
  void opened(int tid) {
    if (openingReaders.remove(tid) && !hasReaders()) {
      writable.wake();
    }
    if (openingWriters.remove(tid) && !hasWriters()) {
      readable.wake();
    }
    clearIfDeserted();
  }

  /** What nobody can read or add to any longer is gone. */
  private void clearIfDeserted() {
    if (!hasReaders() && !hasWriters()) {
      node.buffers().give(queue.size());
      queue.clear();
    }
  }

  void join(boolean reads, boolean writes) {
    if (reads) {
      readers++;
      readerOpens++;
      writable.wake();
    }
    if (writes) {
      writers++;
      writerOpens++;
      readable.wake();
    }
  }

  void leave(boolean reads, boolean writes) {
    readers -= reads ? 1 : 0;
    writers -= writes ? 1 : 0;
    if (!hasReaders()) {
      writable.wake();
    }
    if (!hasWriters()) {
      readable.wake();
    }
    clearIfDeserted();
  }

  /** Bytes read, 0 at the end of input, or −EAGAIN. */
  int read(byte[] into, int from, int count) {
    if (count == 0) {
      return 0;
    }
    if (queue.size() == 0) {
      return !hasWriters() ? 0 : -Errno.EAGAIN;
    }
    int taken = queue.peek(into, from, count);
    drop(taken);
    return taken;
  }

  /** Copies up to {@code count} bytes that a read would give; 0 if there are none. */
  int peek(byte[] into, int from, int count) {
    return queue.peek(into, from, count);
  }

  /** Removes {@code count} bytes that were seen by {@link #peek}. */
  void drop(int count) {
    boolean wasFull = queue.room() < ATOMIC;
    queue.drop(count);
    node.buffers().give(count);
    accessedNanos = node.calendarNanos();
    if (wasFull) {
      writable.wake();
    } else {
      writable.wakeWaiters();
    }
  }

  /**
   * Bytes written, −EPIPE, −EAGAIN, or −ENOMEM if the node's RAM is full.
   *
   * @param atomic whether the write must go in whole
   */
  int write(byte[] data, int from, int count, boolean atomic) {
    if (count == 0) {
      return 0; // Even without readers.
    }
    if (!hasReaders()) {
      return -Errno.EPIPE;
    }
    if (queue.room() <= 0 || atomic && queue.room() < count) {
      return -Errno.EAGAIN;
    }
    int fits = Math.min(count, queue.room());
    if (!node.buffers().take(fits)) {
      return -Errno.ENOMEM;
    }
    int put = queue.put(data, from, fits);
    touch();
    readable.wake();
    return put;
  }

  /**
   * Puts all of {@code data} in, whether anybody reads or not; false if there is no room for it.
   */
  boolean feed(byte[] data) {
    if (queue.room() < data.length || !node.buffers().take(data.length)) {
      return false;
    }
    queue.put(data, 0, data.length);
    touch();
    readable.wake();
    return true;
  }

  @Override
  OpenFile open(int flags, int pid) {
    return new PipeEnd(node, flags, this);
  }

  @Override
  FileStatus status() {
    FileStatus own = super.status();
    if (links > 0) {
      return own;
    }
    return new FileStatus(
        FileStatus.ANONYMOUS_DEVICE,
        number,
        mode(),
        1,
        uid,
        gid,
        0,
        0,
        0,
        accessedNanos,
        modifiedNanos,
        changedNanos);
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    queue.walk(walk);
    if (walk.reading()) {
      node.buffers().recharge(queue.size());
    }
    readers = walk.i32("readers", readers);
    writers = walk.i32("writers", writers);
    readerOpens = walk.i32("readerOpens", readerOpens);
    writerOpens = walk.i32("writerOpens", writerOpens);
    walkTids(walk, openingReaders);
    walkTids(walk, openingWriters);
  }

  private static void walkTids(Walk walk, TreeSet<Integer> tids) {
    long[] values = walk.longs("opening", tids.stream().mapToLong(Integer::longValue).toArray());
    if (walk.reading()) {
      for (long each : values) {
        tids.add((int) each);
      }
    }
  }
}
