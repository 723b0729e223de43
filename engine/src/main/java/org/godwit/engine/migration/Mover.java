package org.godwit.engine.migration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Kernel;
import org.godwit.engine.kernel.Process;
import org.godwit.engine.kernel.Signals;
import org.godwit.engine.kernel.Task;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.engine.memory.Page;
import org.godwit.engine.memory.Parcel;
import org.godwit.engine.state.Walk;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.godwit.model.scenario.MigrationMethod;
import org.godwit.model.view.TransferView;

/**
 * One node's part in migrations. For each process there is at most one migration at a time:
 *
 * <pre>
 * home     request -> refused
 *                  -> granted --------------------------------> Resumed: it is at the target
 *                             \-> Aborted: it is at the source  \-> silence: it is lost
 * source   Grant -> stopping -> frozen, Offer -> Accept, Segments -> Received = commit, Release
 *                            \-> Refuse, silence: Abort, it goes on here
 * target   Offer -> Accept -> Segments -> Received -> Release: it runs here
 *                                                  \-> Abort, silence: forgotten
 * </pre>
 *
 * <p>With pre-copy, Prepare comes before Grant: the source offers, sends all pages while the body
 * runs, then again and again those that were written meanwhile, and says Ready; home looks again
 * whether the move may happen, and grants. With post-copy most pages stay with the source when it
 * has destroyed its right to run; the target fetches them, those first that somebody waits for.
 *
 * <p>Home, source and target may be the same node in any pair; then the message is a call. Before
 * the commit point any failure leaves the process at the source. The target starts only on Release,
 * which the source sends after it has destroyed its own body, so there are never two (decision 13).
 */
public final class Mover {
  /** Largest piece of a body in one message (decision 5). */
  static final int SEGMENT_BYTES = 64 << 10;

  /** Pages in one message: as many as fit a piece. */
  private static final int PAGES_AT_ONCE = 15;

  /** Pre-copy stops the body when no more pages than these are left to send. */
  static final int FEW_PAGES = 16;

  /** Pre-copy stops the body after so many rounds, however much is left. */
  static final int MOST_ROUNDS = 8;

  /** After so long without an answer pages are asked for again. */
  private static final long ASK_AGAIN_NANOS = 1_000_000_000L;

  /** A target says after so many pieces that it is still there. */
  private static final int PROGRESS_SEGMENTS = 8;

  /** Silence after which a party gives up (decision 28). */
  public static final long PATIENCE_NANOS = 5_000_000_000L;

  private record Wanted(int to, MoveCause cause, long requestedNanos) {}

  private final int node;
  private final MigrationMethod method;
  private final Kernel kernel;
  private final MovePorts ports;
  private final TreeMap<Integer, Pending> granted = new TreeMap<>();
  private final TreeMap<Integer, Wanted> wanted = new TreeMap<>();

  /** Since when the node that should have a process says that it has not. */
  private final TreeMap<Integer, Long> missing = new TreeMap<>();

  private final TreeMap<ProcessId, Outgoing> outgoing = new TreeMap<>();
  private final TreeMap<ProcessId, Incoming> incoming = new TreeMap<>();
  private final TreeMap<ProcessId, Leftovers> leftovers = new TreeMap<>();
  private final TreeMap<ProcessId, Inflow> inflows = new TreeMap<>();

  /** Moves of bodies that have not all of their pages yet. */
  private final TreeMap<ProcessId, MoveMessage> deferred = new TreeMap<>();

  private long completed;

  /** The mover of the node that {@code kernel} is of, which sends bodies by {@code method}. */
  public Mover(Kernel kernel, MovePorts ports, MigrationMethod method) {
    this.method = method;
    this.node = kernel.settings().node();
    this.kernel = kernel;
    this.ports = ports;
  }

  // ---------------------------------------------------------------- home

