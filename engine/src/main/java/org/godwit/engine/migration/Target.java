package org.godwit.engine.migration;

import java.util.TreeMap;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Kernel;
import org.godwit.engine.memory.OutOfFrames;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.event.MoveCause;
import org.godwit.model.scenario.MigrationMethod;

/** The part of the node to which a process moves. */
final class Target {
  /** It says after so many pieces that it is still there. */
  private static final int PROGRESS_SEGMENTS = 8;

  private final Site site;
  private final Kernel kernel;
  private final MovePorts ports;
  private final TreeMap<ProcessId, Incoming> incoming;
  private final PostCopy behind;

  Target(Site site, TreeMap<ProcessId, Incoming> incoming, PostCopy behind) {
    this.site = site;
    this.kernel = site.kernel();
    this.ports = site.ports();
    this.incoming = incoming;
    this.behind = behind;
  }

  void offered(MoveMessage.Offer message, int from) {
    boolean comesHome = message.process().home() == site.node();
    Problem why = null;
    if (ports.closed() != null && !comesHome) {
      why = ports.closed();
    } else if (!message.kernel().equals(kernel.settings().version().text())) {
      why = Problem.of("move.refused.kernel", site.node(), message.kernel());
    } else if (kernel.frames().free() < message.pages()) {
      why = Problem.of("move.refused.memory", site.node());
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
        move.lastNews() + Mover.PATIENCE_NANOS + Mover.PATIENCE_NANOS / 2,
        () -> {
          if (incoming.get(move.process()) != move) {
            return;
          }
          if (kernel.now() - move.lastNews() < Mover.PATIENCE_NANOS + Mover.PATIENCE_NANOS / 2) {
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

  void reached(MoveMessage.Segment segment, int from, long firstNanos) {
    Incoming move = incoming.get(segment.process());
    if (move != null && move.from() == from) {
      move.reached(segment, firstNanos, kernel.now());
    }
  }

  void segment(MoveMessage.Segment message, int from) {
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
              site.method() == MigrationMethod.STOP_AND_COPY ? null : PreCopy.known(move)),
          kernel.now());
      ports.send(from, new MoveMessage.Received(message.process()));
    } catch (OutOfFrames full) {
      incoming.remove(message.process());
      ports.send(
          from,
          new MoveMessage.Refuse(
              message.process(), Problem.of("move.refused.memory", site.node())));
    }
  }

  void released(MoveMessage.Release message, int from) {
    Incoming move = incoming.get(message.process());
    if (move == null || move.from() != from || move.body() == null) {
      return;
    }
    incoming.remove(message.process());
    Body body = move.body();
    body.arrived(from, kernel.now());
    if (!body.memory().leftBehind().isEmpty()) {
      behind.begin(body, from);
    }
    kernel.thaw(body);
    kernel.refetch(body);
    if (kernel.wantsHome(body)) {
      site.mover().wish(body, Command.Migrate.HOME, MoveCause.CALL); // Another wish came between.
    }
    site.tell(
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
            message.early(),
            message.cargo(),
            move.course(message.cargo(), message.sentNanos())));
  }

  /** The source gives up. */
  void aborted(MoveMessage.Abort message, int from) {
    Incoming move = incoming.get(message.process());
    if (move != null && move.from() == from) {
      forget(move);
    }
  }

  /** Bytes of that process's body that have come here so far. */
  long bytesHere(ProcessId process) {
    Incoming move = incoming.get(process);
    return move == null ? 0 : move.bytes();
  }
}
