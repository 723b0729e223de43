package org.godwit.model.event;

import java.util.List;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.StayReason;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.scenario.NodeLimits;
import org.godwit.model.view.LedgerRow;

/** What an {@link Event} reports. */
public sealed interface Happening {
  /** A process that belongs to the happening, or null. */
  default ProcessId process() {
    return null;
  }

  /** A program was started on a node by a command. */
  record Launched(ProcessId process, String program, List<String> arguments, String launch)
      implements Happening {
    public Launched {
      arguments = List.copyOf(arguments);
    }
  }

  /** A launch that did not happen. */
  record LaunchFailed(String program, Problem problem) implements Happening {}

  /** A node has started its init from a root file system. */
  record Booted(ProcessId process, String profile) implements Happening {}

  /** {@code process} was forked by {@code parent}. */
  record Forked(ProcessId process, ProcessId parent) implements Happening {}

  /**
   * Where the system calls of a process were answered up to now, and what they cost: said now and
   * then of one that has had calls answered elsewhere, and at its end.
   *
   * @param rows by call and place
   */
  record CallsCounted(ProcessId process, List<LedgerRow> rows) implements Happening {
    public CallsCounted {
      rows = List.copyOf(rows);
    }
  }

  /** A process replaced its program. */
  record Executed(ProcessId process, String program) implements Happening {}

  /** A process ended by itself with a status of 0 to 255. */
  record Exited(ProcessId process, int status) implements Happening {}

  /**
   * A process was ended by a signal.
   *
   * @param signal number, e.g. 11
   * @param pc guest address of the instruction that raised it, or −1
   * @param address address that it touched, or −1
   */
  record Killed(ProcessId process, int signal, long pc, long address) implements Happening {}

  /** The body of a process was lost with a node or a link. */
  record Lost(ProcessId process, int node) implements Happening {}

  /** The lock was written. */
  record LockChanged(ProcessId process, boolean locked) implements Happening {}

  /** A stay reason began to hold. */
  record ReasonRaised(ProcessId process, StayEvidence evidence) implements Happening {}

  /** A stay reason ceased to hold. */
  record ReasonCleared(ProcessId process, StayReason reason) implements Happening {}

  /** Somebody asked for a migration. */
  record MigrationRequested(ProcessId process, int from, int to, MoveCause cause)
      implements Happening {}

  /** A request was refused by the deputy or by the target. */
  record MigrationRefused(ProcessId process, int from, int to, MoveCause cause, Problem why)
      implements Happening {}

  /** The body stopped at the source and began to cross. */
  record MigrationStarted(ProcessId process, int from, int to, MoveCause cause)
      implements Happening {}

  /** A migration is complete. */
  record Migrated(Migration migration) implements Happening {
    @Override
    public ProcessId process() {
      return migration.process();
    }
  }

  /**
   * The pages that post-copy had left behind have all come: the process depends on {@code from} no
   * more. The event's instant is when the last was there.
   *
   * @param pages pages that came after it had resumed
   * @param faults how many of them it had to wait for
   * @param bytes their bytes
   * @param sinceNanos when it resumed
   * @param waitedNanos how long it has waited for them, all in all; null where nobody counted
   */
  record PagesFetched(
      ProcessId process,
      int from,
      int pages,
      int faults,
      long bytes,
      long sinceNanos,
      Long waitedNanos)
      implements Happening {}

  /** A migration failed before its commit point; the process goes on at the source. */
  record MigrationAborted(ProcessId process, int from, int to, Problem why) implements Happening {}

  /** A tick of a node's balancer. */
  record Decided(Decision decision) implements Happening {
    @Override
    public ProcessId process() {
      return decision.chosen();
    }
  }

  /** A call that this kernel does not know; it returned ENOSYS. */
  record UnknownCall(ProcessId process, int number, String name, long pc) implements Happening {}

  /** The node ran out of memory and killed its largest process. */
  record OutOfMemory(ProcessId process, long bytes) implements Happening {}

  /**
   * A call failed because a limit of the node is reached. Comes once for each process and limit.
   *
   * @param call name of the first call that failed
   * @param most the limit, in pieces or bytes
   */
  record LimitReached(ProcessId process, String call, NodeLimits.Kind limit, long most)
      implements Happening {}

  /**
   * Bytes that a process wrote to a console, as text (ISO-8859-1: one char a byte).
   *
   * @param process the process that wrote
   * @param owner the process that the console was given to when it was launched, or null if that is
   *     the writer itself; a child writes to its ancestor's console
   * @param descriptor 1 for standard output and 2 for error
   */
  record Output(ProcessId process, ProcessId owner, int descriptor, String bytes)
      implements Happening {
    /** What {@code writer} wrote to the console of {@code owner}. */
    public static Output of(ProcessId writer, ProcessId owner, int descriptor, String bytes) {
      return new Output(writer, owner.equals(writer) ? null : owner, descriptor, bytes);
    }

    /** The process whose console it is: all that was written to it is one stream. */
    public ProcessId console() {
      return owner == null ? process : owner;
    }
  }

  /**
   * A terminal was opened.
   *
   * @param process the program on it, leader of its session
   * @param terminal its id
   * @param device its path on the node, e.g. {@code /dev/pts/0}
   */
  record TerminalOpened(ProcessId process, String terminal, String device, int rows, int columns)
      implements Happening {}

  /**
   * What a terminal shows next, as text (ISO-8859-1: one char a byte). Comes at most each 10 ms and
   * holds at most 4096 bytes; a program that writes faster waits.
   */
  record TerminalOutput(String terminal, String bytes) implements Happening {}

  /** A terminal's window has this size from now on. */
  record TerminalResized(String terminal, int rows, int columns) implements Happening {}

  /** A terminal is gone: hung up, or left by its last process. */
  record TerminalClosed(String terminal) implements Happening {}

  /** A node joined. */
  record NodeUp(String name) implements Happening {}

  /** A node left in order. */
  record NodeLeft(String name) implements Happening {}

  /** A node crashed. */
  record NodeCrashed(String name) implements Happening {}

  /** A link was added or changed. */
  record LinkSet(int a, int b, int megabitsPerSecond, long latencyNanos) implements Happening {}

  /** A link was cut. */
  record LinkCut(int a, int b) implements Happening {}

  /** A node's switch was flipped. */
  record SwitchChanged(NodeSwitch which, boolean on) implements Happening {}

  /** A node's speed was set. */
  record SpeedChanged(int speed) implements Happening {}

  /** The policy was changed. */
  record PolicyChanged(String policy) implements Happening {}

  /**
   * A user's policy answers for the first time, or with another code than before.
   *
   * @param policy its name
   * @param code first digits of the SHA-256 of what it was loaded from
   */
  record PolicyLoaded(String policy, String code) implements Happening {}

  /** A command was refused. */
  record CommandRefused(Problem why) implements Happening {}
}
