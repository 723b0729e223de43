package org.godwit.engine.kernel;

/** What /proc tells of the machine that the kernel itself does not know. */
public interface NodeFigures {
  /** Time that a CPU was not idle since the start, nanoseconds. */
  long busyNanos(int cpu);

  /** Tasks that run or are ready. */
  int runnable();

  /** Load averages over 1, 5 and 15 minutes, as proc_loadavg(5) has them. */
  double[] loadAverages();

  /** Clock of the CPUs, MHz. */
  int megahertz();
}
