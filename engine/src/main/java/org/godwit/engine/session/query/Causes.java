package org.godwit.engine.session.query;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.MoveCause;

/**
 * What led to an event, as far as a recording tells: a finished move began, was asked for, was
 * decided by a balancer, whose node had become too full when somebody was launched there, which a
 * command did. One cause each, the nearest; the chain ends at a command or where the recording
 * knows no cause.
 */
public final class Causes {
  private static final int LONGEST = 24;

  private final RecordedSession session;
  private final Tracks tracks;

  /** Causes within {@code session}. */
  public Causes(RecordedSession session) {
    this.session = session;
    this.tracks = new Tracks(session.events(), session.facts().endNanos());
  }

  /**
   * A link of a chain: an event or a command.
   *
   * @param event the event, or null
   * @param command the command, or null
   */
  public record Cause(Event event, CommandRecord command) {
    /** When it was. */
    public long atNanos() {
      return event != null ? event.atNanos() : command.atNanos();
    }
  }

  /** What led to the event at {@code index}, the first cause first; without the event itself. */
  public List<Cause> of(int index) {
    Deque<Cause> chain = new ArrayDeque<>();
    int at = index;
    while (chain.size() < LONGEST) {
      Event event = session.events().get(at);
      CommandRecord command = command(event);
      if (command != null) {
        chain.addFirst(new Cause(null, command));
        break;
      }
      at = before(at, event);
      if (at < 0) {
        break;
      }
      chain.addFirst(new Cause(session.events().get(at), null));
    }
    return new ArrayList<>(chain);
  }

  /** The command that did it, or null. */
  private CommandRecord command(Event event) {
    return switch (event.what()) {
      case Happening.Launched what ->
          latest(event, c -> c instanceof Command.Launch l && l.launch().equals(what.launch()));
      case Happening.LaunchFailed what ->
          now(event, c -> c instanceof Command.Launch l && l.program().equals(what.program()));
      case Happening.LockChanged _ -> now(event, Command.SetLock.class::isInstance);
      case Happening.Killed _ -> now(event, Command.Signal.class::isInstance);
      case Happening.MigrationRequested what when what.cause() == MoveCause.USER ->
          now(event, Command.Migrate.class::isInstance);
      case Happening.MigrationRefused what when what.cause() == MoveCause.USER ->
          now(event, Command.Migrate.class::isInstance);
      case Happening.MigrationRequested what when what.cause() == MoveCause.EVACUATION ->
          latest(
              event,
              c ->
                  c instanceof Command.Expel
                      || c instanceof Command.Bring
                      || c instanceof Command.RemoveNode);
      case Happening.NodeUp _ -> now(event, Command.AddNode.class::isInstance);
      case Happening.NodeLeft _ ->
          latest(event, c -> c instanceof Command.RemoveNode r && r.node() == event.node());
      case Happening.NodeCrashed _ ->
          latest(event, c -> c instanceof Command.CrashNode r && r.node() == event.node());
      case Happening.LinkSet _ -> now(event, Command.SetLink.class::isInstance);
      case Happening.LinkCut _ -> now(event, Command.CutLink.class::isInstance);
      case Happening.SwitchChanged _ ->
          now(
              event,
              c ->
                  c instanceof Command.SetSwitch
                      || c instanceof Command.Expel
                      || c instanceof Command.Bring);
      case Happening.SpeedChanged _ -> now(event, Command.SetSpeed.class::isInstance);
      case Happening.PolicyChanged _ -> now(event, Command.SetPolicy.class::isInstance);
      case Happening.PolicyLoaded _ -> now(event, Command.Advise.class::isInstance);
      case Happening.CommandRefused _ -> refused(event);
      case Happening.TerminalOpened what ->
          latest(
              event,
              c -> c instanceof Command.OpenTerminal o && o.terminal().equals(what.terminal()));
      case Happening.TerminalResized what ->
          latest(
              event,
              c -> c instanceof Command.ResizeTerminal r && r.terminal().equals(what.terminal()));
      default -> null;
    };
  }

  private CommandRecord now(Event event, Predicate<Command> which) {
    return latest(event, which, event.atNanos());
  }

