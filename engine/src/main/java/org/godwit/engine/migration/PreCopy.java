package org.godwit.engine.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Kernel;
import org.godwit.engine.memory.Page;
import org.godwit.engine.memory.Parcel;
import org.godwit.model.ProcessId;

/**
 * Pages that are sent ahead while the body still runs. The source offers, sends all pages, then
 * again and again those that were written meanwhile, until few are left or it does not get better;
 * only then home is asked whether the body may stop (C. Clark et al.: Live migration of virtual
 * machines, NSDI 2005).
 */
final class PreCopy {
  /** It stops the body when no more pages than these are left to send. */
  static final int FEW_PAGES = 16;

  /** It stops the body after so many rounds, however much is left. */
  static final int MOST_ROUNDS = 8;

  private final Site site;
  private final Kernel kernel;
  private final MovePorts ports;
  private final TreeMap<ProcessId, Outgoing> outgoing;
  private final TreeMap<ProcessId, Incoming> incoming;
  private final PostCopy behind;

  PreCopy(
      Site site,
      TreeMap<ProcessId, Outgoing> outgoing,
      TreeMap<ProcessId, Incoming> incoming,
      PostCopy behind) {
    this.site = site;
    this.kernel = site.kernel();
    this.ports = site.ports();
    this.outgoing = outgoing;
    this.incoming = incoming;
    this.behind = behind;
  }

  // ---------------------------------------------------------------- source

  void prepare(MoveMessage.Prepare message) {
    Body body = kernel.body(message.process());
    if (body == null || outgoing.containsKey(message.process())) {
      return;
    }
    if (behind.defers(message)) {
      return;
    }
    Outgoing move = new Outgoing(body, message.to(), message.cause());
    move.state(Outgoing.State.AHEAD);
    outgoing.put(body.id(), move);
    site.mover().source().offer(move);
  }

  /** Sends what was written since the last round, or lets the body stop if that is little. */
  void send(Outgoing move) {
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
      site.tell(
          move.body().id().home(),
          new MoveMessage.Ready(move.body().id(), move.to(), move.cause()));
      return;
    }
    // The pages go on changing: what crosses is what they hold now.
    contents.replaceAll(bytes -> isZero(bytes) ? new byte[0] : bytes.clone());
    move.round(move.body().memory().mark(), numbers.size());
    for (int i = 0; i < numbers.size(); i += MoveMessage.Pages.AT_ONCE) {
      int end = Math.min(numbers.size(), i + MoveMessage.Pages.AT_ONCE);
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

  void calledOff(MoveMessage.CallOff message) {
    Outgoing move = outgoing.get(message.process());
    if (move != null && move.state() == Outgoing.State.READY) {
      ports.send(move.to(), new MoveMessage.Abort(message.process()));
      site.mover().source().abort(move, message.why());
    }
  }

  void roundDone(MoveMessage.RoundDone message, int from) {
    Outgoing move = outgoing.get(message.process());
    if (move != null
        && move.to() == from
        && move.state() == Outgoing.State.AHEAD
        && move.round() == message.round()) {
      move.heard(kernel.now());
      send(move);
    }
  }

  /** What was written since a mark is all that still has to cross. */
  static Parcel since(long mark) {
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

  // ---------------------------------------------------------------- target

  /** Pages of a round have come. */
  void took(MoveMessage.Pages message, int from) {
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

  /** The pages that came ahead, for a body that says which of them it has. */
  static Parcel known(Incoming move) {
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
}
