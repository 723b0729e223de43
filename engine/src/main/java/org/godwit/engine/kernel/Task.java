package org.godwit.engine.kernel;

import org.godwit.engine.kernel.call.Restart;
import org.godwit.engine.machine.Hart;
import org.godwit.engine.state.Walk;

/** A thread of a process: a hart's registers and what the task is doing. Part of a {@link Body}. */
public final class Task {
  /** SCHED_FIFO. */
  static final int FIFO = 1;

  /** SCHED_RR. */
  static final int ROUND_ROBIN = 2;

  /** What a task is doing. */
  public enum State {
    /** On a CPU. */
    RUNNING,
    /** In the run queue. */
    READY,
    /** In a {@link TaskWait}. */
    WAITING,
    /** Stopped by a signal. */
    STOPPED,
    /** Gone. */
    ENDED
  }

  private final Body body;
  private final Hart hart = new Hart();
  private int tid;
  private State state = State.STOPPED;
  private TaskWait wait;
  private long waitsSinceNanos;
  private boolean stopped;
  private long clearChildTid;
  private long robustList;
  private long mask;
  private int policy;
  private int priority;
  private boolean resetOnFork;
  private final PendingSignals signals = new PendingSignals();
  private final AltStack altStack = new AltStack();

  /** How a call that a signal interrupted goes on, or null if none was. */
  private Restart interrupted;

  private boolean suspended;
  private long maskBefore;
  private long cpuNanos;

  /** Since when it has been on its CPU; meaningful while RUNNING. */
  private long dispatchedNanos;

  Task(Body body, int tid) {
    this.body = body;
    this.tid = tid;
  }

  /** The body it belongs to. */
  public Body body() {
    return body;
  }

  /** Its registers. */
  public Hart hart() {
    return hart;
  }

  /** Task id; the first task's is the pid. */
  public int tid() {
    return tid;
  }

  /** What it is doing. */
  public State state() {
    return state;
  }

  /** What it waits for, or null. */
  public TaskWait waiting() {
    return wait;
  }

  /** Whether a stop signal holds it. */
  public boolean stopped() {
    return stopped;
  }

  /** CPU time up to {@code now}, virtual nanoseconds. */
  public long cpuNanos(long now) {
    return state == State.RUNNING ? cpuNanos + Math.max(0, now - dispatchedNanos) : cpuNanos;
  }

  /** Changes the state and keeps the accounts; only the dispatcher and the kernel call it. */
  public void become(State next, long now) {
    if (state == State.RUNNING) {
      cpuNanos += Math.max(0, now - dispatchedNanos);
    }
    if (next == State.RUNNING) {
      dispatchedNanos = now;
    }
    boolean was = isRunnable();
    state = next;
    if (was != isRunnable()) {
      body.runnableChanged(isRunnable() ? 1 : -1, now);
    }
  }

  /** Whether it wants a CPU. */
  public boolean isRunnable() {
    return state == State.RUNNING || state == State.READY;
  }

  void waitFor(TaskWait next) {
    wait = next;
  }

  /** Waits from {@code now} on. */
  void waitFor(TaskWait next, long now) {
    if (wait != next) {
      wait = next;
      waitsSinceNanos = now;
    }
  }

  /** When the wait began. */
  long waitsSinceNanos() {
    return waitsSinceNanos;
  }

  void stopped(boolean now) {
    stopped = now;
  }

  long clearChildTid() {
    return clearChildTid;
  }

  void clearChildTid(long address) {
    clearChildTid = address;
  }

  void robustList(long address) {
    robustList = address;
  }

  /** Its scheduling class (sched(7)). */
  int policy() {
    return policy;
  }

  /** Real-time priority, 1 to 99; 0 for a task of a normal class. */
  public int urgency() {
    return priority;
  }

  /** Whether it gives up its CPU when its quantum is over: all but SCHED_FIFO do. */
  public boolean hasQuantum() {
    return policy != FIFO;
  }

  boolean resetOnFork() {
    return resetOnFork;
  }

  void schedule(int nextPolicy, int nextPriority, boolean reset) {
    policy = nextPolicy;
    priority = nextPriority;
    resetOnFork = reset;
  }

  /** fork, clone: as its parent's, unless that is to be left behind (SCHED_RESET_ON_FORK). */
  void inheritScheduling(Task parent) {
    if (!parent.resetOnFork) {
      schedule(parent.policy, parent.priority, false);
    }
  }

  long mask() {
    return mask;
  }

  void mask(long bits) {
    mask = bits & ~(Signals.bit(Signals.SIGKILL) | Signals.bit(Signals.SIGSTOP));
  }

  /** rt_sigsuspend: blocks {@code bits} until a handler has run; then what was blocked before. */
  void suspend(long bits) {
    maskBefore = suspended ? maskBefore : mask;
    suspended = true;
    mask(bits);
  }

  /** The mask that holds again when the handler that is about to run returns. */
  long maskAfterHandler() {
    long after = suspended ? maskBefore : mask;
    suspended = false;
    return after;
  }

  /** As if rt_sigsuspend had not been called: its mask goes. */
  void unsuspend() {
    mask(maskAfterHandler());
  }

  /** Whether a signal waits that is not blocked. */
  public boolean hasSignal() {
    return (pendingBits() & ~mask) != 0;
  }

  /** Whether a signal or an interrupted call has to be dealt with before it runs on. */
  public boolean looksUp() {
    return hasSignal() || interrupted != null;
  }

  /** Signals that wait for it or for any task of its process, as bits. */
  long pendingBits() {
    return signals.bits() | body.shared().bits();
  }

  /** Signals that wait for it alone. */
  PendingSignals signals() {
    return signals;
  }

  /** Takes the next signal that it does not block, or null. */
  SignalInfo take() {
    return take(~mask);
  }

  /** Takes the next signal of a set, its own first, or null. */
  SignalInfo take(long set) {
    SignalInfo own = signals.take(set);
    SignalInfo taken = own != null ? own : body.shared().take(set);
    if (taken != null) {
      body.timers().taken(taken);
    }
    return taken;
  }

  AltStack altStack() {
    return altStack;
  }

  Restart interrupted() {
    return interrupted;
  }

  void interrupted(Restart how) {
    interrupted = how;
  }

  /** Every field. A running task is walked between runs, as ready. */
  void walk(Walk walk, long now) {
    tid = walk.i32("tid", tid);
    hart.walk(walk);
    boolean waits = walk.present("waits", wait != null);
    if (waits) {
      TaskWait walked = TaskWait.walk(walk, wait);
      wait = walk.reading() ? walked : wait; // The alarm of a sleep knows it by identity.
    }
    waitsSinceNanos = walk.i64("waitsSince", waitsSinceNanos);
    stopped = walk.flag("stopped", stopped);
    clearChildTid = walk.i64("clearChildTid", clearChildTid);
    robustList = walk.i64("robustList", robustList);
    policy = walk.i32("policy", policy);
    priority = walk.i32("priority", priority);
    resetOnFork = walk.flag("resetOnFork", resetOnFork);
    mask = walk.i64("mask", mask);
    signals.walk(walk);
    altStack.walk(walk);
    if (walk.present("interrupted", interrupted != null)) {
      interrupted = walk.constant("restart", interrupted, Restart.values());
    }
    suspended = walk.flag("suspended", suspended);
    maskBefore = walk.i64("maskBefore", maskBefore);
    long used = walk.i64("cpu", cpuNanos(now));
    if (walk.reading()) {
      cpuNanos = used;
      state = waits ? State.WAITING : State.STOPPED;
    }
  }
}
