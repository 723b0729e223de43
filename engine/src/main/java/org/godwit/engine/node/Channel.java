package org.godwit.engine.node;

import java.util.ArrayDeque;
import java.util.List;
import org.godwit.engine.network.Payload;
import org.godwit.engine.state.Walk;

/**
 * Calls, replies and signals between two nodes, none lost and none twice, as over the TCP
 * connection of the original: frames on a cut link are lost (decision 5), so the sender keeps what
 * the receiver has not confirmed. Confirmations travel in the keepalives of each second, and what a
 * keepalive should confirm but does not is sent again, from the first missing message on. The
 * messages of a migration do not come here: it deals with their loss itself (decision 13).
 */
final class Channel {
  /** A keepalive that is later than a message by this much must confirm it. */
  private static final long OVERDUE_NANOS = 1_000_000_000L;

  private record Kept(Numbered message, long sentNanos) {}

  private final ArrayDeque<Kept> unconfirmed = new ArrayDeque<>();
  private long nextNumber;
  private long expected;

  /** Numbers a message that is sent now, and keeps it. */
  Numbered send(Payload message, long now) {
    Numbered numbered = new Numbered(nextNumber++, message);
    unconfirmed.add(new Kept(numbered, now));
    return numbered;
  }

  /** Whether an arriving message is the next one; others were lost before it, or it came twice. */
  boolean accept(Numbered message) {
    if (message.number() != expected) {
      return false;
    }
    expected++;
    return true;
  }

  /** Number of messages that have come, for the other end. */
  long confirmed() {
    return expected;
  }

  /** Whether messages wait to be confirmed. */
  boolean isWaiting() {
    return !unconfirmed.isEmpty();
  }

  /**
   * The other end said at {@code saidNanos} that {@code count} messages have come.
   *
   * @return what has to be sent again, in order
   */
  List<Numbered> confirm(long count, long saidNanos, long now) {
    while (!unconfirmed.isEmpty() && unconfirmed.peek().message.number() < count) {
      unconfirmed.remove();
    }
    if (unconfirmed.isEmpty() || unconfirmed.peek().sentNanos + OVERDUE_NANOS > saidNanos) {
      return List.of();
    }
    List<Numbered> again = unconfirmed.stream().map(Kept::message).toList();
    unconfirmed.clear();
    again.forEach(each -> unconfirmed.add(new Kept(each, now)));
    return again;
  }

  void walk(Walk walk) {
    walk.i64("nextNumber", nextNumber);
    walk.i64("expected", expected);
    walk.count("unconfirmed", unconfirmed.size());
    for (Kept each : unconfirmed) {
      walk.i64("number", each.message.number());
      walk.i32("bytes", each.message.bytes());
      walk.i64("sent", each.sentNanos);
    }
  }
}
