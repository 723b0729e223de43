package org.godwit.engine.node;

import org.godwit.engine.kernel.Task;
import org.godwit.engine.machine.Counters;
import org.godwit.engine.machine.Stop;
import org.godwit.engine.state.Walk;
import org.godwit.engine.time.CpuClock;
import org.godwit.engine.time.Grid;

/** One CPU of a node: its clock, its own place in time, and the task on it. */
final class Cpu implements Counters {
  /** rdtime counts at 10 MHz (decision 2). */
  private static final long NANOS_PER_TIME_TICK = 100;

  final int number;
  final CpuClock clock;

  /** Up to where this CPU has come. While it is idle: until when kernel work keeps it busy. */
  long local;

  /** The task that it runs, or null. */
  Task task;

  /** A stop that is to be handled at {@link #local}, or null. */
  Stop entry;

  /** The task is due for a forced move at {@link #local}. */
  boolean exercise;

  /** It is inside the kernel; nobody may put a task on it. */
  boolean inKernel;

  /** Kernel work that was done on it while it ran a task; taken at the next notice. */
  long debt;

  /** When it next looks for signals, freezes and the end of its quantum. */
  long noticeAt;

  /** When its task's quantum ends. */
  long quantumEnd;

  /** Time that it was not idle, since the start; a running stretch counts when it ends. */
  long busyNanos;

  private long dispatched;

  /** From where its hart has last run on its own. */
  private long runFrom;

  private long runSlot;
  private long runRetired;

  Cpu(int number, CpuClock clock) {
    this.number = number;
    this.clock = clock;
  }

  boolean idle() {
    return task == null && !inKernel;
  }

  void put(Task next, long at, long quantum) {
    local = Math.max(local, at);
    runFrom = local;
    task = next;
    task.hart().clearReservation();
    noticeAt = Grid.after(local, Grid.NOTICE_NANOS);
    quantumEnd = Grid.after(local, quantum);
    dispatched = local;
    task.become(Task.State.RUNNING, local);
  }

  /** The task that has just left goes on after all, in the same quantum. */
  void keep(Task same, long at) {
    task = same;
    dispatched = at;
    task.become(Task.State.RUNNING, at);
  }

  /** The task leaves; {@code at} is the instant of leaving. */
  void clear(long at) {
    busyNanos += Math.max(0, at - dispatched);
    task = null;
    entry = null;
    exercise = false;
  }

  /** What the kernel has done for its task. */
  void spend(long nanos) {
    local += nanos;
    runFrom = local;
  }

  /** Its task was taken from it: it is free at once, however far ahead the hart has run. */
  void turnBack(long now) {
    local = Math.max(runFrom, now);
  }

  /** Kernel work on an idle CPU. */
  long work(long now, long cost) {
    local = Math.max(now, local) + cost;
    busyNanos += cost;
    return local;
  }

  /** Busy time up to {@code now}. */
  long busy(long now) {
    return task == null ? busyNanos : busyNanos + Math.max(0, now - dispatched);
  }

  /** A run starts at {@link #local}. */
  void runs(long retired) {
    runFrom = local;
    runSlot = clock.slotsBefore(local);
    runRetired = retired;
  }

  /** The instant right after slot {@code count} of the current run. */
  long after(long count) {
    return clock.retires(runSlot + count) + 1;
  }

  @Override
  public long time(long retired) {
    return clock.retires(runSlot + retired - runRetired + 1) / NANOS_PER_TIME_TICK;
  }

  @Override
  public long cycle(long retired) {
    return retired * clock.divisor();
  }

  void walk(Walk walk, long now) {
    walk.i64("local", Math.max(local, now));
    walk.i32("tid", task == null ? 0 : task.tid());
    walk.i64("debt", debt);
    walk.i64("busy", busy(now));
  }
}
