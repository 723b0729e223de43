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
 * setitimer(2) and timer_create(2). The deputy gives timers their numbers and holds those on real
 * clocks; those on CPU time the body holds ({@link BodyTimers}), so that calls about them are
 * answered where the process runs. Left out: timers on the CPU time of another process (EINVAL).
 */
final class TimerCalls {
  private static final long SECOND = TimeCalls.SECOND;
  private static final int TIMER_ABSTIME = 1;
  private static final int ITIMER_VIRTUAL = 1;
  private static final int ITIMER_PROF = 2;
  private static final int SIGEV_SIGNAL = 0;
  private static final int SIGEV_NONE = 1;
  private static final int SIGEV_THREAD_ID = 4;
  private static final int SIGEVENT = 64;
  private static final int ITIMERSPEC = 32;

  private TimerCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.home(
                102,
                "getitimer",
                List.of(n("which"), out("value", ITIMERSPEC)),
                TimerCalls::getReal)
            .first(TimerCalls::getCpuInterval),
        Syscall.home(
                103,
                "setitimer",
                List.of(n("which"), Args.in("new", ITIMERSPEC), out("old", ITIMERSPEC)),
                TimerCalls::setReal)
            .first(TimerCalls::setCpuInterval),
        Syscall.home(
                107,
                "timer_create",
                List.of(n("clock"), Args.in("event", SIGEVENT), out("timer", 4)),
                TimerCalls::create)
            .first(TimerCalls::checkClock)
            .then(TimerCalls::createOnBody),
        Syscall.home(
                108,
                "timer_gettime",
                List.of(n("timer"), out("value", ITIMERSPEC)),
                TimerCalls::get)
            .first(TimerCalls::getCpu),
        Syscall.home(109, "timer_getoverrun", List.of(n("timer")), TimerCalls::exists)
            .then((kernel, task, call, value) -> task.body().timers().overrun(call.integer(0))),
        Syscall.home(
                110,
                "timer_settime",
                List.of(n("timer"), n("flags"), Args.in("new", ITIMERSPEC), out("old", ITIMERSPEC)),
                TimerCalls::set)
            .first(TimerCalls::setCpu),
        Syscall.home(111, "timer_delete", List.of(n("timer")), TimerCalls::delete)
            .then(
                (kernel, task, call, value) -> {
                  task.body().timers().delete(call.integer(0));
                  return value;
                }));
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
    byte[] wish = call.in(1) == null ? new byte[ITIMERSPEC] : call.in(1);
    long interval = span(wish, 0, 1000);
    long value = span(wish, 2, 1000);
    if (interval < 0 || value < 0) {
      return Outcome.error(Errno.EINVAL);
    }
    long due = value == 0 ? Long.MAX_VALUE : later(kernel.now(), value);
    process.timers().set(kernel, ProcessTimers.REAL, due, interval);
    return Outcome.done(0);
  }

  // ---------------------------------------------------------------- timer_create

  private static Outcome create(Kernel kernel, Process process, Call call) {
    int clock = call.integer(0);
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

  private static Outcome exists(Kernel kernel, Process process, Call call) {
    return timer(process, call) == null ? Outcome.error(Errno.EINVAL) : Outcome.done(0);
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

  // ---------------------------------------------------------------- CPU time, on the body

  private static BodyTimers.Timer interval(Task task, Call call) {
    return task.body()
        .timers()
        .interval(call.integer(0) == ITIMER_VIRTUAL ? BodyTimers.VIRTUAL : BodyTimers.PROF);
  }

  private static long getCpuInterval(Kernel kernel, Task task, Call call) {
    if (call.integer(0) != ITIMER_VIRTUAL && call.integer(0) != ITIMER_PROF) {
      return Syscall.FORWARD;
    }
    return give(task, call.scalar(1), left(kernel, task, interval(task, call), 1000));
  }

  private static long setCpuInterval(Kernel kernel, Task task, Call call) {
    if (call.integer(0) != ITIMER_VIRTUAL && call.integer(0) != ITIMER_PROF) {
      return Syscall.FORWARD;
    }
    byte[] wish = wish(task, call.scalar(1));
    return arm(kernel, task, interval(task, call), wish, 1000, false, call.scalar(2));
  }

  private static long checkClock(Kernel kernel, Task task, Call call) {
    int clock = call.integer(0);
    if (CpuClock.is(clock)) {
      int of = CpuClock.of(task, clock);
      return of < 0 ? of : Syscall.FORWARD;
    }
    return switch (clock) {
      case 0, 1, 7, 8, 9, 11 -> Syscall.FORWARD;
      case 4, 5, 6 -> -Errno.EOPNOTSUPP; // Raw and coarse clocks have no timers.
      default -> -Errno.EINVAL;
    };
  }

  /** The deputy has given the timer its number and has looked at what it is to do. */
  private static long createOnBody(Kernel kernel, Task task, Call call, long value) {
    int clock = call.integer(0);
    if (!CpuClock.is(clock)) {
      return value;
    }
    BodyTimers.Timer timer = new BodyTimers.Timer();
    timer.of = Math.max(0, CpuClock.of(task, clock));
    int id = task.body().memory().load32(call.scalar(2));
    timer.signal = Signals.SIGALRM;
    timer.value = id;
    if (!call.isNull(1)) {
      ByteBuffer event = ByteBuffer.wrap(bytes(task, call.scalar(1), SIGEVENT));
      event.order(ByteOrder.LITTLE_ENDIAN);
      timer.value = event.getLong(0);
      timer.signal = event.getInt(12) == SIGEV_NONE ? 0 : event.getInt(8);
      timer.tid = event.getInt(12) == SIGEV_THREAD_ID ? event.getInt(16) : 0;
    }
    task.body().timers().add(id, timer);
    return value;
  }

  private static long getCpu(Kernel kernel, Task task, Call call) {
    BodyTimers.Timer timer = task.body().timers().get(call.integer(0));
    return timer == null || call.integer(0) < 0
        ? Syscall.FORWARD
        : give(task, call.scalar(1), left(kernel, task, timer, 1));
  }

  private static long setCpu(Kernel kernel, Task task, Call call) {
    BodyTimers.Timer timer = task.body().timers().get(call.integer(0));
    if (timer == null || call.integer(0) < 0 || call.isNull(2)) {
      return Syscall.FORWARD;
    }
    boolean absolute = (call.integer(1) & TIMER_ABSTIME) != 0;
    return arm(kernel, task, timer, wish(task, call.scalar(2)), 1, absolute, call.scalar(3));
  }

  private static long arm(
      Kernel kernel,
      Task task,
      BodyTimers.Timer timer,
      byte[] wish,
      long partNanos,
      boolean absolute,
      long oldPointer) {
    long interval = span(wish, 0, partNanos);
    long value = span(wish, 2, partNanos);
    if (interval < 0 || value < 0) {
      return -Errno.EINVAL;
    }
    long used = BodyTimers.used(task.body(), timer, kernel.now());
    long result = give(task, oldPointer, left(kernel, task, timer, partNanos));
    timer.intervalNanos = interval;
    timer.dueNanos = value == 0 ? Long.MAX_VALUE : absolute ? value : later(used, value);
    return result;
  }

  private static byte[] left(Kernel kernel, Task task, BodyTimers.Timer timer, long partNanos) {
    long used = BodyTimers.used(task.body(), timer, kernel.now());
    return left(timer.dueNanos, timer.intervalNanos, used, partNanos);
  }

  private static byte[] wish(Task task, long pointer) {
    return pointer == 0 ? new byte[ITIMERSPEC] : bytes(task, pointer, ITIMERSPEC);
  }

  private static byte[] bytes(Task task, long pointer, int length) {
    byte[] bytes = new byte[length];
    task.body().memory().copyIn(pointer, bytes, 0, length);
    return bytes;
  }

  private static long give(Task task, long pointer, byte[] bytes) {
    if (pointer != 0) {
      task.body().memory().copyOut(pointer, bytes, 0, bytes.length);
    }
    return 0;
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
    return left(timer.dueNanos, timer.intervalNanos, kernel.now(), partNanos);
  }

  private static byte[] left(long due, long interval, long now, long partNanos) {
    long left = due == Long.MAX_VALUE ? 0 : Math.max(1, due - now);
    long parts = left == 0 ? 0 : Math.max(1, left % SECOND / partNanos);
    return Words.of(
        interval / SECOND,
        interval % SECOND / partNanos,
        left / SECOND,
        left / SECOND > 0 && left % SECOND == 0 ? 0 : parts);
  }
}
