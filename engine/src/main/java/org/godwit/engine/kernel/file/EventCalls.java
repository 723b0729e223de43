package org.godwit.engine.kernel.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/**
 * Things to wait on that are no files: epoll(7), eventfd(2), timerfd_create(2), signalfd(2). Left
 * out: EPOLLEXCLUSIVE and EPOLLWAKEUP have no effect; a settable clock, hence
 * TFD_TIMER_CANCEL_ON_SET.
 */
final class EventCalls {
  private static final int EFD_SEMAPHORE = 1;
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;
  private static final int EPOLL_CTL_MOD = 3;

  /** Most interests of one set, where Linux has a share of the RAM. */
  private static final int MOST_INTERESTS = 65_536;

  /** What may go with EPOLLEXCLUSIVE (EPOLLEXCLUSIVE_OK_BITS). */
  private static final int WITH_EXCLUSIVE =
      PollMask.IN | PollMask.OUT | PollMask.ERR | PollMask.HUP | EpollFile.OPTIONS & ~(1 << 30);

  private static final int TFD_TIMER_ABSTIME = 1;
  private static final int TFD_TIMER_CANCEL_ON_SET = 2;
  private static final int CLOCK_REALTIME = 0;
  private static final List<Integer> CLOCKS = List.of(CLOCK_REALTIME, 1, 7);
  private static final List<Integer> ALARM_CLOCKS = List.of(8, 9);
  private static final int REALTIME_ALARM = 8;
  private static final long SECOND = 1_000_000_000L;

  /** SIGKILL and SIGSTOP, which nobody can wait for. */
  private static final long NEVER = 1L << 8 | 1L << 18;

  private EventCalls() {}

  /** Opens a new file of this kind, whose descriptor is the answer. */
  private static Outcome open(FileContext ctx, OpenFile made, int flags) {
    ctx.node().register(made);
    return Outcome.done(ctx.install(made, (flags & OpenFlags.CLOSE_ON_EXEC) != 0));
  }

