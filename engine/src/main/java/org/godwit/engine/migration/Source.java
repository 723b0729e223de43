package org.godwit.engine.migration;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Kernel;
import org.godwit.engine.kernel.Task;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Parcel;
import org.godwit.engine.state.StateWriter;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.godwit.model.scenario.MigrationMethod;
import org.godwit.model.view.TransferView;

/** The part of the node on which a process runs that is to move. */
final class Source {
  /** Largest piece of a body in one message (decision 5). */
  static final int SEGMENT_BYTES = 64 << 10;

  private final Site site;
  private final Kernel kernel;
  private final MovePorts ports;
  private final TreeMap<ProcessId, Outgoing> outgoing;
  private final PreCopy ahead;
  private final PostCopy behind;

  Source(Site site, TreeMap<ProcessId, Outgoing> outgoing, PreCopy ahead, PostCopy behind) {
    this.site = site;
    this.kernel = site.kernel();
    this.ports = site.ports();
    this.outgoing = outgoing;
    this.ahead = ahead;
    this.behind = behind;
  }

  /** A body here wants to move: asks its home. */
  void wish(Body body, int to, MoveCause cause) {
    site.tell(body.id().home(), new MoveMessage.Wish(body.id(), to, cause));
  }

  /** {@code --migrate-every}: the next node in turn. */
  void exercise(Body body) {
    List<Integer> up = ports.nodesUp();
    int next = up.getFirst();
    for (int each : up) {
      if (each > site.node()) {
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

  void grant(MoveMessage.Grant message) {
    Body body = kernel.body(message.process());
    if (body == null) {
      return; // It has ended; home hears of that by itself.
    }
    if (behind.defers(message)) {
      return; // Not before it has all of its pages.
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
  void stop(Body body) {
    Outgoing move = outgoing.get(body.id());
    if (move == null || move.state() != Outgoing.State.STOPPING) {
      return;
    }
    kernel.freeze(body);
    move.frozen(kernel.now());
    ports.record(new Happening.MigrationStarted(body.id(), site.node(), move.to(), move.cause()));
    if (move.accepted()) {
      move.heard(kernel.now());
      sendBody(move);
      return;
    }
    move.state(Outgoing.State.OFFERED);
    offer(move);
  }

  void offer(Outgoing move) {
    Body body = move.body();
    ports.send(
        move.to(),
        new MoveMessage.Offer(
            body.id(), kernel.settings().version().text(), body.memory().movablePages()));
    move.heard(kernel.now());
    watch(move);
  }

  /** Whether the body is wanted elsewhere but still runs. */
  boolean isStopping(Body body) {
    Outgoing move = outgoing.get(body.id());
    return move != null && move.state() == Outgoing.State.STOPPING;
  }

  /** Gives up a move when the target has been silent for too long. */
  private void watch(Outgoing move) {
    ports.at(
        move.lastNews() + Mover.PATIENCE_NANOS,
        () -> {
          if (outgoing.get(move.body().id()) != move) {
            return;
          }
          if (kernel.now() - move.lastNews() < Mover.PATIENCE_NANOS) {
            watch(move);
          } else {
            ports.send(move.to(), new MoveMessage.Abort(move.body().id()));
            abort(move, Problem.of("move.aborted.timeout", move.to()));
          }
        });
  }

  void accepted(MoveMessage.Accept message, int from) {
    Outgoing move = outgoing.get(message.process());
    if (move == null || move.to() != from) {
      return;
    }
    if (move.state() == Outgoing.State.AHEAD && !move.accepted()) {
      move.heard(kernel.now());
      move.accept();
      ahead.send(move);
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
    Parcel parcel =
        switch (site.method()) {
          case STOP_AND_COPY -> null;
          case PRE_COPY -> PreCopy.since(move.mark());
          case POST_COPY -> new WorkingSet(move.body());
        };
    StateWriter written =
        kernel.written(move.body(), parcel == null ? null : counted(parcel, carried));
    if (parcel == null) {
      carried[0] = memory.movablePages() - zeros;
    }
    byte[] bytes = written.toBytes();
    move.measured(carried[0], zeros, cargo(written), kernel.now());
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

  private static Migration.Cargo cargo(StateWriter written) {
    return new Migration.Cargo(
        written.sizeOf(""),
        written.sizeOf(Body.REGISTERS),
        written.sizeOf(Body.AREAS),
        written.sizeOf(AddressSpace.PAGES_PART));
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
    return switch (site.method()) {
      case STOP_AND_COPY -> null;
      case PRE_COPY ->
          new Migration.Early(site.method(), move.round(), move.aheadPages(), move.aheadBytes());
      case POST_COPY ->
          new Migration.Early(
              site.method(),
              0,
              move.body().memory().movablePages() - move.pages() - move.zeroPages(),
              0);
    };
  }

  void received(MoveMessage.Received message, int from) {
    Outgoing move = outgoing.get(message.process());
    if (move == null || move.state() != Outgoing.State.SENT || move.to() != from) {
      return;
    }
    outgoing.remove(message.process());
    Migration.Early early = early(move);
    if (site.method() == MigrationMethod.POST_COPY && early.pages() > 0) {
      behind.keep(move);
    }
    kernel.discard(move.body());
    ports.sentTo(move.to());
    ports.send(
        move.to(),
        new MoveMessage.Release(
            message.process(),
            move.cause(),
            move.frozenNanos(),
            move.sentNanos(),
            kernel.now(),
            move.pages(),
            move.zeroPages(),
            early,
            move.cargo()));
    site.tell(message.process().home(), new MoveMessage.Committed(message.process()));
  }

  void abort(Outgoing move, Problem why) {
    outgoing.remove(move.body().id());
    if (move.frozenNanos() != 0) {
      kernel.thaw(move.body());
    }
    kernel.moveRefused(move.body(), move.cause());
    site.tell(
        move.body().id().home(),
        new MoveMessage.Aborted(move.body().id(), move.to(), move.cause(), why));
  }

  /** The target refuses. */
  void refused(MoveMessage.Refuse message, int from) {
    Outgoing move = outgoing.get(message.process());
    if (move != null && move.to() == from) {
      abort(move, message.why());
    }
  }

  /** The target has come so far. */
  void progressed(MoveMessage.Progress message, int from) {
    Outgoing move = outgoing.get(message.process());
    if (move != null && move.to() == from) {
      move.heard(kernel.now());
    }
  }

  /** Home refuses what a body here wished. */
  void wishRefused(MoveMessage.WishRefused message) {
    Body body = kernel.body(message.process());
    if (body != null && !outgoing.containsKey(message.process())) {
      kernel.moveRefused(body, message.cause());
    }
  }

  /** A body here is gone: its migration is void. */
  void bodyEnded(Body body) {
    Outgoing move = outgoing.remove(body.id());
    if (move != null && (move.state() != Outgoing.State.STOPPING || move.accepted())) {
      ports.send(move.to(), new MoveMessage.Abort(body.id()));
    }
  }

  /** Migrations that leave here, as far as the source knows. */
  List<TransferView> transfers() {
    return outgoing.values().stream()
        .map(
            move ->
                new TransferView(
                    move.body().id(),
                    site.node(),
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
}
