package org.godwit.engine.migration;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.godwit.engine.kernel.Kernel;
import org.godwit.engine.kernel.Process;
import org.godwit.engine.kernel.Signals;
import org.godwit.engine.state.Walk;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.godwit.model.scenario.MigrationMethod;

/**
 * The home's part in migrations: it alone decides whether a process of its own may move, one move
 * at a time, and it alone knows where that is (decision 13).
 */
final class Home {
  private record Wanted(int to, MoveCause cause, long requestedNanos) {}

  private final Site site;
  private final Kernel kernel;
  private final MovePorts ports;
  private final TreeMap<Integer, Pending> granted = new TreeMap<>();
  private final TreeMap<Integer, Wanted> wanted = new TreeMap<>();

  /** Since when the node that should have a process says that it has not. */
  private final TreeMap<Integer, Long> missing = new TreeMap<>();

  private long completed;

  Home(Site site) {
    this.site = site;
    this.kernel = site.kernel();
    this.ports = site.ports();
  }

  /**
   * Asks that a process of this home move. The latest wish wins while an earlier move is under way.
   *
   * @param to a node, {@link Command.Migrate#HOME} or {@link Command.Migrate#BALANCE}
   */
  void request(Process process, int to, MoveCause cause) {
    int target =
        switch (to) {
          case Command.Migrate.HOME -> site.node();
          case Command.Migrate.BALANCE -> ports.bestTarget(process.steering()::admits);
          default -> to;
        };
    ports.record(new Happening.MigrationRequested(process.id(), process.where(), target, cause));
    decide(process, new Wanted(target, cause, kernel.now()));
  }

  private void decide(Process process, Wanted wish) {
    if (granted.containsKey(process.id().pid()) || process.vforks() != 0) {
      wanted.put(process.id().pid(), wish);
      return;
    }
    Problem refusal = refusal(process, wish.to, wish.cause);
    if (refusal != null) {
      refuse(process, wish, refusal);
      return;
    }
    if (threadsKill(process, wish.to)) {
      return;
    }
    granted.put(
        process.id().pid(),
        new Pending(process.where(), wish.to, wish.cause, wish.requestedNanos, kernel.now()));
    if (site.method() == MigrationMethod.PRE_COPY) {
      site.tell(process.where(), new MoveMessage.Prepare(process.id(), wish.to, wish.cause));
      return;
    }
    kernel.hold(process);
    site.tell(process.where(), new MoveMessage.Grant(process.id(), wish.to, wish.cause));
  }

  /** 2.4.16: nothing stops a threaded program from moving, and it does not survive it (S8). */
  private boolean threadsKill(Process process, int to) {
    if (process.tasks() <= 1 && !process.sharesMemory()) {
      return false;
    }
    ports.record(
        new Happening.MigrationAborted(
            process.id(), process.where(), to, Problem.of("move.aborted.threads")));
    kernel.signal(process, 0, Signals.SIGSEGV);
    return true;
  }

  /** Pages were sent ahead: looks again whether the move may happen, and lets the body stop. */
  void ready(MoveMessage.Ready message, int from) {
    Process process = kernel.process(message.process());
    Pending pending = process == null ? null : granted.get(process.id().pid());
    if (pending == null || !process.alive() || pending.from() != from) {
      return;
    }
    Problem why =
        process.vforks() != 0
            ? Problem.of("move.refused.busy")
            : refusal(process, pending.to(), pending.cause());
    if (why == null && threadsKill(process, pending.to())) {
      why = Problem.of("move.aborted.threads");
    }
    if (why != null) {
      site.tell(from, new MoveMessage.CallOff(message.process(), why));
      return;
    }
    pending.go(kernel.now());
    kernel.hold(process);
    site.tell(from, new MoveMessage.Grant(message.process(), pending.to(), pending.cause()));
  }

  /** A vfork is over: the latest wish that came meanwhile is looked at. */
  void movable(Process process) {
    Wanted next =
        granted.containsKey(process.id().pid()) ? null : wanted.remove(process.id().pid());
    if (next != null && process.alive()) {
      decide(process, next);
    }
  }

  /** Why a move would be refused by home, or null. */
  Problem refusal(Process process, int to, MoveCause cause) {
    if (!process.alive()) {
      return Problem.of("move.refused.ended");
    }
    if (to <= 0) {
      return Problem.of("move.refused.no-better");
    }
    if (to != site.node() && !ports.nodesUp().contains(to)) {
      // Home itself may be leaving; until it is gone its own can come back to it.
      return Problem.of("move.refused.down", to);
    }
    if (process.where() == 0) {
      return Problem.of("move.refused.busy");
    }
    if (process.where() == to) {
      return Problem.of("move.refused.same", to);
    }
    boolean ordered = cause != MoveCause.BALANCER && cause != MoveCause.LIMIT;
    if (process.locked() && !ordered && !(cause == MoveCause.LIMIT && to == site.node())) {
      return Problem.of("move.refused.locked");
    }
    if (to != site.node() && !process.steering().admits(to)) {
      return Problem.of("move.refused.mask", to);
    }
    if (!process.reasons().isEmpty() && to != site.node()) {
      return Problem.of(
          "move.refused.reason",
          String.join(", ", process.reasons().stream().map(each -> each.reason().word()).toList()));
    }
    return null;
  }

  private void refuse(Process process, Wanted wish, Problem why) {
    ports.record(
        new Happening.MigrationRefused(process.id(), process.where(), wish.to, wish.cause, why));
    if (process.where() != 0 && process.alive()) {
      site.tell(process.where(), new MoveMessage.WishRefused(process.id(), wish.cause));
    }
  }