  static Outcome eventfd2(FileContext ctx, Call call) {
    int flags = call.integer(1);
    int known = EFD_SEMAPHORE | OpenFlags.CLOSE_ON_EXEC | OpenFlags.NONBLOCK;
    if ((flags & ~known) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    if (!ctx.node().hasRoom()) {
      return Outcome.error(Errno.ENFILE);
    }
    int kept = OpenFlags.READ_WRITE | flags & OpenFlags.NONBLOCK;
    long start = call.scalar(0) & 0xffff_ffffL;
    return open(ctx, new EventFile(ctx.node(), kept, start, (flags & EFD_SEMAPHORE) != 0), flags);
  }

  // ---------------------------------------------------------------- epoll

  static Outcome epollCreate(FileContext ctx, Call call) {
    int flags = call.integer(0);
    if ((flags & ~OpenFlags.CLOSE_ON_EXEC) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    return ctx.node().hasRoom()
        ? open(ctx, new EpollFile(ctx.node()), flags)
        : Outcome.error(Errno.ENFILE);
  }

  static Outcome epollCtl(FileContext ctx, Call call) {
    int operation = call.integer(1);
    int fd = call.integer(2);
    boolean deletes = operation == EPOLL_CTL_DEL;
    if (!deletes && call.in(3) == null) {
      return Outcome.error(Errno.EFAULT);
    }
    OpenFile set = ctx.file(call.integer(0));
    OpenFile file = ctx.file(fd);
    if (set == null || file == null) {
      return Outcome.error(Errno.EBADF);
    }
    if (!file.canBeWatched()) {
      return Outcome.error(Errno.EPERM);
    }
    if (set == file || !(set instanceof EpollFile epoll)) {
      return Outcome.error(Errno.EINVAL);
    }
    if (file.asksBody() && !ctx.bodyHere()) {
      return Outcome.comeHome();
    }
    ByteBuffer event =
        ByteBuffer.wrap(deletes ? new byte[EpollFile.EVENT_BYTES] : call.in(3))
            .order(ByteOrder.LITTLE_ENDIAN);
    int events = event.getInt(0);
    long data = event.getLong(8);
    boolean exclusive = (events & EpollFile.EXCLUSIVE) != 0;
    if (exclusive
        && (operation == EPOLL_CTL_MOD
            || file instanceof EpollFile
            || (events & ~WITH_EXCLUSIVE) != 0)) {
      return Outcome.error(Errno.EINVAL);
    }
    EpollFile.Interest interest = epoll.find(fd, file);
    return Outcome.error(
        switch (operation) {
          case EPOLL_CTL_ADD -> {
            int errno = interest != null ? Errno.EEXIST : mayAdd(epoll, file);
            if (errno == 0) {
              epoll.add(fd, file, events, data, ctx, call.tid());
            }
            yield errno;
          }
          case EPOLL_CTL_MOD -> {
            if (interest == null) {
              yield Errno.ENOENT;
            }
            if ((interest.events() & EpollFile.EXCLUSIVE) != 0) {
              yield Errno.EINVAL;
            }
            epoll.change(interest, events, data, ctx, call.tid());
            yield 0;
          }
          case EPOLL_CTL_DEL -> {
            if (interest == null) {
              yield Errno.ENOENT;
            }
            epoll.remove(interest);
            yield 0;
          }
          default -> Errno.EINVAL;
        });
  }

  private static int mayAdd(EpollFile epoll, OpenFile file) {
    if (epoll.size() >= MOST_INTERESTS) {
      return Errno.ENOSPC;
    }
    if (file instanceof EpollFile inner) {
      boolean deep = epoll.height() + 1 + inner.depth() >= EpollFile.MOST_NESTED;
      return inner.contains(epoll) || deep ? Errno.ELOOP : 0;
    }
    return 0;
  }

  /** epoll_pwait(2): the time limit is in milliseconds, negative for none. */
  static Outcome epollWait(FileContext ctx, Call call) {
    int millis = call.integer(3);
    long deadline = millis < 0 ? Long.MAX_VALUE : call.startedNanos + millis * (SECOND / 1000);
    return wait(ctx, call, deadline);
  }

  /** epoll_pwait2(2): the time limit is a timespec. */
  static Outcome epollWait2(FileContext ctx, Call call) {
    return wait(ctx, call, PollCalls.deadline(call, 3));
  }

  private static Outcome wait(FileContext ctx, Call call, long deadline) {
    int most = call.integer(2);
    if (deadline < 0 || most <= 0) {
      return Outcome.error(Errno.EINVAL);
    }
    if (call.isNull(1)) {
      return Outcome.error(Errno.EFAULT);
    }
    OpenFile file = ctx.file(call.integer(0));
    if (file == null) {
      return Outcome.error(Errno.EBADF);
    }
    if (!(file instanceof EpollFile epoll)) {
      return Outcome.error(Errno.EINVAL);
    }
    if (epoll.asksBody() && !ctx.bodyHere()) {
      return Outcome.comeHome();
    }
    byte[] events = epoll.take(call.capacity(1) / EpollFile.EVENT_BYTES, ctx, call.tid());
    if (events.length == 0 && ctx.node().nanos() < deadline) {
      return new Outcome.Wait(List.of(epoll.readable()), deadline);
    }
    call.out(1, events);
    return Outcome.done(events.length / EpollFile.EVENT_BYTES);
  }

  // ---------------------------------------------------------------- timerfd

  static Outcome timerfdCreate(FileContext ctx, Call call) {
    int clock = call.integer(0);
    int flags = call.integer(1);
    boolean known = CLOCKS.contains(clock) || ALARM_CLOCKS.contains(clock);
    if (!known || (flags & ~(OpenFlags.CLOSE_ON_EXEC | OpenFlags.NONBLOCK)) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    if (ALARM_CLOCKS.contains(clock) && !ctx.credentials().privileged()) {
      return Outcome.error(Errno.EPERM);
    }
    if (!ctx.node().hasRoom()) {
      return Outcome.error(Errno.ENFILE);
    }
    int kept = OpenFlags.READ_WRITE | flags & OpenFlags.NONBLOCK;
    return open(ctx, new TimerFile(ctx.node(), kept, clock), flags);
  }

  static Outcome timerfdSettime(FileContext ctx, Call call) {
    int flags = call.integer(1);
    long interval = span(call.in(2), 0);
    long value = span(call.in(2), 16);
    if ((flags & ~(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)) != 0
        || interval < 0
        || value < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    OpenFile file = ctx.file(call.integer(0));
    if (!(file instanceof TimerFile timer)) {
      return Outcome.error(file == null ? Errno.EBADF : Errno.EINVAL);
    }
    call.out(3, left(timer));
    boolean calendar = timer.clock() == CLOCK_REALTIME || timer.clock() == REALTIME_ALARM;
    long start = calendar ? ctx.node().ports().epochNanos() : 0;
    boolean absolute = (flags & TFD_TIMER_ABSTIME) != 0;
    long due = absolute ? Math.max(0, value - start) : ctx.node().nanos() + value;
    timer.set(value == 0 ? Long.MAX_VALUE : due, interval);
    return Outcome.done(0);
  }

  static Outcome timerfdGettime(FileContext ctx, Call call) {
    OpenFile file = ctx.file(call.integer(0));
    if (!(file instanceof TimerFile timer)) {
      return Outcome.error(file == null ? Errno.EBADF : Errno.EINVAL);
    }
    call.out(1, left(timer));
    return Outcome.done(0);
  }

  /** A timespec as nanoseconds, half of all time at most; −1 for nonsense. */
  private static long span(byte[] bytes, int at) {
    ByteBuffer time = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long seconds = time.getLong(at);
    long nanos = time.getLong(at + Long.BYTES);
    if (seconds < 0 || nanos < 0 || nanos >= SECOND) {
      return -1;
    }
    return Math.min(seconds, Long.MAX_VALUE / 2 / SECOND - 1) * SECOND + nanos;
  }

  /** struct itimerspec: interval and time left. */
  private static byte[] left(TimerFile timer) {
    long left = timer.leftNanos();
    return ByteBuffer.allocate(4 * Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(timer.intervalNanos() / SECOND)
        .putLong(timer.intervalNanos() % SECOND)
        .putLong(left / SECOND)
        .putLong(left % SECOND)
        .array();
  }

  // ---------------------------------------------------------------- signalfd

  static Outcome signalfd4(FileContext ctx, Call call) {
    int fd = call.integer(0);
    int flags = call.integer(3);
    if (call.scalar(2) != Long.BYTES
        || call.in(1).length < Long.BYTES
        || (flags & ~(OpenFlags.CLOSE_ON_EXEC | OpenFlags.NONBLOCK)) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    long wanted = ByteBuffer.wrap(call.in(1)).order(ByteOrder.LITTLE_ENDIAN).getLong() & ~NEVER;
    if (fd != -1) {
      OpenFile file = ctx.file(fd);
      if (!(file instanceof SignalFile signals)) {
        return Outcome.error(file == null ? Errno.EBADF : Errno.EINVAL);
      }
      signals.wanted(wanted);
      return Outcome.done(fd);
    }
    if (!ctx.node().hasRoom()) {
      return Outcome.error(Errno.ENFILE);
    }
    int kept = OpenFlags.READ_WRITE | flags & OpenFlags.NONBLOCK;
    return open(ctx, new SignalFile(ctx.node(), kept, wanted), flags);
  }
}
