package org.godwit.engine.kernel.net;

import org.godwit.engine.state.Walk;

/**
 * What network stacks of two nodes exchange through their {@link NetworkPort}s. The network may
 * lose packets of a cut link; it does not reorder those from one node to another. Immutable.
 */
public sealed interface Packet {
  /**
   * A segment with its number among those from this sender to this receiver.
   *
   * @param number 1, 2, 3, …
   * @param acknowledged the last number that the sender has received in order from the receiver
   */
  record Numbered(long number, long acknowledged, Segment segment) implements Packet {}

  /** The last number received in order, when there is nothing to say that could carry it. */
  record Acknowledge(long acknowledged) implements Packet {}

  /** A datagram, which may be lost. */
  record Datagram(Address.Internet source, Address.Internet target, byte[] bytes)
      implements Packet {}

  /** A datagram from {@code target} found nobody at {@code source} (ICMP port unreachable). */
  record Unreachable(Address.Internet source, Address.Internet target) implements Packet {}

  /** Bytes of content besides the headers that every message has. */
  default int size() {
    return switch (this) {
      case Numbered numbered -> numbered.segment().size();
      case Datagram datagram -> datagram.bytes().length;
      case Acknowledge acknowledge -> 0;
      case Unreachable unreachable -> 0;
    };
  }

  /** Any kind, after its tag. */
  static Packet walk(Walk walk, Packet value) {
    int tag = walk.i32("packet", walk.reading() ? 0 : tag(value));
    return switch (tag) {
      case 0 -> {
        Numbered own = value instanceof Numbered numbered ? numbered : new Numbered(0, 0, null);
        yield new Numbered(
            walk.i64("number", own.number()),
            walk.i64("acknowledged", own.acknowledged()),
            Segment.walk(walk, own.segment()));
      }
      case 1 ->
          new Acknowledge(
              walk.i64("acknowledged", value instanceof Acknowledge own ? own.acknowledged() : 0));
      case 2 -> {
        Datagram own =
            value instanceof Datagram datagram ? datagram : new Datagram(null, null, null);
        yield new Datagram(
            (Address.Internet) Address.walk(walk, own.source()),
            (Address.Internet) Address.walk(walk, own.target()),
            walk.bytes("bytes", own.bytes()));
      }
      case 3 -> {
        Unreachable own = value instanceof Unreachable known ? known : new Unreachable(null, null);
        yield new Unreachable(
            (Address.Internet) Address.walk(walk, own.source()),
            (Address.Internet) Address.walk(walk, own.target()));
      }
      default -> throw new IllegalStateException("packet tag " + tag);
    };
  }

  private static int tag(Packet value) {
    return switch (value) {
      case Numbered numbered -> 0;
      case Acknowledge acknowledge -> 1;
      case Datagram datagram -> 2;
      case Unreachable unreachable -> 3;
    };
  }
}
