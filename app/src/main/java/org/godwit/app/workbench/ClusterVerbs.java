package org.godwit.app.workbench;

import java.util.Collection;
import java.util.List;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.notice.Notice;
import org.godwit.app.notice.NoticeBoard;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;

/**
 * What a user can do to processes and nodes, from whichever panel: the command goes down, a refusal
 * becomes a notice. FX thread only.
 */
public final class ClusterVerbs {
  /** Signal that ends a process for certain. */
  public static final int SIGKILL = 9;

  private final EngineBridge bridge;
  private final NoticeBoard notices;
  private int launches;

  public ClusterVerbs(EngineBridge bridge, NoticeBoard notices) {
    this.bridge = bridge;
    this.notices = notices;
  }

  /** Launches {@code count} copies of a program on a node. */
  public void launch(int node, String program, List<String> arguments, int count, boolean locked) {
    launches++;
    submit(new Command.Launch("w" + launches, node, program, arguments, count, locked));
  }

  /** Asks that the processes move to {@code node}. */
  public void migrate(Collection<ProcessId> processes, int node) {
    for (ProcessId process : processes) {
      submit(new Command.Migrate(ref(process), node));
    }
  }

  /** Sends the processes home. */
  public void sendHome(Collection<ProcessId> processes) {
    migrate(processes, Command.Migrate.HOME);
  }

  /** Writes the lock of the processes. */
  public void lock(Collection<ProcessId> processes, boolean locked) {
    for (ProcessId process : processes) {
      submit(new Command.SetLock(ref(process), locked));
    }
  }

  /** Kills the processes. */
  public void kill(Collection<ProcessId> processes) {
    for (ProcessId process : processes) {
      submit(new Command.Signal(ref(process), SIGKILL));
    }
  }

  /** Flips a switch of a node. */
  public void setSwitch(int node, NodeSwitch which, boolean on) {
    submit(new Command.SetSwitch(node, which, on));
  }

  /** Carries out any command; a refusal becomes a notice. */
  public void submit(Command command) {
    bridge.submit(command, this::tell);
  }

  /** How commands name a process. */
  public static ProcessRef ref(ProcessId process) {
    return new ProcessRef.ById(process);
  }

  private void tell(CommandRecord record) {
    if (record.refused() != null) {
      notices.post(
          new Notice(Notice.Severity.WARNING, record.refused(), "", record.atNanos(), List.of()));
    }
  }
}