  /**
   * Asks that a process of this home move. The latest wish wins while an earlier move is under way.
   *
   * @param to a node, {@link Command.Migrate#HOME} or {@link Command.Migrate#BALANCE}
   */
  public void request(Process process, int to, MoveCause cause) {
    int target =
        switch (to) {
          case Command.Migrate.HOME -> node;
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
    if (method == MigrationMethod.PRE_COPY) {
      tell(process.where(), new MoveMessage.Prepare(process.id(), wish.to, wish.cause));
      return;
    }
    kernel.hold(process);
    tell(process.where(), new MoveMessage.Grant(process.id(), wish.to, wish.cause));
  }

  /** 2.4.16: nothing stops a threaded program from moving, and it does not survive it (S8). */
  private boolean threadsKill(Process process, int to) {
    if (process.tasks() <= 1) {
      return false;
    }
    ports.record(
        new Happening.MigrationAborted(
            process.id(), process.where(), to, Problem.of("move.aborted.threads")));
    kernel.signal(process, 0, Signals.SIGSEGV);
    return true;
  }

  /** Pages were sent ahead: looks again whether the move may happen, and lets the body stop. */
  private void ready(MoveMessage.Ready message, int from) {
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
      tell(from, new MoveMessage.CallOff(message.process(), why));
      return;
    }
    pending.go(kernel.now());
    kernel.hold(process);
    tell(from, new MoveMessage.Grant(message.process(), pending.to(), pending.cause()));
  }

  /** A vfork is over: the latest wish that came meanwhile is looked at. */
  public void movable(Process process) {
    Wanted next =
        granted.containsKey(process.id().pid()) ? null : wanted.remove(process.id().pid());
    if (next != null && process.alive()) {
      decide(process, next);
    }
  }

  /** Why a move would be refused by home, or null. */
  public Problem refusal(Process process, int to, MoveCause cause) {
    if (!process.alive()) {
      return Problem.of("move.refused.ended");
    }
    if (to <= 0) {
      return Problem.of("move.refused.no-better");
    }
    if (to != node && !ports.nodesUp().contains(to)) {
      // Home itself may be leaving; until it is gone its own can come back to it.
      return Problem.of("move.refused.down", to);
    }
    if (process.where() == 0) {
      return Problem.of("move.refused.busy");
    }
    if (process.where() == to) {
      return Problem.of("move.refused.same", to);
    }
    if (process.locked() && cause == MoveCause.BALANCER) {
      return Problem.of("move.refused.locked");
    }
    if (to != node && !process.steering().admits(to)) {
      return Problem.of("move.refused.mask", to);
    }
    if (!process.reasons().isEmpty() && to != node) {
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
      tell(process.where(), new MoveMessage.WishRefused(process.id(), wish.cause));
    }
  }

