package org.godwit.engine.kernel;

import static org.godwit.engine.kernel.Args.n;
import static org.godwit.engine.kernel.Args.out;

import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/**
 * Clocks are the home's, sleeps are the body's (reference section 11, 13). Virtual time is the same
 * everywhere, so a forwarded clock call costs its round trip and is right to the instant of the
 * deputy's answer.
 */
final class TimeCalls {
  static final long SECOND = 1_000_000_000L;

  private static final int NANOSLEEP = 101;
  private static final int CLOCK_REALTIME = 0;
  private static final int LAST_CLOCK = 11;
  private static final int TIMER_ABSTIME = 1;

  private TimeCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.home(113, "clock_gettime", List.of(n("clock"), out("time", 16)), TimeCalls::getTime)
            .first(TimeCalls::ownCpuClock),
        Syscall.home(114, "clock_getres", List.of(n("clock"), out("time", 16)), TimeCalls::getRes),
        Syscall.home(
            169, "gettimeofday", List.of(out("time", 16), out("zone", 8)), TimeCalls::timeOfDay),
        Syscall.home(153, "times", List.of(out("times", 32)), TimeCalls::times)
            .then(TimeCalls::cpuTimes),
        Syscall.body(
            NANOSLEEP,
            "nanosleep",
            List.of(n("request"), out("remaining", 16)),
            TimeCalls::nanosleep),
        Syscall.body(
            115,
            "clock_nanosleep",
            List.of(n("clock"), n("flags"), n("request"), out("remaining", 16)),
            TimeCalls::clockNanosleep));
  }

  private static Outcome getTime(Kernel kernel, Process process, Call call) {
    int clock = call.integer(0);
    if (clock < 0 && CpuClock.is(clock)) {
      return others(kernel, process, call);
    }
    if (clock < 0 || clock > LAST_CLOCK) {
      return Outcome.error(Errno.EINVAL);
    }
    call.out(1, timespec(clockNanos(kernel, clock)));
    return Outcome.done(0);
  }

  /** The CPU clock of another process: while that is away, as it was when it left. */
  private static Outcome others(Kernel kernel, Process process, Call call) {
    int named = CpuClock.names(call.integer(0));
    boolean own = named == 0 || named == process.id().pid();
    Process other = own ? process : kernel.process(named);
    if (other == null || !other.alive() || !own && CpuClock.isThreads(call.integer(0))) {
      return Outcome.error(Errno.EINVAL);
    }
    call.out(1, timespec(new ProcessFiles.Seen(kernel, other).cpuNanos()));
    return Outcome.done(0);
  }

  /** The CPU clocks of a process are answered by its body, which knows what it has used. */
  private static long ownCpuClock(Kernel kernel, Task task, Call call) {
    int clock = call.integer(0);
    int of = CpuClock.is(clock) ? CpuClock.of(task, clock) : -1;
    if (of < 0) {
      return Syscall.FORWARD;
    }
    Body body = task.body();
    long used = of == 0 ? body.cpuNanos(kernel.now()) : body.task(of).cpuNanos(kernel.now());
    body.memory().copyOut(call.scalar(1), timespec(used), 0, 16);
    return 0;
  }

  static long clockNanos(Kernel kernel, int clock) {
    boolean calendar = clock == CLOCK_REALTIME || clock == 5 || clock == 8 || clock == LAST_CLOCK;
    return kernel.now() + (calendar ? kernel.settings().epochNanos() : 0);
  }

  private static Outcome getRes(Kernel kernel, Process process, Call call) {
    int clock = call.integer(0);
    if (clock > LAST_CLOCK || clock < 0 && !CpuClock.is(clock)) {
      return Outcome.error(Errno.EINVAL);
    }
    call.out(1, timespec(1));
    return Outcome.done(0);
  }

  private static Outcome timeOfDay(Kernel kernel, Process process, Call call) {
    long nanos = clockNanos(kernel, CLOCK_REALTIME);
    call.out(0, Words.of(nanos / SECOND, nanos % SECOND / 1000));
    call.out(1, new byte[8]);
    return Outcome.done(0);
  }

  /** Clock ticks of 10 ms since the start (times(2)). */
  private static Outcome times(Kernel kernel, Process process, Call call) {
    call.out(0, Words.of(0, 0, process.childrenNanos() / 10_000_000, 0));
    return Outcome.done(kernel.now() / 10_000_000);
  }

  private static long cpuTimes(Kernel kernel, Task task, Call call, long value) {
    if (!call.isNull(0)) {
      task.body().memory().store64(call.scalar(0), task.body().cpuNanos(kernel.now()) / 10_000_000);
    }
    return value;
  }

  private static long nanosleep(Kernel kernel, Task task, Call call) {
    return sleep(kernel, task, call, call.scalar(0), false, 0);
  }

  private static long clockNanosleep(Kernel kernel, Task task, Call call) {
    int clock = call.integer(0);
    boolean absolute = (call.integer(1) & TIMER_ABSTIME) != 0;
    if (CpuClock.is(clock)) {
      if (CpuClock.isThreads(clock) || CpuClock.of(task, clock) < 0) {
        return -Errno.EINVAL;
      }
      long span = span(task, call.scalar(2));
      long used = task.body().cpuNanos(kernel.now());
      return span < 0
          ? -Errno.EINVAL
          : sleep(kernel, task, new TaskWait.CpuSleep(absolute ? span : used + span, call), used);
    }
    return switch (clock) {
      case 0, 1, 7, 8, 9, LAST_CLOCK -> sleep(kernel, task, call, call.scalar(2), absolute, clock);
      case 4, 5, 6 -> -Errno.EOPNOTSUPP;
      default -> -Errno.EINVAL;
    };
  }

  private static long sleep(Kernel kernel, Task task, TaskWait.CpuSleep sleep, long used) {
    if (sleep.deadlineNanos() <= used) {
      return 0;
    }
    kernel.wait(task, sleep);
    return Syscall.NO_VALUE;
  }

  /** The timespec at an address; −1 for nonsense. */
  private static long span(Task task, long request) {
    long seconds = task.body().memory().load64(request);
    long nanos = task.body().memory().load64(request + 8);
    if (seconds < 0 || nanos < 0 || nanos >= SECOND) {
      return -1;
    }
    return seconds > Long.MAX_VALUE / SECOND / 4 ? Long.MAX_VALUE / 4 : seconds * SECOND + nanos;
  }

  private static long sleep(
      Kernel kernel, Task task, Call call, long request, boolean absolute, int clock) {
    long span = span(task, request);
    if (span < 0) {
      return -Errno.EINVAL;
    }
    long deadline =
        absolute ? span - (clockNanos(kernel, clock) - kernel.now()) : kernel.now() + span;
    if (deadline <= kernel.now()) {
      return 0;
    }
    kernel.wait(task, new TaskWait.Sleep(deadline, call));
    return Syscall.NO_VALUE;
  }

  /** A signal cut a sleep short: the guest is told, where it asked for it, what was left of it. */
  static void interrupted(Kernel kernel, Task task, Call call, long left) {
    int remaining = call.number() == NANOSLEEP ? 1 : 3;
    boolean absolute = remaining == 3 && (call.integer(1) & TIMER_ABSTIME) != 0;
    if (!call.isNull(remaining) && !absolute) {
      call.capacity(remaining, 16);
      call.out(remaining, timespec(Math.max(0, left)));
    }
    kernel.calls().finish(task, call, -Errno.EINTR);
  }

  private static byte[] timespec(long nanos) {
    return Words.of(nanos / SECOND, nanos % SECOND);
  }
}
