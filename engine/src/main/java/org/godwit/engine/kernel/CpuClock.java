package org.godwit.engine.kernel;

import org.godwit.engine.kernel.call.Errno;

/**
 * Clocks that count CPU time (clock_getcpuclockid(3)): 2 and 3 for the caller, and negative ones
 * that name a process or a thread: ~pid in the bits from the fourth on, 4 for a thread, and the
 * kind (0 profiling, 1 user, 2 scheduler's) below.
 */
final class CpuClock {
  static final int PROCESS = 2;
  static final int THREAD = 3;

  private static final int OF_THREAD = 4;
  private static final int KIND = 3;
  private static final int NO_KIND = 3;

  private CpuClock() {}

  /** Whether the number is such a clock's, be it that of something which does not exist. */
  static boolean is(int clock) {
    return clock == PROCESS || clock == THREAD || clock < 0 && (clock & KIND) != NO_KIND;
  }

  /** Whether it counts the CPU time of one thread. */
  static boolean isThreads(int clock) {
    return clock == THREAD || clock < 0 && (clock & OF_THREAD) != 0;
  }

  /** The pid or tid that a negative number names, 0 for the caller. */
  static int names(int clock) {
    return clock < 0 ? ~(clock >> 3) : 0;
  }

  /**
   * What of the caller's own process it counts: 0 for the process, a tid for a thread; an error
   * below 0 if it is another's or nobody's.
   */
  static int of(Task caller, int clock) {
    int named = names(clock);
    if (isThreads(clock)) {
      int tid = named == 0 ? caller.tid() : named;
      return caller.body().task(tid) == null ? -Errno.EINVAL : tid;
    }
    return named == 0 || named == caller.body().id().pid() ? 0 : -Errno.EINVAL;
  }
}
