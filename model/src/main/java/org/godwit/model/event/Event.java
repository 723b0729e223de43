package org.godwit.model.event;

/**
 * One line of the event log. The log is in the order of time; within one stretch of virtual time,
 * by node and sequence; what commands at one instant did stands in the order of the commands.
 *
 * @param atNanos virtual time
 * @param node the node where it happened; 0 for the cluster as a whole
 * @param sequence position among that node's events, from 0
 * @param what what happened
 */
public record Event(long atNanos, int node, long sequence, Happening what)
    implements Comparable<Event> {
  @Override
  public int compareTo(Event other) {
    int byTime = Long.compare(atNanos, other.atNanos);
    if (byTime != 0) {
      return byTime;
    }
    int byNode = Integer.compare(node, other.node);
    return byNode != 0 ? byNode : Long.compare(sequence, other.sequence);
  }
}
