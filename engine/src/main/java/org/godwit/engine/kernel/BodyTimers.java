package org.godwit.engine.kernel;

import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.state.Walk;

/**
 * What a body knows of its timers: those on CPU time, which only it can watch since nobody else
 * knows how much it has used; the limit on CPU time (RLIMIT_CPU); and how often a timer ran out
 * while its signal waited. What is due is found when one of its tasks looks up, at the latest a
 * millisecond of CPU time after it was due, as Linux finds it at its tick.
 */
final class BodyTimers {
  /** The number of ITIMER_VIRTUAL. */
  static final int VIRTUAL = -2;

  /** The number of ITIMER_PROF. */
  static final int PROF = -3;

  private static final long NEVER = Long.MAX_VALUE;

  /** A timer on CPU time; {@code signal} 0 notifies nobody. */
  static final class Timer {
    /** Whose CPU time: the task's, or with 0 that of all tasks. */
    int of;

    int signal;
    int tid;
    long value;

    /** CPU time at which it runs out, nanoseconds; {@link Long#MAX_VALUE} for never. */
    long dueNanos = NEVER;

    long intervalNanos;

    private void walk(Walk walk) {
      of = walk.i32("of", of);
      signal = walk.i32("signal", signal);
      tid = walk.i32("tid", tid);
      value = walk.i64("value", value);
      dueNanos = walk.i64("due", dueNanos);
      intervalNanos = walk.i64("interval", intervalNanos);
    }
  }

  private final TreeMap<Integer, Timer> timers = new TreeMap<>();
  private final TreeMap<Integer, Integer> overruns = new TreeMap<>();
  private long xcpuNanos = NEVER;
  private long killNanos = NEVER;

  /** The timer of that number, or null. */
  Timer get(int id) {
    return timers.get(id);
  }

  /** ITIMER_VIRTUAL or ITIMER_PROF; everything is counted as user time. */
  Timer interval(int id) {
    return timers.computeIfAbsent(
        id,
        number -> {
          Timer timer = new Timer();
          timer.signal = number == VIRTUAL ? Signals.SIGVTALRM : Signals.SIGPROF;
          return timer;
        });
  }

  void add(int id, Timer timer) {
    timers.put(id, timer);
  }

  void delete(int id) {
    timers.remove(id);
    overruns.remove(id);
  }

  /** exec: only interval timers stay. */
  void forExec() {
    timers.keySet().removeIf(id -> id >= 0);
    overruns.clear();
  }

  /** fork: of all this a child has the limit alone. */
  void inherit(BodyTimers parent) {
    xcpuNanos = parent.xcpuNanos;
    killNanos = parent.killNanos;
  }

  /** RLIMIT_CPU: SIGXCPU at {@code soft} of CPU time and each second after it, SIGKILL at hard. */
  void limit(long softNanos, long hardNanos) {
    xcpuNanos = softNanos;
    killNanos = hardNanos;
  }

  /** A timer's signal has been taken, having run out again {@code overrun} times meanwhile. */
  void taken(SignalInfo info) {
    if (info.code() == SignalInfo.TIMER) {
      overruns.put(info.pid(), info.uid());
    }
  }

  /** How often the timer had run out again when its last signal was taken. */
  int overrun(int id) {
    return overruns.getOrDefault(id, 0);
  }

  /** CPU time that a timer counts. */
  static long used(Body body, Timer timer, long now) {
    if (timer.of == 0) {
      return body.cpuNanos(now);
    }
    Task task = body.task(timer.of);
    return task == null ? 0 : task.cpuNanos(now);
  }

  /** Whether something is due. */
  boolean due(Body body, long now) {
    if (timers.isEmpty() && xcpuNanos == NEVER && killNanos == NEVER && body.tasks().size() == 1) {
      return false;
    }
    long used = body.cpuNanos(now);
    if (used >= xcpuNanos || used >= killNanos) {
      return true;
    }
    for (Timer timer : timers.values()) {
      if (timer.dueNanos != NEVER && used(body, timer, now) >= timer.dueNanos) {
        return true;
      }
    }
    for (Task task : body.tasks()) {
      if (task.waiting() instanceof TaskWait.CpuSleep sleep && used >= sleep.deadlineNanos()) {
        return true;
      }
    }
    return false;
  }

  /** Does what is due: signals, ends of sleeps. */
  void look(Kernel kernel, Body body) {
    if (!due(body, kernel.now())) {
      return;
    }
    long used = body.cpuNanos(kernel.now());
    if (used >= killNanos) {
      killNanos = NEVER;
      send(kernel, body, 0, SignalInfo.kernel(Signals.SIGKILL));
      return;
    }
    if (used >= xcpuNanos) {
      xcpuNanos += TimeCalls.SECOND * (1 + (used - xcpuNanos) / TimeCalls.SECOND);
      send(kernel, body, 0, SignalInfo.kernel(Signals.SIGXCPU));
    }
    for (int id : timers.keySet().toArray(Integer[]::new)) {
      Timer timer = timers.get(id);
      if (timer != null && timer.dueNanos != NEVER) {
        ranOut(kernel, body, id, timer);
      }
    }
    for (Task task : List.copyOf(body.tasks())) {
      if (task.waiting() instanceof TaskWait.CpuSleep sleep && used >= sleep.deadlineNanos()) {
        kernel.wake(task);
        kernel.result(task, 0);
      }
    }
  }

  private static void ranOut(Kernel kernel, Body body, int id, Timer timer) {
    long late = used(body, timer, kernel.now()) - timer.dueNanos;
    if (late < 0) {
      return;
    }
    long missed = 0;
    if (timer.intervalNanos > 0) {
      missed = late / timer.intervalNanos;
      timer.dueNanos += (missed + 1) * timer.intervalNanos;
    } else {
      timer.dueNanos = NEVER;
    }
    if (timer.signal != 0) {
      SignalInfo info =
          id < 0
              ? SignalInfo.kernel(timer.signal)
              : SignalInfo.timer(timer.signal, id, missed, timer.value);
      send(kernel, body, timer.tid, info);
    }
  }

  private static void send(Kernel kernel, Body body, int tid, SignalInfo info) {
    new SignalDelivery(kernel).deliver(body, tid, info);
    kernel.files().signalNews().wake();
  }

  void walk(Walk walk) {
    int count = walk.count("cpuTimers", timers.size());
    Integer[] ids = timers.keySet().toArray(Integer[]::new);
    for (int i = 0; i < count; i++) {
      int id = walk.i32("timer", walk.reading() ? 0 : ids[i]);
      if (walk.reading()) {
        timers.put(id, new Timer());
      }
      timers.get(id).walk(walk);
    }
    int passed = walk.count("overruns", overruns.size());
    Integer[] late = overruns.keySet().toArray(Integer[]::new);
    for (int i = 0; i < passed; i++) {
      int id = walk.i32("timer", walk.reading() ? 0 : late[i]);
      overruns.put(id, walk.i32("overrun", walk.reading() ? 0 : overruns.get(id)));
    }
    xcpuNanos = walk.i64("xcpu", xcpuNanos);
    killNanos = walk.i64("cpuKill", killNanos);
  }
}
