package org.godwit.engine.info;

import java.util.List;
import org.godwit.engine.network.Payload;
import org.godwit.engine.state.Walk;
import org.godwit.model.ProcessId;

/** What nodes tell each other about themselves. */
public sealed interface InfoMessage extends Payload {
  /**
   * The state of the sender, once a second to one random node.
   *
   * @param sentNanos when it was true
   * @param cpus its CPUs
   * @param speed its speed
   * @param load runnable tasks, the figure that rises at once and falls slowly
   * @param blocked it takes no guests
   * @param freeBytes its free memory
   * @param totalBytes its memory
   */
  record Gossip(
      long sentNanos,
      int cpus,
      int speed,
      double load,
      boolean blocked,
      long freeBytes,
      long totalBytes)
      implements InfoMessage {
    /** What is read into. */
    private static final Gossip BLANK = new Gossip(0, 0, 0, 0, false, 0, 0);

    /** Every field; {@code value} may be null when reading. */
    public static Gossip walk(Walk walk, Gossip value) {
      Gossip from = value == null ? BLANK : value;
      return new Gossip(
          walk.i64("sent", from.sentNanos),
          walk.i32("cpus", from.cpus),
          walk.i32("speed", from.speed),
          Double.longBitsToDouble(walk.i64("load", Double.doubleToRawLongBits(from.load))),
          walk.flag("blocked", from.blocked),
          walk.i64("free", from.freeBytes),
          walk.i64("total", from.totalBytes));
    }

    @Override
    public int bytes() {
      return HEADER_BYTES + 44;
    }
  }

  /**
   * The sender is alive, once a second to each node with which it shares processes.
   *
   * @param sentNanos when it was sent
   * @param guests processes of the receiver's home that are settled at the sender
   * @param moving processes of the receiver's home that the sender is moving, from or to itself
   * @param away processes of the sender's home that it believes at the receiver or on their way
   * @param asleep those of {@code guests} none of whose tasks wants a CPU
   * @param confirmed how many of the receiver's calls, replies and signals have come
   * @param asks whether the sender waits to hear how many of its own have come
   */
  record KeepAlive(
      long sentNanos,
      List<ProcessId> guests,
      List<ProcessId> moving,
      List<ProcessId> away,
      List<ProcessId> asleep,
      long confirmed,
      boolean asks)
      implements InfoMessage {
    public KeepAlive {
      guests = List.copyOf(guests);
      moving = List.copyOf(moving);
      away = List.copyOf(away);
      asleep = List.copyOf(asleep);
    }

    @Override
    public int bytes() {
      return HEADER_BYTES + 8 * (1 + guests.size() + moving.size() + away.size());
    }
  }
}