  void resumed(int at, MoveMessage.Resumed message) {
    Process process = kernel.process(message.process());
    Pending pending = process == null ? null : granted.get(process.id().pid());
    if (pending == null || !process.alive() || pending.to() != at) {
      return;
    }
    granted.remove(process.id().pid());
    process.where(at, kernel.now());
    process.countMigration();
    completed++;
    ports.record(
        new Happening.Migrated(
            new Migration(
                completed,
                process.id(),
                pending.from(),
                at,
                pending.cause(),
                pending.requestedNanos(),
                pending.grantedNanos(),
                message.frozenNanos(),
                message.committedNanos(),
                message.resumedNanos(),
                message.pages(),
                message.zeroPages(),
                message.bodyBytes(),
                message.early(),
                message.cargo(),
                message.course() == null ? null : message.course().told(pending.goNanos()))));
    settled(process);
  }

  void aborted(MoveMessage.Aborted message) {
    Process process = kernel.process(message.process());
    Pending pending = process == null ? null : granted.get(process.id().pid());
    if (pending == null || !process.alive() || pending.to() != message.to()) {
      return;
    }
    granted.remove(process.id().pid());
    ports.record(
        new Happening.MigrationAborted(process.id(), pending.from(), pending.to(), message.why()));
    settled(process);
  }

  /** A migration is over: traffic flows again, and the latest wish is looked at. */
  private void settled(Process process) {
    missing.remove(process.id().pid());
    kernel.release(process);
    Wanted next = wanted.remove(process.id().pid());
    if (next != null && process.alive()) {
      decide(process, next);
    }
  }

  void committed(MoveMessage.Committed message, int from) {
    Process process = kernel.process(message.process());
    Pending pending = process == null ? null : granted.get(process.id().pid());
    if (pending == null || pending.from() != from) {
      return;
    }
    pending.commit();
    ports.at(
        kernel.now() + 2 * Mover.PATIENCE_NANOS,
        () -> {
          if (granted.get(process.id().pid()) == pending && process.alive()) {
            kernel.lost(process, pending.to());
          }
        });
  }

  void severed(MoveMessage.Severed message) {
    Process process = kernel.process(message.process());
    if (process != null && process.alive()) {
      granted.remove(process.id().pid());
      kernel.lost(process, message.from());
    }
  }

  /** A process of this home has ended: forget what was planned for it. */
  void processEnded(Process process) {
    granted.remove(process.id().pid());
    wanted.remove(process.id().pid());
    missing.remove(process.id().pid());
  }

  /**
   * What another node says, once a second, of the processes of this home: mends what lost messages
   * left open. Good news is believed at once. That a process is not there is believed when it was
   * said for longer than a message could still be on its way.
   *
   * @param there who says it
   * @param guests processes of this home that are settled there
   * @param moving processes of this home that are moving from or to there
   * @param saidNanos when it was true
   */
  void reported(int there, List<ProcessId> guests, List<ProcessId> moving, long saidNanos) {
    for (Process process : List.copyOf(kernel.processes())) {
      Pending pending = granted.get(process.id().pid());
      if (!process.alive()) {
        continue;
      }
      if (pending != null && there == pending.to() && guests.contains(process.id())) {
        if (saidNanos > pending.grantedNanos()) {
          arrivedUnheard(process, pending, saidNanos);
        }
      } else if (there == (pending == null ? process.where() : pending.from())) {
        if (guests.contains(process.id())) {
          missing.remove(process.id().pid());
          if (pending != null && saidNanos >= pending.goNanos() + 2 * Mover.PATIENCE_NANOS) {
            stayedUnheard(process, pending);
          }
        } else if (moving.contains(process.id())) {
          missing.remove(process.id().pid());
        } else {
          missing(process, pending, there, saidNanos);
        }
      }
    }
  }

  private void arrivedUnheard(Process process, Pending pending, long saidNanos) {
    resumed(
        pending.to(),
        new MoveMessage.Resumed(
            process.id(),
            pending.from(),
            pending.cause(),
            saidNanos,
            saidNanos,
            saidNanos,
            0,
            0,
            0,
            null,
            null,
            null));
  }

  private void stayedUnheard(Process process, Pending pending) {
    site.tell(pending.from(), new MoveMessage.WishRefused(process.id(), pending.cause()));
    aborted(
        new MoveMessage.Aborted(
            process.id(),
            pending.to(),
            pending.cause(),
            Problem.of("move.aborted.timeout", pending.from())));
  }

  private void missing(Process process, Pending pending, int there, long saidNanos) {
    long since = missing.computeIfAbsent(process.id().pid(), pid -> saidNanos);
    if (saidNanos - since < Mover.PATIENCE_NANOS) {
      return;
    }
    if (pending == null) {
      kernel.lost(process, there);
    } else if (!pending.committed()) {
      committed(new MoveMessage.Committed(process.id()), there);
    }
  }

  /** Whether a migration of that process of this home is under way. */
  boolean moving(Process process) {
    return granted.containsKey(process.id().pid());
  }

  /** Where a process is going that is granted to move, or 0. */
  int destination(Process process) {
    Pending pending = granted.get(process.id().pid());
    return pending == null ? 0 : pending.to();
  }

  boolean busy() {
    return !granted.isEmpty();
  }

  /** Everything that lasts. */
  void walk(Walk walk) {
    walk.i64("completed", completed);
    for (Map.Entry<Integer, Pending> entry : granted.entrySet()) {
      walk.i32("granted", entry.getKey());
      entry.getValue().walk(walk);
    }
    for (Map.Entry<Integer, Wanted> entry : wanted.entrySet()) {
      walk.i32("wanted", entry.getKey());
      walk.i32("to", entry.getValue().to);
    }
    for (Map.Entry<Integer, Long> entry : missing.entrySet()) {
      walk.i32("missing", entry.getKey());
      walk.i64("since", entry.getValue());
    }
  }
}
