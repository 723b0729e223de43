package org.godwit.engine.info;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.state.Walk;

/**
 * The last that was heard of each node, for people and tools: /proc/hpc/nodes. Decisions lean on
 * the smaller {@link PeerWindow}. What is older than 30 s counts as unknown (reference section
 * 5.4).
 */
public final class Hearsay {
  /** Age from which nothing is known of a node any more. */
  public static final long UNKNOWN_NANOS = 30_000_000_000L;

  private final TreeMap<Integer, InfoMessage.Gossip> last = new TreeMap<>();

  /** Takes a message. */
  public void heard(int from, InfoMessage.Gossip gossip) {
    last.put(from, gossip);
  }

  /** A node is gone. */
  public void forget(int node) {
    last.remove(node);
  }

  /** What a node said last, or null if it was too long ago. */
  public InfoMessage.Gossip of(int node, long now) {
    InfoMessage.Gossip gossip = last.get(node);
    return gossip == null || now - gossip.sentNanos() > UNKNOWN_NANOS ? null : gossip;
  }

  /** Every entry. */
  public void walk(Walk walk) {
    List<Integer> nodes = new ArrayList<>(last.keySet());
    int count = walk.count("hearsay", nodes.size());
    for (int i = 0; i < count; i++) {
      int node = walk.i32("node", walk.reading() ? 0 : nodes.get(i));
      last.put(node, InfoMessage.Gossip.walk(walk, last.get(node)));
    }
  }
}
