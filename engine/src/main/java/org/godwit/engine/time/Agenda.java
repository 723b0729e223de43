package org.godwit.engine.time;

import java.util.PriorityQueue;

/**
 * What an island has to do at known instants, in the order (time, class, source, sequence)
 * (decision 2). Belongs to one island; not thread safe.
 *
 * @param <T> what is done
 */
public final class Agenda<T> {
  /** Kinds of entries; at one instant the earlier constant comes first. */
  public enum Kind {
    ARRIVAL,
    WORK_DONE,
    TIMER,
    TICK
  }

  /**
   * An entry.
   *
   * @param nanos when
   * @param kind its class
   * @param source who caused it: a node number
   * @param sequence its place among the source's entries
   * @param what what is done
   */
  public record Entry<T>(long nanos, Kind kind, int source, long sequence, T what)
      implements Comparable<Entry<T>> {
    @Override
    public int compareTo(Entry<T> other) {
      int order = Long.compare(nanos, other.nanos);
      if (order == 0) {
        order = kind.compareTo(other.kind);
      }
      if (order == 0) {
        order = Integer.compare(source, other.source);
      }
      return order == 0 ? Long.compare(sequence, other.sequence) : order;
    }
  }

  private final PriorityQueue<Entry<T>> entries = new PriorityQueue<>();

  /** Adds an entry. */
  public void add(long nanos, Kind kind, int source, long sequence, T what) {
    entries.add(new Entry<>(nanos, kind, source, sequence, what));
  }

  /** When the first entry is due; {@link Long#MAX_VALUE} if there is none. */
  public long nextNanos() {
    Entry<T> first = entries.peek();
    return first == null ? Long.MAX_VALUE : first.nanos();
  }

  /** Kind of the first entry, or null if there is none. */
  public Kind nextKind() {
    Entry<T> first = entries.peek();
    return first == null ? null : first.kind();
  }

  /**
   * When the first of the entries that {@code meant} says is due; {@link Long#MAX_VALUE} for none.
   */
  public long earliest(java.util.function.Predicate<T> meant) {
    long earliest = Long.MAX_VALUE;
    for (Entry<T> entry : entries) {
      if (entry.nanos < earliest && meant.test(entry.what)) {
        earliest = entry.nanos;
      }
    }
    return earliest;
  }

  /** Drops the entries that {@code unwanted} says. */
  public void removeIf(java.util.function.Predicate<Entry<T>> unwanted) {
    entries.removeIf(unwanted);
  }

  /** Takes the first entry; the agenda must not be empty. */
  public Entry<T> take() {
    return entries.remove();
  }

  /** Entries not yet done, first one first. */
  public java.util.List<Entry<T>> inOrder() {
    return entries.stream().sorted().toList();
  }
}
