package org.godwit.model;

/**
 * Where the 1 in a process's {@code lock} comes from. A lock passes through fork, so the process
 * whose lock was set may be an ancestor of the one that is asked about.
 *
 * @param holder the process whose lock was set: itself or an ancestor
 * @param program what the holder was running then
 * @param means how it was set
 * @param writer who wrote the file, or null if no process did
 * @param atNanos virtual time at which it was set
 */
public record LockOrigin(
    ProcessId holder, String program, Means means, ProcessId writer, long atNanos) {
  /** How a lock is set. */
  public enum Means {
    /** It was launched locked. */
    LAUNCH,
    /** A command of the session. */
    COMMAND,
    /** A write to {@code /proc/PID/lock}: what mosrun and its like do. */
    FILE
  }
}
