package org.godwit.engine.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
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

  /** What a launch command started counts as the job of somebody who can let it go on. */
  @Override
  public boolean orphaned(int group) {
    for (Process each : members(group)) {
      Process parent = kernel.process(each.parent());
      boolean ofNobody = each.parent() == 0 && !each.launch().isEmpty();
      boolean tied =
          ofNobody
              || parent != null
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

  /** A process ends. If it leads a session, its terminal is freed (exit(3), "Consequences"). */
  void ended(Process process) {
    if (process.session() != process.id().pid()) {
      return;
    }
    Terminal terminal = kernel.files().terminals().of(process.session());
    if (terminal != null) {
      terminal.leaderEnded();
    }
  }

  /**
   * The children of a process that has ended go to init, or to nobody; groups that are orphaned by
   * it and have a stopped member get SIGHUP and SIGCONT.
   */
  void orphan(Process process) {
    TreeSet<Integer> groups = new TreeSet<>();
    groups.add(process.group());
    Process init = init();
    for (int pid : process.children()) {
      Process child = kernel.process(pid);
      if (child == null) {
        continue;
      }
      groups.add(child.group());
      if (child.alive() && child.deathSignal() != 0) {
        kernel.signal(child, 0, child.deathSignal());
      }
      child.parent(init == null ? 0 : init.id().pid());
      child.exitSignal(Signals.SIGCHLD);
      if (init != null) {
        init.children().add(pid);
        if (!child.alive()) {
          WaitCalls.tellEnd(kernel, init, child);
          init.childNews().wake();
        }
      } else if (!child.alive()) {
        kernel.reaped(child);
      }
    }
    process.children().clear();
    for (int group : groups) {
      List<Process> members = members(group);
      if (orphaned(group) && members.stream().anyMatch(each -> each.stoppedBy() != 0)) {
        for (Process each : members) {
          kernel.signal(each, 0, Signals.SIGHUP);
          kernel.signal(each, 0, Signals.SIGCONT);
        }
      }
    }
  }

  /** The node's init: the first process that was started as /sbin/init, or null. */
  Process init() {
    for (Process each : kernel.processes()) {
      if (each.isInit() && each.alive()) {
        return each;
      }
    }
    return null;
  }
}
