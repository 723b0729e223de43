package org.godwit.engine.kernel.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.state.Walk;

/**
 * The reliable channel to one other node: segments are numbered and kept until they are
 * acknowledged. When an answer is a second late, the first of them goes again as a probe, every
 * second; as soon as the other node is heard, all that is kept goes again ("go back n").
 * Acknowledgements ride on segments or go alone after a short while.
 *
 * <p>Fifteen seconds without hearing anything end all connections to that node with ETIMEDOUT
 * (decision 24). The channel itself keeps trying, at leisure and with resets in place of their
 * data, so that both ends agree when the link is back.
 */
final class Peer {
  private static final long MILLISECOND = 1_000_000L;
  private static final long RESEND_NANOS = 1_000 * MILLISECOND;
  private static final long LEISURE_NANOS = 8_000 * MILLISECOND;
  private static final long SILENCE_NANOS = 15_000 * MILLISECOND;
  private static final long ACKNOWLEDGE_NANOS = 50 * MILLISECOND;

  /** Segments received without acknowledgement before one goes alone at once. */
  private static final int ACKNOWLEDGE_EVERY = 16;

  private static final long NEVER = Long.MAX_VALUE;

  private record Unacknowledged(long number, Segment segment) {}

  private final NetStack stack;
  private final int node;
  private long nextNumber = 1;
  private long received;
  private ArrayDeque<Unacknowledged> kept = new ArrayDeque<>();
  private int owed;
  private long acknowledgeAt = NEVER;
  private long resendAt = NEVER;

  /** Whether a probe has gone out and nothing was heard since. */
  private boolean probing;

  /**
   * When the node was last heard, or began to owe an answer; meaningful while something is kept.
   */
  private long silentSince;

  Peer(NetStack stack, int node) {
    this.stack = stack;
    this.node = node;
  }

  /** When {@link #tick} has something to do. */
  long deadlineNanos() {
    return Math.min(acknowledgeAt, resendAt);
  }

  void send(Segment segment, long now) {
    boolean givenUp = now - silentSince >= SILENCE_NANOS;
    if (kept.isEmpty() || givenUp) { // A new hope gets its full time.
      silentSince = now;
      probing &= givenUp;
      resendAt = now + RESEND_NANOS;
    }
    Unacknowledged each = new Unacknowledged(nextNumber++, segment);
    stack.memory().recharge(segment.weight()); // Its sender has seen that it fits.
    kept.add(each);
    put(each);
  }

  /** The node is gone: nothing waits for it any longer. */
  void forget() {
    kept.forEach(each -> stack.memory().give(each.segment.weight()));
    kept.clear();
  }

  private void put(Unacknowledged each) {
    owed = 0;
    acknowledgeAt = NEVER;
    stack.put(node, new Packet.Numbered(each.number, received, each.segment));
  }

  /** The segment to deliver, or null if it came twice or too early. */
  Segment take(Packet.Numbered packet, long now) {
    acknowledged(packet.acknowledged(), now);
    if (packet.number() != received + 1) {
      if (packet.number() <= received) {
        acknowledge(); // Ours was lost.
      }
      return null;
    }
    received++;
    owed++;
    if (owed >= ACKNOWLEDGE_EVERY) {
      acknowledge();
    } else if (acknowledgeAt == NEVER) {
      acknowledgeAt = now + ACKNOWLEDGE_NANOS;
    }
    return packet.segment();
  }

  void acknowledged(long number, long now) {
    boolean back = probing;
    boolean news = false;
    probing = false;
    silentSince = now;
    while (!kept.isEmpty() && kept.getFirst().number <= number) {
      stack.memory().give(kept.removeFirst().segment.weight());
      news = true;
    }
    if (kept.isEmpty()) {
      resendAt = NEVER;
    } else if (back || news) {
      resendAt = now + RESEND_NANOS;
    }
    if (back) {
      kept.forEach(this::put);
    }
  }

  private void acknowledge() {
    owed = 0;
    acknowledgeAt = NEVER;
    stack.put(node, new Packet.Acknowledge(received));
  }

  void tick(long now) {
    if (acknowledgeAt <= now) {
      acknowledge();
    }
    if (resendAt > now) {
      return;
    }
    boolean hopeless = now - silentSince >= SILENCE_NANOS;
    if (hopeless) {
      stack.failConnections(node, Errno.ETIMEDOUT);
      kept = resets();
    }
    probing = true;
    resendAt = now + (hopeless ? LEISURE_NANOS : RESEND_NANOS);
    put(kept.getFirst());
  }

  /** What is kept, with a reset in place of everything that no living connection stands behind. */
  private ArrayDeque<Unacknowledged> resets() {
    ArrayDeque<Unacknowledged> next = new ArrayDeque<>();
    for (Unacknowledged each : kept) {
      Segment old = each.segment;
      stack.memory().give(old.weight());
      next.add(new Unacknowledged(each.number, new Segment.Reset(old.to(), old.from())));
    }
    return next;
  }

  void walk(Walk walk) {
    nextNumber = walk.i64("nextNumber", nextNumber);
    received = walk.i64("received", received);
    owed = walk.i32("owed", owed);
    acknowledgeAt = walk.i64("acknowledgeAt", acknowledgeAt);
    resendAt = walk.i64("resendAt", resendAt);
    probing = walk.flag("probing", probing);
    silentSince = walk.i64("silentSince", silentSince);
    List<Unacknowledged> waiting = new ArrayList<>(kept);
    int count = walk.count("kept", waiting.size());
    for (int i = 0; i < count; i++) {
      Unacknowledged own = walk.reading() ? new Unacknowledged(0, null) : waiting.get(i);
      long number = walk.i64("number", own.number);
      Segment segment = Segment.walk(walk, own.segment);
      if (walk.reading()) {
        kept.add(new Unacknowledged(number, segment));
        stack.memory().recharge(segment.weight());
      }
    }
  }
}