  private CommandRecord latest(Event event, Predicate<Command> which) {
    return latest(event, which, Long.MIN_VALUE);
  }

  private CommandRecord latest(Event event, Predicate<Command> which, long notBefore) {
    CommandRecord found = null;
    for (CommandRecord each : session.commands()) {
      if (each.atNanos() > event.atNanos()) {
        break;
      }
      if (each.atNanos() >= notBefore && each.refused() == null && which.test(each.command())) {
        found = each;
      }
    }
    return found;
  }

  private CommandRecord refused(Event event) {
    CommandRecord found = null;
    for (CommandRecord each : session.commands()) {
      if (each.atNanos() == event.atNanos() && each.refused() != null) {
        found = each;
      }
    }
    return found;
  }

  /** Position of the event that led to {@code event}, or −1. */
  private int before(int at, Event event) {
    return switch (event.what()) {
      case Happening.Migrated(var move) -> ofMove(at, move.process(), true);
      case Happening.MigrationAborted what -> ofMove(at, what.process(), true);
      case Happening.MigrationStarted what -> ofMove(at, what.process(), false);
      case Happening.MigrationRefused what -> ofMove(at, what.process(), false);
      case Happening.MigrationRequested what -> decision(at, what);
      case Happening.Decided _ -> crowding(at, event.node());
      case Happening.Forked what -> life(at, what.parent());
      case Happening.Lost _ ->
          back(
              at,
              each ->
                  each.what() instanceof Happening.NodeCrashed
                      || each.what() instanceof Happening.NodeLeft
                      || each.what() instanceof Happening.LinkCut);
      case Happening.Booted _ ->
          back(at, each -> each.node() == event.node() && each.what() instanceof Happening.NodeUp);
      case Happening.TerminalOutput what -> terminal(at, what.terminal());
      case Happening.TerminalClosed what -> terminal(at, what.terminal());
      default -> event.what().process() == null ? -1 : life(at, event.what().process());
    };
  }

  private int terminal(int at, String terminal) {
    return back(
        at,
        each ->
            each.what() instanceof Happening.TerminalOpened opened
                && opened.terminal().equals(terminal));
  }

  private int ofMove(int at, ProcessId process, boolean started) {
    int found =
        back(
            at,
            each ->
                process.equals(each.what().process())
                    && (each.what() instanceof Happening.MigrationRequested
                        || started && each.what() instanceof Happening.MigrationStarted));
    return found >= 0 ? found : decidedFor(at, process);
  }

  private int decision(int at, Happening.MigrationRequested request) {
    return request.cause() == MoveCause.BALANCER
        ? decidedFor(at, request.process())
        : life(at, request.process());
  }

  private int decidedFor(int at, ProcessId process) {
    return back(
        at,
        each ->
            each.what() instanceof Happening.Decided(var decision)
                && process.equals(decision.chosen()));
  }

  /** What last changed who computes on a node, or what its balancer may do. */
  private int crowding(int at, int node) {
    return back(
        at,
        each ->
            switch (each.what()) {
              case Happening.Migrated(var move) -> move.to() == node || move.from() == node;
              case Happening.Launched _,
                  Happening.Forked _,
                  Happening.Exited _,
                  Happening.Killed _,
                  Happening.Lost _,
                  Happening.ReasonRaised _,
                  Happening.ReasonCleared _,
                  Happening.LockChanged _ ->
                  tracks.at(each.what().process(), each.atNanos()).nodeAt(each.atNanos()) == node;
              case Happening.SwitchChanged _, Happening.SpeedChanged _ -> each.node() == node;
              case Happening.PolicyChanged _ -> true;
              default -> false;
            });
  }

  /** What last happened to a process itself. */
  private int life(int at, ProcessId process) {
    return back(
        at,
        each ->
            process.equals(each.what().process())
                && !(each.what() instanceof Happening.Decided)
                && !(each.what() instanceof Happening.Output));
  }

  private int back(int at, Predicate<Event> which) {
    for (int i = at - 1; i >= 0; i--) {
      if (which.test(session.events().get(i))) {
        return i;
      }
    }
    return -1;
  }
}