  private void resumed(int at, MoveMessage.Resumed message) {
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
                message.early())));
    settled(process);
  }

  private void aborted(MoveMessage.Aborted message) {
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

  private void committed(MoveMessage.Committed message, int from) {
    Process process = kernel.process(message.process());
    Pending pending = process == null ? null : granted.get(process.id().pid());
    if (pending == null || pending.from() != from) {
      return;
    }
    pending.commit();
    ports.at(
        kernel.now() + 2 * PATIENCE_NANOS,
        () -> {
          if (granted.get(process.id().pid()) == pending && process.alive()) {
            kernel.lost(process, pending.to());
          }
        });
  }

  /** A process of this home has ended: forget what was planned for it. */
  public void processEnded(Process process) {
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
  public void reported(int there, List<ProcessId> guests, List<ProcessId> moving, long saidNanos) {
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
          if (pending != null && saidNanos >= pending.goNanos() + 2 * PATIENCE_NANOS) {
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
            null));
  }

  private void stayedUnheard(Process process, Pending pending) {
    tell(pending.from(), new MoveMessage.WishRefused(process.id(), pending.cause()));
    aborted(
        new MoveMessage.Aborted(
            process.id(),
            pending.to(),
            pending.cause(),
            Problem.of("move.aborted.timeout", pending.from())));
  }

  private void missing(Process process, Pending pending, int there, long saidNanos) {
    long since = missing.computeIfAbsent(process.id().pid(), pid -> saidNanos);
    if (saidNanos - since < PATIENCE_NANOS) {
      return;
    }
    if (pending == null) {
      kernel.lost(process, there);
    } else if (!pending.committed()) {
      committed(new MoveMessage.Committed(process.id()), there);
    }
  }

  /** Whether a migration of that process of this home is under way. */
  public boolean moving(Process process) {
    return granted.containsKey(process.id().pid());
  }

  /** Where a process is going that is granted to move, or 0. */
  public int destination(Process process) {
    Pending pending = granted.get(process.id().pid());
    return pending == null ? 0 : pending.to();
  }

  // ---------------------------------------------------------------- source

  /** A body here wants to move: asks its home. */
  public void wish(Body body, int to, MoveCause cause) {
    tell(body.id().home(), new MoveMessage.Wish(body.id(), to, cause));
  }

  /** {@code --migrate-every}: the next node in turn. */
  public void exercise(Body body) {
    List<Integer> up = ports.nodesUp();
    int next = up.getFirst();
    for (int each : up) {
      if (each > node) {
        next = each;
        break;
      }
    }
    body.nextExercise(kernel.settings().migrateEvery());
    for (Task task : List.copyOf(body.tasks())) {
      if (task.isRunnable()) {
        kernel.awaitExercise(task);
      }
    }
    wish(body, next, MoveCause.EXERCISE);
  }

  private void grant(MoveMessage.Grant message) {
    Body body = kernel.body(message.process());
    if (body == null) {
      return; // It has ended; home hears of that by itself.
    }
    if (inflows.containsKey(body.id())) {
      deferred.put(body.id(), message); // Not before it has all of its pages.
      return;
    }
    Outgoing prepared = outgoing.get(body.id());
    if (prepared == null) {
      outgoing.put(body.id(), new Outgoing(body, message.to(), message.cause()));
    } else if (prepared.state() == Outgoing.State.READY && prepared.to() == message.to()) {
      prepared.state(Outgoing.State.STOPPING);
    } else {
      return;
    }
    // A running task looks up at its next kernel entry or absolute millisecond; then it is stopped.
    if (body.tasks().stream().noneMatch(task -> task.state() == Task.State.RUNNING)) {
      stop(body);
    }
  }

  /** The tasks of a body that is to move have noticed: it can be frozen. */
  public void stop(Body body) {
    Outgoing move = outgoing.get(body.id());
    if (move == null || move.state() != Outgoing.State.STOPPING) {
      return;
    }
    kernel.freeze(body);
    move.frozen(kernel.now());
    ports.record(new Happening.MigrationStarted(body.id(), node, move.to(), move.cause()));
    if (move.accepted()) {
      move.heard(kernel.now());
      sendBody(move);
      return;
    }
    move.state(Outgoing.State.OFFERED);
    offer(move);
  }

  private void offer(Outgoing move) {
    Body body = move.body();
    ports.send(
        move.to(),
        new MoveMessage.Offer(
            body.id(), kernel.settings().version().text(), body.memory().movablePages()));
    move.heard(kernel.now());
    watch(move);
  }

  // ---------------------------------------------------------------- source, pages ahead

  private void prepare(MoveMessage.Prepare message) {
    Body body = kernel.body(message.process());
    if (body == null || outgoing.containsKey(message.process())) {
      return;
    }
    if (inflows.containsKey(body.id())) {
      deferred.put(body.id(), message);
      return;
    }
    Outgoing move = new Outgoing(body, message.to(), message.cause());
    move.state(Outgoing.State.AHEAD);
    outgoing.put(body.id(), move);
    offer(move);
  }

  /** Sends what was written since the last round, or lets the body stop if that is little. */
  private void sendAhead(Outgoing move) {
    List<Integer> numbers = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    move.body()
        .memory()
        .dirtySince(
            move.mark(),
            (address, bytes) -> {
              numbers.add((int) (address >>> Page.SHIFT));
              contents.add(bytes);
            });
    boolean again = move.round() > 0 && move.mark() > 0;
    boolean enough =
        again
            && (numbers.size() <= FEW_PAGES
                || move.round() >= MOST_ROUNDS
                || numbers.size() >= move.lastRoundPages());
    if (enough || numbers.isEmpty()) {
      move.state(Outgoing.State.READY);
      tell(
          move.body().id().home(),
          new MoveMessage.Ready(move.body().id(), move.to(), move.cause()));
      return;
    }
    // The pages go on changing: what crosses is what they hold now.
    contents.replaceAll(bytes -> isZero(bytes) ? new byte[0] : bytes.clone());
    move.round(move.body().memory().mark(), numbers.size());
    for (int i = 0; i < numbers.size(); i += PAGES_AT_ONCE) {
      int end = Math.min(numbers.size(), i + PAGES_AT_ONCE);
      MoveMessage.Pages pages =
          new MoveMessage.Pages(
              move.body().id(),
              move.round(),
              end == numbers.size(),
              numbers.subList(i, end),
              contents.subList(i, end));
      move.sentAhead(pages.bytes());
      ports.send(move.to(), pages);
    }
  }

  private static boolean isZero(byte[] bytes) {
    for (byte each : bytes) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private void calledOff(MoveMessage.CallOff message) {
    Outgoing move = outgoing.get(message.process());
    if (move != null && move.state() == Outgoing.State.READY) {
      ports.send(move.to(), new MoveMessage.Abort(message.process()));
      abort(move, message.why());
    }
  }

  /** Whether the body is wanted elsewhere but still runs. */
  public boolean isStopping(Body body) {
    Outgoing move = outgoing.get(body.id());
    return move != null && move.state() == Outgoing.State.STOPPING;
  }

  /** Whether a migration of that body is under way here. */
  public boolean moving(Body body) {
    return outgoing.containsKey(body.id()) || incoming.containsKey(body.id());
  }

  /** Processes of a home whose bodies this node is moving, from or to itself, by identity. */
  public List<ProcessId> partyTo(int home) {
    TreeSet<ProcessId> party = new TreeSet<>(outgoing.keySet());
    party.addAll(incoming.keySet());
    return party.stream().filter(each -> each.home() == home).toList();
  }

  /** Gives up a move when the target has been silent for too long. */
  private void watch(Outgoing move) {
    ports.at(
        move.lastNews() + PATIENCE_NANOS,
        () -> {
          if (outgoing.get(move.body().id()) != move) {
            return;
          }
          if (kernel.now() - move.lastNews() < PATIENCE_NANOS) {
            watch(move);
          } else {
            ports.send(move.to(), new MoveMessage.Abort(move.body().id()));
            abort(move, Problem.of("move.aborted.timeout", move.to()));
          }
        });
  }

  private void accepted(MoveMessage.Accept message, int from) {
    Outgoing move = outgoing.get(message.process());
    if (move == null || move.to() != from) {
      return;
    }
    if (move.state() == Outgoing.State.AHEAD && !move.accepted()) {
      move.heard(kernel.now());
      move.accept();
      sendAhead(move);
    } else if (move.state() == Outgoing.State.OFFERED) {
      sendBody(move);
    }
  }

  /** The body stands still: it crosses, or what of it has not crossed yet. */
  private void sendBody(Outgoing move) {
    ProcessId id = move.body().id();
    AddressSpace memory = move.body().memory();
    int zeros = memory.zeroPages();
    int[] carried = {0};
    byte[] bytes;
    Parcel parcel =
        switch (method) {
          case STOP_AND_COPY -> null;
          case PRE_COPY -> since(move.mark());
          case POST_COPY -> new WorkingSet(move.body());
        };
    if (parcel == null) {
      bytes = kernel.serialise(move.body());
      carried[0] = memory.movablePages() - zeros;
    } else {
      bytes = kernel.serialise(move.body(), counted(parcel, carried));
    }
    move.measured(carried[0], zeros, bytes.length);
    move.state(Outgoing.State.SENT);
    int count = (bytes.length + SEGMENT_BYTES - 1) / SEGMENT_BYTES;
    for (int i = 0; i < count; i++) {
      int end = Math.min(bytes.length, (i + 1) * SEGMENT_BYTES);
      ports.send(
          move.to(),
          new MoveMessage.Segment(id, i, count, Arrays.copyOfRange(bytes, i * SEGMENT_BYTES, end)));
    }
    move.heard(kernel.now());
  }

  private static Parcel since(long mark) {
    return new Parcel() {
      @Override
      public boolean carries(int number, long epoch) {
        return epoch >= mark;
      }

      @Override
      public byte[] known(int number) {
        return null;
      }
    };
  }

  private static Parcel counted(Parcel parcel, int[] count) {
    return new Parcel() {
      @Override
      public boolean carries(int number, long epoch) {
        boolean carries = parcel.carries(number, epoch);
        count[0] += carries ? 1 : 0;
        return carries;
      }

      @Override
      public byte[] known(int number) {
        return parcel.known(number);
      }
    };
  }

  private Migration.Early early(Outgoing move) {
    return switch (method) {
      case STOP_AND_COPY -> null;
      case PRE_COPY ->
          new Migration.Early(method, move.round(), move.aheadPages(), move.aheadBytes());
      case POST_COPY ->
          new Migration.Early(
              method, 0, move.body().memory().movablePages() - move.pages() - move.zeroPages(), 0);
    };
  }

  private void received(MoveMessage.Received message, int from) {
    Outgoing move = outgoing.get(message.process());
    if (move == null || move.state() != Outgoing.State.SENT || move.to() != from) {
      return;
    }
    outgoing.remove(message.process());
    Migration.Early early = early(move);
    if (method == MigrationMethod.POST_COPY && early.pages() > 0) {
      AddressSpace kept = move.body().parted(new AddressSpace(kernel.frames()));
      keep(new Leftovers(message.process(), move.to(), kept, kernel.now()));
    }
    kernel.discard(move.body());
    ports.sentTo(move.to());
    ports.send(
        move.to(),
        new MoveMessage.Release(
            message.process(),
            move.cause(),
            move.frozenNanos(),
            kernel.now(),
            move.pages(),
            move.zeroPages(),
            early));
    tell(message.process().home(), new MoveMessage.Committed(message.process()));
  }

  private void abort(Outgoing move, Problem why) {
    outgoing.remove(move.body().id());
    if (move.frozenNanos() != 0) {
      kernel.thaw(move.body());
    }
    kernel.moveRefused(move.body(), move.cause());
    tell(
        move.body().id().home(),
        new MoveMessage.Aborted(move.body().id(), move.to(), move.cause(), why));
  }

  /** A body here is gone; migrations of it are void. */
  public void bodyEnded(Body body) {
    Outgoing move = outgoing.remove(body.id());
    if (move != null && (move.state() != Outgoing.State.STOPPING || move.accepted())) {
      ports.send(move.to(), new MoveMessage.Abort(body.id()));
    }
    deferred.remove(body.id());
    Inflow inflow = inflowOf(body);
    if (inflow == null || inflow.body() != body) {
      return;
    }
    for (Body each : kernel.bodies()) {
      if (each != body && each.memory() == body.memory()) {
        inflow.body(each);
        return;
      }
    }
    inflows.remove(inflow.process());
    ports.send(inflow.from(), new MoveMessage.FetchedAll(inflow.process()));
  }

  // ---------------------------------------------------------------- what is left behind

  private void keep(Leftovers kept) {
    leftovers.put(kept.process(), kept);
    watch(kept);
  }

  /** The target asks all the time while it lives; its silence frees the memory. */
  private void watch(Leftovers kept) {
    ports.at(
        kept.lastNews() + 2 * PATIENCE_NANOS,
        () -> {
          if (leftovers.get(kept.process()) != kept) {
            return;
          }
          if (kernel.now() - kept.lastNews() < 2 * PATIENCE_NANOS) {
            watch(kept);
          } else {
            leftovers.remove(kept.process());
            kept.release();
          }
        });
  }

  private void fetched(MoveMessage.Fetch message, int from) {
    Leftovers kept = leftovers.get(message.process());
    if (kept != null && kept.to() == from) {
      kept.heard(kernel.now());
      ports.send(from, kept.pages(message.numbers()));
    }
  }

  private void fetchedAll(MoveMessage.FetchedAll message, int from) {
    Leftovers kept = leftovers.get(message.process());
    if (kept != null && kept.to() == from) {
      leftovers.remove(message.process());
      kept.release();
    }
  }

  /** The body here waits for a page that its last node has kept. */
  public void fault(Body body, int number) {
    Inflow inflow = inflowOf(body);
    if (inflow != null && inflow.fault(number)) {
      ports.send(inflow.from(), new MoveMessage.Fetch(inflow.process(), List.of(number)));
    }
  }

  /** What the memory of a body is waiting for, its own or one that it borrows from its parent. */
  private Inflow inflowOf(Body body) {
    for (Inflow each : inflows.values()) {
      if (each.body() == body || each.body().memory() == body.memory()) {
        return each;
      }
    }
    return null;
  }

  private void fetchOn(Inflow inflow) {
    if (inflow.body().memory().leftBehind().isEmpty()) {
      inflows.remove(inflow.process());
      ports.send(inflow.from(), new MoveMessage.FetchedAll(inflow.process()));
      ports.record(
          new Happening.PagesFetched(
              inflow.process(),
              inflow.from(),
              inflow.pages(),
              inflow.faults(),
              inflow.bytes(),
              inflow.sinceNanos()));
      resume(deferred.remove(inflow.process()));
    } else if (inflow.asked().isEmpty()) {
      ports.send(
          inflow.from(), new MoveMessage.Fetch(inflow.process(), inflow.next(PAGES_AT_ONCE)));
    }
  }

  private void resume(MoveMessage waiting) {
    switch (waiting) {
      case MoveMessage.Grant grant -> grant(grant);
      case MoveMessage.Prepare prepare -> prepare(prepare);
      case null, default -> {
        // Nobody wants it to move on.
      }
    }
  }

  /**
   * Asks again for what does not come, and gives the process up when nothing comes for too long.
   */
  private void watch(Inflow inflow) {
    ports.at(
        kernel.now() + ASK_AGAIN_NANOS,
        () -> {
          if (inflows.get(inflow.process()) != inflow) {
            return;
          }
          long silence = kernel.now() - inflow.lastNews();
          if (silence >= PATIENCE_NANOS) {
            inflows.remove(inflow.process());
            kernel.discard(inflow.body());
            tell(inflow.process().home(), new MoveMessage.Severed(inflow.process(), inflow.from()));
            return;
          }
          List<Integer> asked = inflow.asked();
          if (asked.isEmpty()) {
            fetchOn(inflow); // What was asked for has been unmapped meanwhile.
          } else if (silence >= ASK_AGAIN_NANOS) {
            for (int i = 0; i < asked.size(); i += PAGES_AT_ONCE) {
              ports.send(
                  inflow.from(),
                  new MoveMessage.Fetch(
                      inflow.process(),
                      asked.subList(i, Math.min(asked.size(), i + PAGES_AT_ONCE))));
            }
          }
          watch(inflow);
        });
  }

  private void severed(MoveMessage.Severed message) {
    Process process = kernel.process(message.process());
    if (process != null && process.alive()) {
      granted.remove(process.id().pid());
      kernel.lost(process, message.from());
    }
  }

  // ---------------------------------------------------------------- target

  private void offered(MoveMessage.Offer message, int from) {
    boolean comesHome = message.process().home() == node;
    Problem why = null;
    if (ports.blocked() && !comesHome) {
      why = Problem.of("move.refused.blocked", node);
    } else if (!message.kernel().equals(kernel.settings().version().text())) {
      why = Problem.of("move.refused.kernel", node, message.kernel());
    } else if (kernel.frames().free() < message.pages()) {
      why = Problem.of("move.refused.memory", node);
    }
    if (why != null) {
      ports.send(from, new MoveMessage.Refuse(message.process(), why));
      return;
    }
    Incoming move = new Incoming(message.process(), from, kernel.now());
    incoming.put(message.process(), move);
    ports.send(from, new MoveMessage.Accept(message.process()));
    watch(move);
  }

  private void watch(Incoming move) {
    ports.at(
        move.lastNews() + PATIENCE_NANOS + PATIENCE_NANOS / 2,
        () -> {
          if (incoming.get(move.process()) != move) {
            return;
          }
          if (kernel.now() - move.lastNews() < PATIENCE_NANOS + PATIENCE_NANOS / 2) {
            watch(move);
          } else {
            forget(move);
          }
        });
  }

  private void forget(Incoming move) {
    incoming.remove(move.process());
    if (move.body() != null) {
      kernel.discard(move.body());
    }
  }

  private void pages(MoveMessage.Pages message, int from) {
    Inflow inflow = inflows.get(message.process());
    if (message.round() == 0) {
      if (inflow != null && inflow.from() == from) {
        inflow.take(message, kernel.now());
        kernel.pagesBrought(inflow.body());
        if (inflows.get(message.process()) == inflow) {
          fetchOn(inflow);
        }
      }
      return;
    }
    Incoming move = incoming.get(message.process());
    if (move == null || move.from() != from) {
      return;
    }
    move.heard(kernel.now());
    for (int i = 0; i < message.numbers().size(); i++) {
      byte[] content = message.contents().get(i);
      move.ahead()
          .put(message.numbers().get(i), content.length == 0 ? new byte[Page.SIZE] : content);
    }
    ports.send(
        from,
        message.last()
            ? new MoveMessage.RoundDone(message.process(), message.round())
            : new MoveMessage.Progress(message.process(), message.numbers().size()));
  }

  private void roundDone(MoveMessage.RoundDone message, int from) {
    Outgoing move = outgoing.get(message.process());
    if (move != null
        && move.to() == from
        && move.state() == Outgoing.State.AHEAD
        && move.round() == message.round()) {
      move.heard(kernel.now());
      sendAhead(move);
    }
  }

  /** The pages that came ahead, for a body that says which of them it has. */
  private static Parcel known(Incoming move) {
    return new Parcel() {
      @Override
      public boolean carries(int number, long epoch) {
        throw new IllegalStateException("a body is read here");
      }

      @Override
      public byte[] known(int number) {
        byte[] content = move.ahead().get(number);
        return content == null ? null : content.clone();
      }
    };
  }

  private void segment(MoveMessage.Segment message, int from) {
    Incoming move = incoming.get(message.process());
    if (move == null || move.from() != from) {
      return;
    }
    move.heard(kernel.now());
    if (!move.take(message)) {
      if (move.received() % PROGRESS_SEGMENTS == 0) {
        ports.send(from, new MoveMessage.Progress(message.process(), move.received()));
      }
      return;
    }
    try {
      move.body(
          kernel.install(
              message.process(),
              move.joined(),
              from,
              method == MigrationMethod.STOP_AND_COPY ? null : known(move)));
      ports.send(from, new MoveMessage.Received(message.process()));
    } catch (OutOfFrames full) {
      incoming.remove(message.process());
      ports.send(
          from, new MoveMessage.Refuse(message.process(), Problem.of("move.refused.memory", node)));
    }
  }

  private void released(MoveMessage.Release message, int from) {
    Incoming move = incoming.get(message.process());
    if (move == null || move.from() != from || move.body() == null) {
      return;
    }
    incoming.remove(message.process());
    Body body = move.body();
    body.arrived(from, kernel.now());
    if (!body.memory().leftBehind().isEmpty()) {
      Inflow inflow = new Inflow(body, from, kernel.now());
      inflows.put(body.id(), inflow);
      fetchOn(inflow);
      watch(inflow);
    }
    kernel.thaw(body);
    kernel.refetch(body);
    if (kernel.wantsHome(body)) {
      wish(body, Command.Migrate.HOME, MoveCause.CALL); // Another wish came between.
    }
    tell(
        message.process().home(),
        new MoveMessage.Resumed(
            message.process(),
            from,
            message.cause(),
            message.frozenNanos(),
            message.committedNanos(),
            kernel.now(),
            message.pages(),
            message.zeroPages(),
            move.bytes(),
            message.early()));
  }

  // ---------------------------------------------------------------- all parts

  /** Deals with a message from another node's mover, or from this one. */
  public void receive(int from, MoveMessage message) {
    switch (message) {
      case MoveMessage.Wish m -> {
        Process process = kernel.process(m.process());
        if (process != null && process.alive()) {
          request(process, m.to(), m.cause());
        }
      }
      case MoveMessage.WishRefused m -> {
        Body body = kernel.body(m.process());
        if (body != null && !outgoing.containsKey(m.process())) {
          kernel.moveRefused(body, m.cause());
        }
      }
      case MoveMessage.Prepare m -> prepare(m);
      case MoveMessage.Ready m -> ready(m, from);
      case MoveMessage.CallOff m -> calledOff(m);
      case MoveMessage.Pages m -> pages(m, from);
      case MoveMessage.RoundDone m -> roundDone(m, from);
      case MoveMessage.Fetch m -> fetched(m, from);
      case MoveMessage.FetchedAll m -> fetchedAll(m, from);
      case MoveMessage.Severed m -> severed(m);
      case MoveMessage.Grant m -> grant(m);
      case MoveMessage.Offer m -> offered(m, from);
      case MoveMessage.Accept m -> accepted(m, from);
      case MoveMessage.Refuse m -> {
        Outgoing move = outgoing.get(m.process());
        if (move != null && move.to() == from) {
          abort(move, m.why());
        }
      }
      case MoveMessage.Segment m -> segment(m, from);
      case MoveMessage.Progress m -> {
        Outgoing move = outgoing.get(m.process());
        if (move != null && move.to() == from) {
          move.heard(kernel.now());
        }
      }
      case MoveMessage.Received m -> received(m, from);
      case MoveMessage.Release m -> released(m, from);
      case MoveMessage.Abort m -> {
        Incoming move = incoming.get(m.process());
        if (move != null && move.from() == from) {
          forget(move);
        }
      }
      case MoveMessage.Committed m -> committed(m, from);
      case MoveMessage.Aborted m -> aborted(m);
      case MoveMessage.Resumed m -> resumed(from, m);
    }
  }

  private void tell(int to, MoveMessage message) {
    if (to == node) {
      receive(node, message);
    } else {
      ports.send(to, message);
    }
  }

  /** Whether this node is party to a migration or has granted one. */
  public boolean busy() {
    return !granted.isEmpty()
        || !outgoing.isEmpty()
        || !incoming.isEmpty()
        || !leftovers.isEmpty()
        || !inflows.isEmpty();
  }

  /** Bytes of that process's body that have come here so far. */
  public long bytesHere(ProcessId process) {
    Incoming move = incoming.get(process);
    return move == null ? 0 : move.bytes();
  }

  /** Migrations that leave here, as far as the source knows. */
  public List<TransferView> transfers() {
    return outgoing.values().stream()
        .map(
            move ->
                new TransferView(
                    move.body().id(),
                    node,
                    move.to(),
                    switch (move.state()) {
                      case AHEAD, READY, STOPPING -> TransferView.Phase.GRANTED;
                      case OFFERED -> TransferView.Phase.OFFERED;
                      case SENT -> TransferView.Phase.SENDING;
                    },
                    move.frozenNanos(),
                    0,
                    move.bytes(),
                    move.pages()))
        .toList();
  }

  /** Everything that lasts, for the island's hash. */
  public void walk(Walk walk) {
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
    outgoing.values().forEach(each -> each.walk(walk));
    incoming.values().forEach(each -> each.walk(walk));
    leftovers.values().forEach(each -> each.walk(walk));
    inflows.values().forEach(each -> each.walk(walk));
    for (ProcessId each : deferred.keySet()) {
      walk.i32("deferred", each.pid());
    }
  }
}
