package org.godwit.engine.network;

/**
 * A message between two nodes.
 *
 * @param from sender
 * @param to receiver
 * @param departureNanos when it was handed to the network
 * @param sequence position among the sender's frames
 * @param payload what it carries
 */
public record Frame(int from, int to, long departureNanos, long sequence, Payload payload)
    implements Comparable<Frame> {
  /** In the order in which links serve frames: departure, sender, sequence. */
  @Override
  public int compareTo(Frame other) {
    int order = Long.compare(departureNanos, other.departureNanos);
    if (order == 0) {
      order = Integer.compare(from, other.from);
    }
    return order == 0 ? Long.compare(sequence, other.sequence) : order;
  }
}
