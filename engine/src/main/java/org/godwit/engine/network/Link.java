package org.godwit.engine.network;

import org.godwit.engine.state.Walk;
import org.godwit.model.scenario.LinkSpec;

/** One direction of a link: serves frames one after the other at its bandwidth. */
final class Link {
  private final int from;
  private final int to;
  private int megabitsPerSecond;
  private long latencyNanos;
  private long freeAtNanos;
  private long lastArrivalNanos;
  private long busyNanos;
  private long bytes;

  Link(int from, int to, LinkSpec spec) {
    this.from = from;
    this.to = to;
    change(spec);
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  long latencyNanos() {
    return latencyNanos;
  }

  int megabitsPerSecond() {
    return megabitsPerSecond;
  }

  /** Time in which it has sent, since the start. */
  long busyNanos() {
    return busyNanos;
  }

  long bytes() {
    return bytes;
  }

  /** New properties; a lower latency does not let frames overtake (decision 5). */
  void change(LinkSpec spec) {
    megabitsPerSecond = spec.megabitsPerSecond();
    latencyNanos = spec.latencyNanos();
  }

  /** Serves a frame that reaches this link at {@code nanos}; returns when it leaves the far end. */
  long serve(long nanos, int size) {
    long start = Math.max(nanos, freeAtNanos);
    long sending = sendingNanos(size);
    freeAtNanos = start + sending;
    busyNanos += sending;
    bytes += size;
    lastArrivalNanos = Math.max(lastArrivalNanos, freeAtNanos + latencyNanos);
    return lastArrivalNanos;
  }

  /** How long it sends so many bytes. */
  long sendingNanos(int size) {
    return Math.max(1, size * 8_000L / megabitsPerSecond);
  }

  void walk(Walk walk) {
    megabitsPerSecond = walk.i32("mbits", megabitsPerSecond);
    latencyNanos = walk.i64("latency", latencyNanos);
    freeAtNanos = walk.i64("freeAt", freeAtNanos);
    lastArrivalNanos = walk.i64("lastArrival", lastArrivalNanos);
    busyNanos = walk.i64("busy", busyNanos);
    bytes = walk.i64("bytes", bytes);
  }
}
