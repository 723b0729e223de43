package org.godwit.engine.kernel;

import org.godwit.engine.state.Walk;
import org.godwit.model.scenario.NodeLimits;

/**
 * A process's resource limits (getrlimit(2)), part of its deputy: kept and handed to children.
 * Those on CPU time, file size, stack (by the C library), processes and descriptors have an effect;
 * the greatest number of descriptors and the size of files stand where they are looked at.
 */
final class ResourceLimits {
  static final int CPU = 0;
  static final int FSIZE = 1;
  static final int STACK = 3;
  static final int CORE = 4;
  static final int NPROC = 6;
  static final int NOFILE = 7;
  static final int COUNT = 16;

  /** RLIM_INFINITY: as an unsigned number the greatest. */
  static final long INFINITY = -1L;

  private static final int SIGPENDING = 11;
  private static final int MSGQUEUE = 12;
  static final int NICE = 13;
  private static final int RTPRIO = 14;
  private static final long STACK_BYTES = 8L << 20;
  private static final long QUEUE_BYTES = 819_200;

  private final long[] soft = new long[COUNT];
  private final long[] hard = new long[COUNT];
  private boolean changed;

  /** What the first process of a node has. */
  ResourceLimits(NodeLimits most) {
    for (int each = 0; each < COUNT; each++) {
      soft[each] = INFINITY;
      hard[each] = INFINITY;
    }
    soft[STACK] = STACK_BYTES;
    soft[CORE] = 0; // Nothing dumps core here.
    both(NPROC, most.processes());
    both(NOFILE, most.descriptors());
    both(SIGPENDING, PendingSignals.MOST);
    both(MSGQUEUE, QUEUE_BYTES);
    both(NICE, 0);
    both(RTPRIO, 0);
  }

  private void both(int resource, long value) {
    soft[resource] = value;
    hard[resource] = value;
  }

  long soft(int resource) {
    return soft[resource];
  }

  long hard(int resource) {
    return hard[resource];
  }

  void set(int resource, long nextSoft, long nextHard) {
    soft[resource] = nextSoft;
    hard[resource] = nextHard;
    changed = true;
  }

  /** fork: a child has its parent's. */
  void inherit(ResourceLimits parent) {
    System.arraycopy(parent.soft, 0, soft, 0, COUNT);
    System.arraycopy(parent.hard, 0, hard, 0, COUNT);
    changed = parent.changed;
  }

  /** For the hash; what a scenario says is in it already. */
  void walk(Walk walk) {
    changed = walk.flag("limitsChanged", changed);
    for (int each = 0; changed && each < COUNT; each++) {
      soft[each] = walk.i64("soft", soft[each]);
      hard[each] = walk.i64("hard", hard[each]);
    }
  }
}
