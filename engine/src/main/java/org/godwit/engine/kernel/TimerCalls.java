package org.godwit.engine.kernel;

import static org.godwit.engine.kernel.Args.n;
import static org.godwit.engine.kernel.Args.out;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/**
 * setitimer(2) and timer_create(2), held by the deputy. Left out: timers on CPU time
 * (ITIMER_VIRTUAL, ITIMER_PROF and CPU clocks are EINVAL), SIGEV_THREAD_ID of another process.
 */
final class TimerCalls {
  private static final long SECOND = TimeCalls.SECOND;
  private static final int TIMER_ABSTIME = 1;
  private static final int SIGEV_SIGNAL = 0;
  private static final int SIGEV_NONE = 1;
  private static final int SIGEV_THREAD_ID = 4;
  private static final int SIGEVENT = 64;
  private static final int ITIMERSPEC = 32;

  private TimerCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.home(
            102, "getitimer", List.of(n("which"), out("value", ITIMERSPEC)), TimerCalls::getReal),
        Syscall.home(
            103,
            "setitimer",
            List.of(n("which"), Args.in("new", ITIMERSPEC), out("old", ITIMERSPEC)),
            TimerCalls::setReal),
        Syscall.home(
            107,
            "timer_create",
            List.of(n("clock"), Args.in("event", SIGEVENT), out("timer", 4)),
            TimerCalls::create),
        Syscall.home(
            108, "timer_gettime", List.of(n("timer"), out("value", ITIMERSPEC)), TimerCalls::get),
        Syscall.home(109, "timer_getoverrun", List.of(n("timer")), TimerCalls::overrun),
        Syscall.home(
            110,
            "timer_settime",
            List.of(n("timer"), n("flags"), Args.in("new", ITIMERSPEC), out("old", ITIMERSPEC)),
            TimerCalls::set),
        Syscall.home(111, "timer_delete", List.of(n("timer")), TimerCalls::delete));
  }

  // ---------------------------------------------------------------- ITIMER_REAL

  private static Outcome getReal(Kernel kernel, Process process, Call call) {
    if (call.integer(0) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    call.out(1, left(kernel, process.timers().real(), 1000));
    return Outcome.done(0);
  }

  private static Outcome setReal(Kernel kernel, Process process, Call call) {
    if (call.integer(0) != 0) {
      return Outcome.error(Errno.EINVAL);
    }
    ProcessTimers.Timer timer = process.timers().real();
    call.out(2, left(kernel, timer, 1000));
    if (call.in(1) != null) {
      long interval = span(call.in(1), 0, 1000);
      long value = span(call.in(1), 2, 1000);
      if (interval < 0 || value < 0) {
        return Outcome.error(Errno.EINVAL);
      }
      long due = value == 0 ? Long.MAX_VALUE : later(kernel.now(), value);
      process.timers().set(kernel, ProcessTimers.REAL, due, interval);
    }
    return Outcome.done(0);
  }

  // ---------------------------------------------------------------- timer_create

  private static Outcome create(Kernel kernel, Process process, Call call) {
    int clock = call.integer(0);
    if (clock != 0 && clock != 1 && clock != 7 && clock != 8 && clock != 9 && clock != 11) {
      return Outcome.error(Errno.EINVAL);
    }
    ProcessTimers.Timer timer = new ProcessTimers.Timer();
    timer.clock = clock;
    timer.signal = Signals.SIGALRM;
    byte[] event = call.in(1);
    if (event != null) {
      ByteBuffer from = ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN);
      timer.value = from.getLong(0);
      timer.signal = from.getInt(8);
      switch (from.getInt(12)) {
        case SIGEV_SIGNAL -> {}
        case SIGEV_NONE -> timer.signal = 0;
        case SIGEV_THREAD_ID -> timer.tid = from.getInt(16);
        default -> {
          return Outcome.error(Errno.EINVAL);
        }
      }
      if (from.getInt(12) != SIGEV_NONE && !Signals.isValid(timer.signal)) {
        return Outcome.error(Errno.EINVAL);
      }
    }
    int id = process.timers().create(timer);
    if (id < 0) {
      return Outcome.error(Errno.EAGAIN);
    }
    if (event == null) {
      timer.value = id;
    }
    call.out(2, Words.int32(id));
    return Outcome.done(0);
  }

  private static ProcessTimers.Timer timer(Process process, Call call) {
    return call.integer(0) < 0 ? null : process.timers().get(call.integer(0));
  }

  private static Outcome get(Kernel kernel, Process process, Call call) {
    ProcessTimers.Timer timer = timer(process, call);
    if (timer == null) {
      return Outcome.error(Errno.EINVAL);
    }
    call.out(1, left(kernel, timer, 1));
    return Outcome.done(0);
  }

  private static Outcome overrun(Kernel kernel, Process process, Call call) {
    ProcessTimers.Timer timer = timer(process, call);
    return timer == null ? Outcome.error(Errno.EINVAL) : Outcome.done(timer.overrun);
  }

  private static Outcome set(Kernel kernel, Process process, Call call) {
    ProcessTimers.Timer timer = timer(process, call);
    if (timer == null || call.in(2) == null) {
      return Outcome.error(Errno.EINVAL);
    }
    long interval = span(call.in(2), 0, 1);
    long value = span(call.in(2), 2, 1);
    if (interval < 0 || value < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    call.out(3, left(kernel, timer, 1));
    boolean absolute = (call.integer(1) & TIMER_ABSTIME) != 0;
    long ahead = TimeCalls.clockNanos(kernel, timer.clock) - kernel.now();
    long due = absolute ? Math.max(kernel.now(), value - ahead) : later(kernel.now(), value);
    process.timers().set(kernel, call.integer(0), value == 0 ? Long.MAX_VALUE : due, interval);
    return Outcome.done(0);
  }

  private static Outcome delete(Kernel kernel, Process process, Call call) {
    if (timer(process, call) == null) {
      return Outcome.error(Errno.EINVAL);
    }
    process.timers().delete(call.integer(0));
    return Outcome.done(0);
  }

  // ---------------------------------------------------------------- times

  private static long later(long now, long span) {
    return span > Long.MAX_VALUE / 2 ? Long.MAX_VALUE / 2 : now + span;
  }

  /** Seconds and parts of {@code partNanos} at words {@code at} and the next; −1 for nonsense. */
  static long span(byte[] bytes, int at, long partNanos) {
    long seconds = Words.at(bytes, at);
    long parts = Words.at(bytes, at + 1);
    if (seconds < 0 || parts < 0 || parts >= SECOND / partNanos) {
      return -1;
    }
    long most = Long.MAX_VALUE / 4 / SECOND;
    return Math.min(seconds, most) * SECOND + parts * partNanos;
  }

  /** Interval and time left, as struct itimerval or itimerspec. */
  private static byte[] left(Kernel kernel, ProcessTimers.Timer timer, long partNanos) {
    long left = timer.dueNanos == Long.MAX_VALUE ? 0 : Math.max(1, timer.dueNanos - kernel.now());
    long parts = left == 0 ? 0 : Math.max(1, left % SECOND / partNanos);
    return Words.of(
        timer.intervalNanos / SECOND,
        timer.intervalNanos % SECOND / partNanos,
        left / SECOND,
        left / SECOND > 0 && left % SECOND == 0 ? 0 : parts);
  }
}
