package org.godwit.app.workbench;

import java.util.Optional;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.LinkView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;

/**
 * The command that takes another one back, for those that have one: what a switch, a link or a lock
 * was before, where a process was. It is a command like any other and happens now. A killed process
 * lives again only when one goes back in time ({@link #isFinal}). Pure functions.
 */
final class UndoableCommands {
  private UndoableCommands() {}

  /** The command that restores what {@code command} changes in {@code before}. */
  static Optional<Command> inverse(Command command, ClusterView before) {
    return switch (command) {
      case Command.Migrate(ProcessRef ref, int to) ->
          process(ref, before)
              .filter(p -> p.where() != (to == Command.Migrate.HOME ? p.id().home() : to))
              .map(p -> new Command.Migrate(ref, p.isAway() ? p.where() : Command.Migrate.HOME));
      case Command.SetLock(ProcessRef ref, boolean locked) ->
          process(ref, before)
              .filter(p -> p.lock() != locked)
              .map(p -> new Command.SetLock(ref, p.lock()));
      case Command.SetSwitch(int node, NodeSwitch which, boolean on) ->
          node(node, before)
              .filter(n -> n.switches().contains(which) != on)
              .map(_ -> new Command.SetSwitch(node, which, !on));
      case Command.SetSpeed(int node, int speed) ->
          node(node, before)
              .filter(n -> n.spec().speed() != speed)
              .map(n -> new Command.SetSpeed(node, n.spec().speed()));
      case Command.SetPolicy(String policy) when !policy.equals(before.policy()) ->
          Optional.of(new Command.SetPolicy(before.policy()));
      case Command.AddNode added -> Optional.of(new Command.RemoveNode(added.node().id()));
      case Command.SetLink(LinkSpec link) ->
          Optional.of(
              link(link.a(), link.b(), before)
                  .filter(LinkView::up)
                  .<Command>map(old -> new Command.SetLink(old.spec()))
                  .orElseGet(() -> new Command.CutLink(link.a(), link.b())));
      case Command.CutLink(int a, int b) ->
          link(a, b, before).filter(LinkView::up).map(old -> new Command.SetLink(old.spec()));
      default -> Optional.empty();
    };
  }

  /** Whether only going back in time takes it back. */
  static boolean isFinal(Command command) {
    return switch (command) {
      case Command.Signal(ProcessRef _, int signal) -> signal == ClusterVerbs.SIGKILL;
      case Command.RemoveNode _, Command.CrashNode _ -> true;
      default -> false;
    };
  }

  /** What a command does, in words. */
  static Problem name(Command command, ClusterView before) {
    return switch (command) {
      case Command.Migrate(ProcessRef ref, int to) when to == Command.Migrate.HOME ->
          Problem.of("undo.home", process(ref, before).map(UndoableCommands::words).orElse("?"));
      case Command.Migrate(ProcessRef ref, int to) ->
          Problem.of(
              "undo.migrate", process(ref, before).map(UndoableCommands::words).orElse("?"), to);
      case Command.SetLock(ProcessRef ref, boolean locked) ->
          Problem.of(
              locked ? "undo.lock" : "undo.unlock",
              process(ref, before).map(UndoableCommands::words).orElse("?"));
      case Command.SetSwitch set -> Problem.of("undo.switch", set.node());
      case Command.SetSpeed set -> Problem.of("undo.speed", set.node());
      case Command.SetPolicy _ -> Problem.of("undo.policy");
      case Command.AddNode added -> Problem.of("undo.addnode", added.node().name());
      case Command.SetLink set -> Problem.of("undo.link", set.link().a(), set.link().b());
      case Command.Signal(ProcessRef ref, int _) ->
          Problem.of("undo.kill", process(ref, before).map(UndoableCommands::words).orElse("?"));
      case Command.RemoveNode removed -> Problem.of("undo.leave", removed.node());
      case Command.CrashNode crashed -> Problem.of("undo.crash", crashed.node());
      case Command.CutLink cut -> Problem.of("undo.cut", cut.a(), cut.b());
      default -> Problem.of("undo.other");
    };
  }

  private static String words(ProcessView process) {
    return process.program() + " " + process.id().pid();
  }

  private static Optional<ProcessView> process(ProcessRef ref, ClusterView view) {
    if (!(ref instanceof ProcessRef.ById(ProcessId id))) {
      return Optional.empty();
    }
    return view.processes().stream().filter(p -> p.id().equals(id)).findFirst();
  }

  private static Optional<NodeView> node(int id, ClusterView view) {
    return view.nodes().stream().filter(n -> n.spec().id() == id).findFirst();
  }

  private static Optional<LinkView> link(int a, int b, ClusterView view) {
    return view.links().stream()
        .filter(
            l -> l.spec().a() == a && l.spec().b() == b || l.spec().a() == b && l.spec().b() == a)
        .findFirst();
  }
}
