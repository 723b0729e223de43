package org.godwit.engine.kernel;

import java.util.TreeMap;
import org.godwit.engine.state.Walk;

/**
 * A process's timers, part of its deputy: ITIMER_REAL and those of timer_create(2). They run out at
 * an instant of virtual time; each then sends its signal and, with an interval, starts anew.
 */
final class ProcessTimers {
  /** The number of ITIMER_REAL, which alarm(2) shares. */
  static final int REAL = -1;

  /** Most timers of one process. */
  private static final int MOST = 256;

  /** One timer; {@code signal} 0 notifies nobody. Of one on CPU time the body has the rest. */
  static final class Timer {
    int clock;
    int signal;
    int tid;
    long value;
    long dueNanos = Long.MAX_VALUE;
    long intervalNanos;
    private Alarms.Alarm alarm;

    private void walk(Walk walk) {
      clock = walk.i32("clock", clock);
      signal = walk.i32("signal", signal);
      tid = walk.i32("tid", tid);
      value = walk.i64("value", value);
      dueNanos = walk.i64("due", dueNanos);
      intervalNanos = walk.i64("interval", intervalNanos);
    }
  }

  private final Process process;
  private final TreeMap<Integer, Timer> timers = new TreeMap<>();
  private int next;

  ProcessTimers(Process process) {
    this.process = process;
  }

  /** The timer of that number, or null. */
  Timer get(int id) {
    return timers.get(id);
  }

  /** ITIMER_REAL. */
  Timer real() {
    return timers.computeIfAbsent(
        REAL,
        id -> {
          Timer timer = new Timer();
          timer.signal = Signals.SIGALRM;
          return timer;
        });
  }

  /** A new timer's number, or −1 if there are too many. */
  int create(Timer timer) {
    if (timers.size() >= MOST) {
      return -1;
    }
    timers.put(next, timer);
    return next++;
  }

  /** Forgets a timer. */
  void delete(int id) {
    Timer timer = timers.remove(id);
    if (timer != null) {
      cancel(timer);
    }
  }

  /** exec ends those of timer_create, the end of the process all. */
  void clear(boolean realToo) {
    for (int id : timers.keySet().toArray(Integer[]::new)) {
      if (realToo || id != REAL) {
        delete(id);
      }
    }
  }

  private static void cancel(Timer timer) {
    if (timer.alarm != null) {
      timer.alarm.cancel();
      timer.alarm = null;
    }
  }

  /** Lets a timer run out at {@code due} ({@link Long#MAX_VALUE} for never) and each interval. */
  void set(Kernel kernel, int id, long due, long interval) {
    Timer timer = timers.get(id);
    cancel(timer);
    timer.dueNanos = due;
    timer.intervalNanos = interval;
    plan(kernel, id, timer);
  }

  private void plan(Kernel kernel, int id, Timer timer) {
    if (timer.dueNanos != Long.MAX_VALUE) {
      timer.alarm =
          kernel
              .alarms()
              .at(Math.max(timer.dueNanos, kernel.now()), () -> ranOut(kernel, id, timer));
    }
  }

  /** Plans every timer, after they were read. */
  void resume(Kernel kernel) {
    timers.forEach((id, timer) -> plan(kernel, id, timer));
  }

  private void ranOut(Kernel kernel, int id, Timer timer) {
    timer.alarm = null;
    if (!process.alive() || timers.get(id) != timer) {
      return;
    }
    long late = kernel.now() - timer.dueNanos;
    long missed = 0;
    if (timer.intervalNanos > 0) {
      missed = late / timer.intervalNanos;
      timer.dueNanos += (missed + 1) * timer.intervalNanos;
    } else {
      timer.dueNanos = Long.MAX_VALUE;
    }
    plan(kernel, id, timer);
    if (timer.signal != 0) {
      SignalInfo info =
          id == REAL
              ? SignalInfo.kernel(timer.signal)
              : SignalInfo.timer(timer.signal, id, missed, timer.value);
      kernel.signal(process, timer.tid, info);
    }
  }

  /** Every timer. */
  void walk(Walk walk) {
    next = walk.i32("nextTimer", next);
    int count = walk.count("timers", timers.size());
    Integer[] ids = timers.keySet().toArray(Integer[]::new);
    for (int i = 0; i < count; i++) {
      int id = walk.i32("timer", walk.reading() ? 0 : ids[i]);
      if (walk.reading()) {
        timers.put(id, new Timer());
      }
      timers.get(id).walk(walk);
    }
  }
}
