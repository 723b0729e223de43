package org.godwit.engine.kernel;

import java.util.List;
import org.godwit.engine.kernel.file.Credentials;
import org.godwit.engine.network.Payload;
import org.godwit.model.ProcessId;

/**
 * What kernels say to each other about a process that is away. Calls travel as serialised bytes.
 */
public sealed interface KernelMessage extends Payload {
  /** The process that it is about. */
  ProcessId process();

  @Override
  default int bytes() {
    return HEADER_BYTES;
  }

  /**
   * Body to deputy: make this call.
   *
   * @param files what the body has done to the descriptors, see {@link FileLease#tell}
   */
  record Forward(ProcessId process, byte[] call, byte[] files) implements KernelMessage {
    @Override
    public int bytes() {
      return HEADER_BYTES + call.length + files.length;
    }
  }

  /**
   * Deputy to body: the call's value and results.
   *
   * @param files the descriptors, if they have changed, see {@link FileLease#renew}; else empty
   */
  record Reply(ProcessId process, int tid, long value, byte[] call, byte[] files)
      implements KernelMessage {
    @Override
    public int bytes() {
      return HEADER_BYTES + call.length + files.length;
    }
  }

  /** Deputy to body: a signal for the process (tid 0) or one of its tasks. */
  record Signal(ProcessId process, int tid, SignalInfo info) implements KernelMessage {}

  /** Body to deputy: a signal stopped the process. */
  record Stopped(ProcessId process, int signal) implements KernelMessage {}

  /** Body to deputy: SIGCONT let the process go on. */
  record Continued(ProcessId process) implements KernelMessage {}

  /** Body to deputy: whether ended children are to vanish at once (SIGCHLD is ignored). */
  record ChildPolicy(ProcessId process, boolean vanish) implements KernelMessage {}

  /** Body to deputy: a signal came while this task's call waits; end the wait with EINTR. */
  record Interrupt(ProcessId process, int tid) implements KernelMessage {}

  /** Body to deputy: the body has ended; {@code files} as in {@link Forward}. */
  record Ended(ProcessId process, Ending ending, byte[] files) implements KernelMessage {
    @Override
    public int bytes() {
      return HEADER_BYTES + ending.ledger().size() * Ledger.ENTRY_BYTES + files.length;
    }
  }

  /** Body to deputy: the child that the deputy made has its body on this node. */
  record Born(ProcessId process) implements KernelMessage {}

  /** Body to deputy: a task needs a page of a mapped file. */
  record PageRequest(ProcessId process, int tid, long handle, long index)
      implements KernelMessage {}

  /** Deputy to body: the page, or an empty array past the end of the file. */
  record PageReply(ProcessId process, int tid, long handle, long index, byte[] content)
      implements KernelMessage {
    @Override
    public int bytes() {
      return HEADER_BYTES + content.length;
    }
  }

  /** Deputy to a node with files: make this call on them, for a process. */
  record MfsCall(
      ProcessId process, long number, Credentials who, int umask, long fileLimit, byte[] call)
      implements KernelMessage {
    @Override
    public int bytes() {
      return HEADER_BYTES + call.length;
    }
  }

  /** The answer to that. */
  record MfsReply(ProcessId process, long number, long value, byte[] call)
      implements KernelMessage {
    @Override
    public int bytes() {
      return HEADER_BYTES + call.length;
    }
  }

  /** To a node with files: this descriptor is not needed any more. */
  record MfsClose(ProcessId process, int handle) implements KernelMessage {}

  /**
   * Body to a node with files: make this call on them (DFSA).
   *
   * @param owner under whose name the call's descriptor is open there
   * @param number of the request among those of the process
   */
  record DfsaCall(
      ProcessId process,
      ProcessId owner,
      long number,
      Credentials who,
      int umask,
      long fileLimit,
      byte[] call)
      implements KernelMessage {
    @Override
    public int bytes() {
      return HEADER_BYTES + call.length;
    }
  }

  /**
   * The answer to that, which finds the body by way of its home if it has moved meanwhile.
   *
   * @param server the node that answers
   * @param byHome whether it has been there
   */
  record DfsaReply(
      ProcessId process, long number, int server, long value, byte[] call, boolean byHome)
      implements KernelMessage {
    @Override
    public int bytes() {
      return HEADER_BYTES + call.length;
    }
  }

  /** Home to a node with files: of what this process has open there, only this is needed. */
  record MfsKeep(ProcessId process, List<Integer> handles) implements KernelMessage {
    @Override
    public int bytes() {
      return HEADER_BYTES + handles.size() * Integer.BYTES;
    }
  }

  /** Deputy to body: the limit of CPU time (RLIMIT_CPU), {@link Long#MAX_VALUE} for none. */
  record CpuLimit(ProcessId process, long softNanos, long hardNanos) implements KernelMessage {}

  /** Deputy to body: another nice value. */
  record Nice(ProcessId process, int nice) implements KernelMessage {}

  /** Deputy to body: lock, first stay reason or what the balancer is told changed. */
  record Mirror(ProcessId process, boolean locked, String reason, Steering steering)
      implements KernelMessage {}
}
