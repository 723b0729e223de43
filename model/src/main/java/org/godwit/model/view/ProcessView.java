package org.godwit.model.view;

import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;

/**
 * A process at one instant.
 *
 * @param id identity
 * @param program name of its program
 * @param arguments argv without argv[0]
 * @param parent pid of its parent at home, 0 for none
 * @param launch launch id, or empty for a forked process
 * @param where node that runs it now; the source while it migrates
 * @param state what it is doing
 * @param waitingFor name of the call it waits in, or empty
 * @param lock the user's lock
 * @param reasons stay reasons that hold, with evidence
 * @param threads tasks of it
 * @param cpuNanos CPU time used, virtual
 * @param cpuShare share of one CPU used in the last sampling interval
 * @param residentPages pages in memory
 * @param movablePages pages that a migration would carry
 * @param migrations migrations so far
 * @param forwardedCalls calls forwarded to the home so far
 * @param instructions instructions retired so far
 * @param startedNanos when it started
 * @param arrivedNanos when it came to {@code where}
 * @param exitStatus 0 to 255 when exited, 128 + signal when killed, −1 while it lives
 * @param pc guest address of its next instruction (first task)
 * @param watch value of the program's watched variable, or null
 */
public record ProcessView(
    ProcessId id,
    String program,
    List<String> arguments,
    int parent,
    String launch,
    int where,
    State state,
    String waitingFor,
    boolean lock,
    List<StayEvidence> reasons,
    int threads,
    long cpuNanos,
    double cpuShare,
    int residentPages,
    int movablePages,
    int migrations,
    long forwardedCalls,
    long instructions,
    long startedNanos,
    long arrivedNanos,
    int exitStatus,
    long pc,
    Long watch) {
  public ProcessView {
    arguments = List.copyOf(arguments);
    reasons = List.copyOf(reasons);
  }

  /** What a process is doing. */
  public enum State {
    RUNNING,
    READY,
    WAITING,
    /** Frozen for a migration. */
    FROZEN,
    STOPPED,
    ZOMBIE,
    EXITED,
    /** Ended by a fault signal. */
    CRASHED,
    /** Lost with a node or link. */
    LOST
  }

  /** Whether it runs elsewhere than at home. */
  public boolean isAway() {
    return where != id.home();
  }

  /** Whether it can still run. */
  public boolean isAlive() {
    return switch (state) {
      case RUNNING, READY, WAITING, FROZEN, STOPPED -> true;
      case ZOMBIE, EXITED, CRASHED, LOST -> false;
    };
  }
}
