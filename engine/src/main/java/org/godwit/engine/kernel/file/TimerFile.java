package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.WaitChannel;
import org.godwit.engine.state.Walk;

/**
 * A timer to wait on: timerfd_create(2). It tells once that it ran out; how often it has since is
 * counted when somebody reads, so that a short interval costs nothing.
 */
final class TimerFile extends OpenFile {
  private int clock;

  /** When it runs out next, virtual nanoseconds; {@link Long#MAX_VALUE} while it is disarmed. */
  private long dueNanos = Long.MAX_VALUE;

  private long intervalNanos;

  /** Expirations that were counted and not read. */
  private long ticks;

  private Runnable cancel = () -> {};
  private final WaitChannel readable = new WaitChannel();

  TimerFile(NodeFiles node, int flags, int clock) {
    super(node, flags);
    this.clock = clock;
  }

  int clock() {
    return clock;
  }

  @Override
  Kind kind() {
    return Kind.TIMER;
  }

  @Override
  String name() {
    return "anon_inode:[timerfd]";
  }

  @Override
  FileStatus status() {
    return FileStatus.anonymous(id, 0600, node.calendarNanos());
  }

  /** Arms it, or disarms it with {@link Long#MAX_VALUE}. */
  void set(long due, long interval) {
    dueNanos = due;
    intervalNanos = interval;
    ticks = 0;
    plan();
  }

  /** Time until it runs out, nanoseconds; 0 while it is disarmed or has run out for good. */
  long leftNanos() {
    count();
    return dueNanos == Long.MAX_VALUE ? 0 : dueNanos - node.nanos();
  }

  long intervalNanos() {
    return intervalNanos;
  }

  private void plan() {
    cancel.run();
    cancel = () -> {};
    if (dueNanos != Long.MAX_VALUE) {
      cancel = node.alarms().at(Math.max(dueNanos, node.nanos()), readable::wake);
    }
  }

  /** Counts what has run out by now, and looks forward to the next time. */
  private void count() {
    if (dueNanos > node.nanos()) {
      return;
    }
    if (intervalNanos == 0) {
      ticks = 1;
      dueNanos = Long.MAX_VALUE;
    } else {
      long times = (node.nanos() - dueNanos) / intervalNanos + 1;
      ticks += times;
      dueNanos += times * intervalNanos;
      plan();
    }
  }

  @Override
  int read(byte[] into, int from, int count) {
    if (count < Long.BYTES) {
      return -Errno.EINVAL;
    }
    count();
    if (ticks == 0) {
      return -Errno.EAGAIN;
    }
    ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN).putLong(from, ticks);
    ticks = 0;
    return Long.BYTES;
  }

  @Override
  int poll() {
    return ticks > 0 || dueNanos <= node.nanos() ? PollMask.IN | PollMask.RDNORM : 0;
  }

  @Override
  WaitChannel readable() {
    return readable;
  }

  @Override
  void close() {
    cancel.run();
  }

  @Override
  void walk(Walk walk) {
    super.walk(walk);
    clock = walk.i32("clock", clock);
    dueNanos = walk.i64("due", dueNanos);
    intervalNanos = walk.i64("interval", intervalNanos);
    ticks = walk.i64("ticks", ticks);
  }

  @Override
  void resume() {
    if (dueNanos > node.nanos()) {
      plan();
    }
  }
}
