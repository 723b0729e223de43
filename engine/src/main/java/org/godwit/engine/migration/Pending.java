package org.godwit.engine.migration;

import org.godwit.engine.state.Walk;
import org.godwit.model.event.MoveCause;

/** The home's side of one migration that it granted. */
final class Pending {
  private final int from;
  private final int to;
  private final MoveCause cause;
  private final long requestedNanos;
  private final long grantedNanos;
  private long goNanos;
  private boolean committed;

  Pending(int from, int to, MoveCause cause, long requestedNanos, long grantedNanos) {
    this.from = from;
    this.to = to;
    this.cause = cause;
    this.requestedNanos = requestedNanos;
    this.grantedNanos = grantedNanos;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  MoveCause cause() {
    return cause;
  }

  long requestedNanos() {
    return requestedNanos;
  }

  long grantedNanos() {
    return grantedNanos;
  }

  /** When the body was told to stop, after pages were sent ahead; the grant if none were. */
  long goNanos() {
    return goNanos == 0 ? grantedNanos : goNanos;
  }

  void go(long nanos) {
    goNanos = nanos;
  }

  boolean committed() {
    return committed;
  }

  void commit() {
    committed = true;
  }

  void walk(Walk walk) {
    walk.i32("from", from);
    walk.i32("to", to);
    walk.i64("requested", requestedNanos);
    walk.i64("granted", grantedNanos);
    walk.i64("go", goNanos);
    walk.flag("committed", committed);
  }
}
