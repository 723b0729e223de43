package org.godwit.engine.session.query;

import org.godwit.model.ProcessId;
import org.godwit.model.event.Event;

/**
 * A moment, or a stretch of time, that a {@link Query} found.
 *
 * @param fromNanos when it began
 * @param untilNanos when it was over; the same as {@code fromNanos} for an event
 * @param node the node it is about, 0 for the cluster
 * @param process the process it is about, or null
 * @param event the event, if the query asked for events; for a stretch the one that began it, if
 *     one did; else null
 * @param peak the greatest figure in the stretch, NaN if the query asked for none
 */
public record Moment(
    long fromNanos, long untilNanos, int node, ProcessId process, Event event, double peak) {
  /** An event. */
  static Moment of(Event event) {
    return new Moment(
        event.atNanos(), event.atNanos(), event.node(), event.what().process(), event, Double.NaN);
  }
}
