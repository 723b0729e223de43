package org.godwit.app.workbench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.godwit.app.action.UndoList;
import org.godwit.app.bridge.EngineBridge;
import org.godwit.app.notice.Notice;
import org.godwit.app.notice.NoticeBoard;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.view.ClusterView;

/**
 * What a user can do to processes and nodes, from whichever panel: the command goes down, a refusal
 * becomes a notice. FX thread only.
 */
public final class ClusterVerbs {
  /** Signal that ends a process for certain. */
  public static final int SIGKILL = 9;

  private final EngineBridge bridge;
  private final NoticeBoard notices;
  private final UndoList undo;
  private int launches;

  /** Verbs whose deeds nobody can undo: for a recording, for tests. */
  public ClusterVerbs(EngineBridge bridge, NoticeBoard notices) {
    this(bridge, notices, new UndoList());
  }

  /** Verbs whose deeds are noted in {@code undo}. */
  public ClusterVerbs(EngineBridge bridge, NoticeBoard notices, UndoList undo) {
    this.bridge = bridge;
    this.notices = notices;
    this.undo = undo;
  }

  /** Launches {@code count} copies of a program on a node. */
  public void launch(int node, String program, List<String> arguments, int count, boolean locked) {
    String[] name = {""};
    Supplier<Command> launch =
        () -> {
          launches++;
          name[0] = "w" + launches;
          return new Command.Launch(name[0], node, program, arguments, count, locked);
        };
    bridge.submit(
        launch.get(),
        record -> {
          tell(record);
          if (record.refused() == null) {
            undo.did(
                Problem.of("undo.launch", program, count),
                () -> killAll(name[0], count),
                () -> bridge.submit(launch.get(), this::tell));
          }
        });
  }

  /** Ends what a launch has started; what has ended by itself is no trouble. */
  private void killAll(String launch, int count) {
    for (int i = 0; i < count; i++) {
      bridge.submit(new Command.Signal(new ProcessRef.ByLaunch(launch, i), SIGKILL), _ -> {});
    }
  }

  /** Asks that the processes move to {@code node}. */
  public void migrate(Collection<ProcessId> processes, int node) {
    submitAll(each(processes, ref -> new Command.Migrate(ref, node)));
  }

  /** Sends the processes home. */
  public void sendHome(Collection<ProcessId> processes) {
    migrate(processes, Command.Migrate.HOME);
  }

  /** Writes the lock of the processes. */
  public void lock(Collection<ProcessId> processes, boolean locked) {
    submitAll(each(processes, ref -> new Command.SetLock(ref, locked)));
  }

  /** Kills the processes. */
  public void kill(Collection<ProcessId> processes) {
    submitAll(each(processes, ref -> new Command.Signal(ref, SIGKILL)));
  }

  /** Flips a switch of a node. */
  public void setSwitch(int node, NodeSwitch which, boolean on) {
    submit(new Command.SetSwitch(node, which, on));
  }

  /** Carries out any command; a refusal becomes a notice. */
  public void submit(Command command) {
    submitAll(List.of(command));
  }

  /** Carries out several commands as one deed, which one undo takes back. */
  public void submitAll(List<? extends Command> commands) {
    if (commands.isEmpty()) {
      return;
    }
    ClusterView before = bridge.frame().view();
    List<Command> done = new ArrayList<>();
    List<Command> inverses = new ArrayList<>();
    List<Command> finals = new ArrayList<>();
    long[] atNanos = {0};
    int[] open = {commands.size()};
    for (Command command : commands) {
      bridge.submit(
          command,
          record -> {
            tell(record);
            if (record.refused() == null) {
              if (UndoableCommands.isFinal(command)) {
                finals.add(command);
                atNanos[0] = record.atNanos();
              }
              UndoableCommands.inverse(command, before)
                  .ifPresent(
                      inverse -> {
                        done.add(command);
                        inverses.add(inverse);
                      });
            }
            if (--open[0] > 0) {
              return;
            }
            if (!finals.isEmpty()) {
              noteFinal(finals, atNanos[0], before);
            } else if (!done.isEmpty()) {
              note(done, inverses, before);
            }
          });
    }
  }

  /**
   * What nothing takes back, e.g. a kill: undoing it returns to just before it, paused; the future
   * that is left is kept as the other one.
   */
  private void noteFinal(List<Command> done, long atNanos, ClusterView before) {
    undo.did(
        named(done, before),
        () -> bridge.returnTo(atNanos),
        () -> done.forEach(each -> bridge.submit(each, this::tell)));
  }

  private void note(List<Command> done, List<Command> inverses, ClusterView before) {
    undo.did(
        named(done, before),
        () -> inverses.reversed().forEach(each -> bridge.submit(each, this::tell)),
        () -> done.forEach(each -> bridge.submit(each, this::tell)));
  }

  private static Problem named(List<Command> done, ClusterView before) {
    Problem first = UndoableCommands.name(done.getFirst(), before);
    return done.size() == 1 ? first : Problem.of("undo.several", first, done.size());
  }

  private static List<Command> each(
      Collection<ProcessId> processes, Function<ProcessRef, Command> command) {
    return processes.stream().map(ClusterVerbs::ref).map(command).toList();
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
