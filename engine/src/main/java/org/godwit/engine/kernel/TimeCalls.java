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

  private static final int CLOCK_REALTIME = 0;
  private static final int CLOCK_PROCESS_CPUTIME = 2;
  private static final int CLOCK_THREAD_CPUTIME = 3;
  private static final int LAST_CLOCK = 11;
  private static final int TIMER_ABSTIME = 1;

  private TimeCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.home(113, "clock_gettime", List.of(n("clock"), out("time", 16)), TimeCalls::getTime)
            .then(TimeCalls::cpuClock),
        Syscall.home(114, "clock_getres", List.of(n("clock"), out("time", 16)), TimeCalls::getRes),
        Syscall.home(
            169, "gettimeofday", List.of(out("time", 16), out("zone", 8)), TimeCalls::timeOfDay),
        Syscall.home(153, "times", List.of(out("times", 32)), TimeCalls::times)
            .then(TimeCalls::cpuTimes),
        Syscall.body(101, "nanosleep", Args.scalars("request", "remaining"), TimeCalls::nanosleep),
        Syscall.body(
            115,
            "clock_nanosleep",
            Args.scalars("clock", "flags", "request", "remaining"),
            TimeCalls::clockNanosleep));
  }

  private static Outcome getTime(Kernel kernel, Process process, Call call) {
    int clock = call.integer(0);
    if (clock < 0 || clock > LAST_CLOCK) {
      return Outcome.error(Errno.EINVAL);
    }
    call.out(1, timespec(clockNanos(kernel, clock)));
    return Outcome.done(0);
  }

  /** CPU clocks are answered by the body, which knows what it has used. */
  private static long cpuClock(Kernel kernel, Task task, Call call, long value) {
    int clock = call.integer(0);
    if (clock == CLOCK_PROCESS_CPUTIME || clock == CLOCK_THREAD_CPUTIME) {
      long used =
          clock == CLOCK_PROCESS_CPUTIME
              ? task.body().cpuNanos(kernel.now())
              : task.cpuNanos(kernel.now());
      task.body().memory().copyOut(call.scalar(1), timespec(used), 0, 16);
    }
    return value;
  }

  static long clockNanos(Kernel kernel, int clock) {
    boolean calendar = clock == CLOCK_REALTIME || clock == 5 || clock == 8 || clock == LAST_CLOCK;
    return kernel.now() + (calendar ? kernel.settings().epochNanos() : 0);
  }

  private static Outcome getRes(Kernel kernel, Process process, Call call) {
    if (call.integer(0) < 0 || call.integer(0) > LAST_CLOCK) {
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
    if (clock < 0 || clock > LAST_CLOCK || clock == CLOCK_THREAD_CPUTIME) {
      return -Errno.EINVAL;
    }
    boolean absolute = (call.integer(1) & TIMER_ABSTIME) != 0;
    return sleep(kernel, task, call, call.scalar(2), absolute, clock);
  }

  private static long sleep(
      Kernel kernel, Task task, Call call, long request, boolean absolute, int clock) {
    long seconds = task.body().memory().load64(request);
    long nanos = task.body().memory().load64(request + 8);
    if (seconds < 0 || nanos < 0 || nanos >= SECOND) {
      return -Errno.EINVAL;
    }
    long span =
        seconds > Long.MAX_VALUE / SECOND / 4 ? Long.MAX_VALUE / 4 : seconds * SECOND + nanos;
    long deadline =
        absolute ? span - (clockNanos(kernel, clock) - kernel.now()) : kernel.now() + span;
    if (deadline <= kernel.now()) {
      return 0;
    }
    kernel.wait(task, new TaskWait.Sleep(deadline, call));
    return Syscall.NO_VALUE;
  }

  /** A signal cut a sleep short: tells the guest what was left of it. */
  static void remaining(Task task, TaskWait.Sleep sleep, long now) {
    boolean plain = sleep.call().number() == 101;
    long pointer = sleep.call().scalar(plain ? 1 : 3);
    boolean absolute = !plain && (sleep.call().integer(1) & TIMER_ABSTIME) != 0;
    if (pointer != 0 && !absolute) {
      byte[] left = timespec(Math.max(0, sleep.deadlineNanos() - now));
      task.body().memory().copyOut(pointer, left, 0, left.length);
    }
  }

  private static byte[] timespec(long nanos) {
    return Words.of(nanos / SECOND, nanos % SECOND);
  }
}
