package org.godwit.engine.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.tty.JobPort;
import org.godwit.engine.kernel.tty.Terminal;

/**
 * Process groups, sessions and their terminals (credentials(7), setpgid(2), setsid(2)). Signals
 * that a terminal raises in the middle of a call are sent when the call has been dealt with, since
 * they may end its wait.
 */
final class Jobs implements JobPort {
  /** A signal that is to be sent; to a process, or to a group if {@code pid} is negative. */
  private record Raised(int pid, int signal) {}

  private final Kernel kernel;
  private final ArrayDeque<Raised> raised = new ArrayDeque<>();

  Jobs(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public int group(int pid) {
    Process process = kernel.process(pid);
    return process == null ? 0 : process.group();
  }

  @Override
  public int session(int pid) {
    Process process = kernel.process(pid);
    return process == null ? 0 : process.session();
  }

  /** Those of a group that have not ended, by pid. */
  List<Process> members(int group) {
    List<Process> members = new ArrayList<>();
    for (Process each : kernel.processes()) {
      if (each.group() == group && each.alive()) {
        members.add(each);
      }
    }
    return members;
  }

  @Override
  public int sessionOfGroup(int group) {
    for (Process each : kernel.processes()) {
      if (each.group() == group) {
        return each.session();
      }
    }
    return 0;
  }

  @Override
  public boolean orphaned(int group) {
    return orphaned(group, null);
  }

  /** As if {@code ignored} were not there any more. */
  boolean orphaned(int group, Process ignored) {
    for (Process each : members(group)) {
      Process parent = kernel.process(each.parent());
      boolean tied =
          each != ignored
              && parent != null
              && parent.alive()
              && parent.group() != group
              && parent.session() == each.session();
      if (tied) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void signalGroup(int group, int signal) {
    raised.add(new Raised(-group, signal));
  }

  @Override
  public void signal(int pid, int signal) {
    raised.add(new Raised(pid, signal));
  }

  /** Sends the next signal that was raised; false if there is none. */
  boolean sendNext() {
    Raised next = raised.poll();
    if (next == null) {
      return false;
    }
    if (next.pid() > 0) {
      Process process = kernel.process(next.pid());
      if (process != null) {
        kernel.signal(process, 0, next.signal());
      }
    } else {
      for (Process each : members(-next.pid())) {
        kernel.signal(each, 0, next.signal());
      }
    }
    return true;
  }

  /** A process ends. If it leads a session, its terminal is hung up (exit(3), "Consequences"). */
  void ended(Process process) {
    if (process.session() != process.id().pid()) {
      return;
    }
    Terminal terminal = kernel.files().terminals().of(process.session());
    if (terminal != null) {
      terminal.leaderEnded();
    }
  }
}
