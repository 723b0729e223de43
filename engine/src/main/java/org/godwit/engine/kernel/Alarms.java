package org.godwit.engine.kernel;

import java.util.PriorityQueue;

/**
 * Things to do at an instant within one kernel: ends of sleeps and time limits. Derived from what
 * tasks and calls wait for, hence not walked. In order of (time, order of setting).
 */
final class Alarms {
  /** One thing to do, unless it is cancelled before. */
  static final class Alarm implements Comparable<Alarm> {
    private final long nanos;
    private final long sequence;
    private Runnable what;

    private Alarm(long nanos, long sequence, Runnable what) {
      this.nanos = nanos;
      this.sequence = sequence;
      this.what = what;
    }

    void cancel() {
      what = null;
    }

    @Override
    public int compareTo(Alarm other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  private final PriorityQueue<Alarm> queue = new PriorityQueue<>();
  private long sequence;

  Alarm at(long nanos, Runnable what) {
    Alarm alarm = new Alarm(nanos, sequence++, what);
    queue.add(alarm);
    return alarm;
  }

  /** When the next alarm is due; {@link Long#MAX_VALUE} if none is. */
  long nextNanos() {
    while (!queue.isEmpty() && queue.peek().what == null) {
      queue.remove();
    }
    return queue.isEmpty() ? Long.MAX_VALUE : queue.peek().nanos;
  }

  /** Does the first thing that is due at {@code now}; false if none is. */
  boolean fire(long now) {
    if (nextNanos() > now) {
      return false;
    }
    queue.remove().what.run();
    return true;
  }
}
