package org.godwit.engine.info;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.state.Walk;

/**
 * The newest of what others said: a window of 8 entries or half the nodes, at least 3; what is
 * older than 10 s is not believed (reference 5.4).
 */
public final class PeerWindow {
  /** Age from which an entry is ignored. */
  public static final long STALE_NANOS = 10_000_000_000L;

  private static final int MOST = 8;
  private static final int LEAST = 3;

  /**
   * What one node said.
   *
   * @param node who
   * @param heard its message
   * @param added tasks sent there since, which it did not know of
   */
  public record Entry(int node, InfoMessage.Gossip heard, int added) {}

  private final TreeMap<Integer, Entry> entries = new TreeMap<>();

  /** Takes a message; {@code nodes} is the size of the cluster. */
  public void heard(int from, InfoMessage.Gossip gossip, int nodes) {
    entries.put(from, new Entry(from, gossip, 0));
    while (entries.size() > Math.max(LEAST, Math.min(MOST, nodes / 2))) {
      entries.remove(oldest());
    }
  }

  private int oldest() {
    Entry oldest = null;
    for (Entry each : entries.values()) {
      if (oldest == null || each.heard.sentNanos() < oldest.heard.sentNanos()) {
        oldest = each;
      }
    }
    return oldest == null ? 0 : oldest.node;
  }

  /** A process went to {@code node}, which will be busier than it said. */
  public void sentTo(int node) {
    entries.computeIfPresent(node, (key, entry) -> new Entry(node, entry.heard, entry.added + 1));
  }

  /** A node is gone. */
  public void forget(int node) {
    entries.remove(node);
  }

  /** What is believed at {@code now}, by node. */
  public List<Entry> fresh(long now) {
    List<Entry> fresh = new ArrayList<>();
    for (Entry each : entries.values()) {
      if (now - each.heard.sentNanos() <= STALE_NANOS) {
        fresh.add(each);
      }
    }
    return fresh;
  }

  /** Every entry, for the hash. */
  public void walk(Walk walk) {
    for (Entry each : entries.values()) {
      walk.i32("peer", each.node);
      walk.i64("sent", each.heard.sentNanos());
      walk.i64("load", Double.doubleToRawLongBits(each.heard.load()));
      walk.i32("added", each.added);
    }
  }
}
