package org.godwit.engine.session.experiment;

/**
 * What one run measured.
 *
 * @param launched processes that were started by commands
 * @param ended those that came to their end with status 0
 * @param failed those that ended otherwise: with another status, by a signal, or lost
 * @param meanSlowdown mean over the launched of (time from start to end, or to the end of the run)
 *     / (time that its instructions take alone on the fastest CPU); waiting counts
 * @param worstSlowdown the largest of them
 * @param makespanSeconds virtual seconds from 0 to the last end, or to the end of the run if
 *     somebody is still alive
 * @param efficiency instructions retired by processes / those that all CPUs could have retired in
 *     the makespan, 0 to 1
 * @param migrations completed
 * @param movedBytes length of all bodies that moved
 * @param forwardedCalls calls that homes served for those who were away
 * @param stateHash of the last state
 */
public record Measures(
    int launched,
    int ended,
    int failed,
    double meanSlowdown,
    double worstSlowdown,
    double makespanSeconds,
    double efficiency,
    int migrations,
    long movedBytes,
    long forwardedCalls,
    long stateHash) {
  /** Those that were alive when the run ended. */
  public int unfinished() {
    return launched - ended - failed;
  }
}
