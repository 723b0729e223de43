package org.godwit.engine.kernel;

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

  /** Body to deputy: make this call. */
  record Forward(ProcessId process, byte[] call) implements KernelMessage {
    @Override
    public int bytes() {
      return HEADER_BYTES + call.length;
    }
  }

  /** Deputy to body: the call's value and results. */
  record Reply(ProcessId process, int tid, long value, byte[] call) implements KernelMessage {
    @Override
    public int bytes() {
      return HEADER_BYTES + call.length;
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

  /** Body to deputy: the body has ended. */
  record Ended(ProcessId process, Ending ending) implements KernelMessage {
    @Override
    public int bytes() {
      return HEADER_BYTES + ending.ledger().size() * Ledger.ENTRY_BYTES;
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
  record MfsCall(ProcessId process, long number, Credentials who, int umask, byte[] call)
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

  /** Deputy to a node with files: this descriptor is not needed any more. */
  record MfsClose(ProcessId process, int handle) implements KernelMessage {}

  /** Deputy to body: lock, first stay reason or what the balancer is told changed. */
  record Mirror(ProcessId process, boolean locked, String reason, Steering steering)
      implements KernelMessage {}
}
