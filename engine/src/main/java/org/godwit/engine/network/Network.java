package org.godwit.engine.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.godwit.engine.state.Walk;
import org.godwit.model.scenario.LinkSpec;

/**
 * All links of a cluster. Frames follow the path of fewest hops (ties: lower node numbers); each
 * link on it serves them in the order of their departure. Used by the cluster's loop between
 * windows, but for questions after paths, which islands may ask within one, several at once.
 */
public final class Network {
  /** What became of a frame. */
  public sealed interface Fate {
    /**
     * It arrives.
     *
     * @param firstNanos when its first byte does
     * @param nanos when its last byte does, and it counts
     */
    record Arrives(long firstNanos, long nanos) implements Fate {}

    /** There is no path; the frame is lost. */
    record Lost() implements Fate {}
  }

  private final TreeMap<Long, Link> links = new TreeMap<>();
  private final TreeMap<Long, LinkSpec> cutLinks = new TreeMap<>();

  // Derived from the links and forgotten when they change: asked for at every window.
  private final TreeMap<Long, List<Link>> paths = new TreeMap<>();
  private final TreeMap<Integer, Long> leastLatencies = new TreeMap<>();

  /** Adds a link, or changes the one between the same nodes. */
  public void set(LinkSpec spec) {
    setOneWay(spec.a(), spec.b(), spec);
    setOneWay(spec.b(), spec.a(), spec);
    cutLinks.remove(key(spec.a(), spec.b()));
    changed();
  }

  private void changed() {
    paths.clear();
    leastLatencies.clear();
  }

  private void setOneWay(int from, int to, LinkSpec spec) {
    Link link = links.get(key(from, to));
    if (link == null) {
      links.put(key(from, to), new Link(from, to, spec));
    } else {
      link.change(spec);
    }
  }

  /** Removes a link; false if there is none. */
  public boolean cut(int a, int b) {
    Link link = links.remove(key(Math.min(a, b), Math.max(a, b)));
    if (link == null) {
      return false;
    }
    links.remove(key(Math.max(a, b), Math.min(a, b)));
    cutLinks.put(key(link.from(), link.to()), spec(link));
    changed();
    return true;
  }

  /** The links that were cut and not set again, by (a, b). */
  public List<LinkSpec> cutLinks() {
    return List.copyOf(cutLinks.values());
  }

  /** Removes every link of a node. */
  public void isolate(int node) {
    links.values().removeIf(link -> link.from() == node || link.to() == node);
    cutLinks.values().removeIf(link -> link.a() == node || link.b() == node);
    changed();
  }

  /** The links that exist, by (a, b) with a &lt; b. */
  public List<LinkSpec> specs() {
    List<LinkSpec> specs = new ArrayList<>();
    for (Link link : links.values()) {
      if (link.from() < link.to()) {
        specs.add(spec(link));
      }
    }
    return specs;
  }

  private static LinkSpec spec(Link link) {
    return new LinkSpec(link.from(), link.to(), link.megabitsPerSecond(), link.latencyNanos());
  }

  /** Nanoseconds that a → b has been sending since the start; 0 if there is no such link. */
  public long busyNanos(int a, int b) {
    Link link = links.get(key(a, b));
    return link == null ? 0 : link.busyNanos();
  }

  /** Bytes that a → b has carried since the start. */
  public long bytes(int a, int b) {
    Link link = links.get(key(a, b));
    return link == null ? 0 : link.bytes();
  }

  /** Latency of the path between two nodes without queueing; empty if they are not connected. */
  public OptionalLong latencyNanos(int from, int to) {
    List<Link> path = path(from, to);
    if (path.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(path.stream().mapToLong(Link::latencyNanos).sum());
  }

  /** Bandwidth of the narrowest link of the path, in Mbit/s; 0 if there is none. */
  public int megabitsPerSecond(int from, int to) {
    return path(from, to).stream().mapToInt(Link::megabitsPerSecond).min().orElse(0);
  }

  /** The least latency of any link that leaves {@code from}; −1 if it has none. */
  public long leastLatencyNanos(int from) {
    return leastLatencies.computeIfAbsent(
        from, node -> leaving(node).stream().mapToLong(Link::latencyNanos).min().orElse(-1));
  }

  /** Whether the path between two nodes crosses the link a–b. */
  public boolean uses(int from, int to, int a, int b) {
    return path(from, to).stream()
        .anyMatch(link -> link.from() == a && link.to() == b || link.from() == b && link.to() == a);
  }

  /** Carries a frame; call in the order of {@link Frame#compareTo}. */
  public Fate carry(Frame frame) {
    List<Link> path = path(frame.from(), frame.to());
    if (path.isEmpty()) {
      return new Fate.Lost();
    }
    int size = frame.payload().bytes();
    long nanos = frame.departureNanos();
    for (Link link : path) {
      nanos = link.serve(nanos, size);
    }
    return new Fate.Arrives(nanos - path.getLast().sendingNanos(size), nanos);
  }

  private synchronized List<Link> path(int from, int to) {
    return paths.computeIfAbsent(key(from, to), k -> search(from, to));
  }

  /** Breadth first; neighbours in the order of their numbers. */
  private List<Link> search(int from, int to) {
    TreeMap<Integer, Link> reachedBy = new TreeMap<>();
    ArrayDeque<Integer> frontier = new ArrayDeque<>(List.of(from));
    while (!frontier.isEmpty() && !reachedBy.containsKey(to)) {
      int node = frontier.remove();
      for (Link link : leaving(node)) {
        if (link.to() != from && reachedBy.putIfAbsent(link.to(), link) == null) {
          frontier.add(link.to());
        }
      }
    }
    List<Link> path = new ArrayList<>();
    for (int at = to; at != from; at = path.getLast().from()) {
      Link link = reachedBy.get(at);
      if (link == null) {
        return List.of();
      }
      path.add(link);
    }
    Collections.reverse(path);
    return List.copyOf(path);
  }

  private Collection<Link> leaving(int node) {
    return links.subMap(key(node, 0), key(node + 1, 0)).values();
  }

  private static long key(int from, int to) {
    return (long) from << 20 | to;
  }

  /** Every link, for the hash of the cluster. */
  public void walk(Walk walk) {
    walk.count("links", links.size());
    for (Link link : links.values()) {
      walk.i32("from", link.from());
      walk.i32("to", link.to());
      link.walk(walk);
    }
  }
}
