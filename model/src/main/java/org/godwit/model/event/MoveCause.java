package org.godwit.model.event;

/** Who asked for a migration. */
public enum MoveCause {
  /** The balancer. Refused while the process is locked. */
  BALANCER,
  /** A person, or the tool {@code migrate}. */
  USER,
  /** A write to {@code /proc/PID/goto} or {@code /proc/PID/migrate}. */
  PROC_FILE,
  /** A call that can only be made at home (decision 15). */
  CALL,
  /** The node is being emptied: expel, bring, leave. */
  EVACUATION,
  /** {@code --migrate-every}: the command line's move after each N instructions. */
  EXERCISE,
  /** A cap of {@code /proc/hpc/admin} is exceeded: loadlimit or cpulimit. */
  LIMIT
}
