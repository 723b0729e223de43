package org.godwit.engine.migration;

import java.util.TreeMap;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.network.Payload;
import org.godwit.engine.state.Walk;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Migration;

/** The target's side of one migration. */
final class Incoming {
  private final ProcessId process;
  private final int from;
  private final long agreedNanos;
  private byte[][] pieces = new byte[0][];
  private int received;
  private long bytes;
  private long lastNews;
  private Body body;
  private final TreeMap<Integer, byte[]> ahead = new TreeMap<>();

  // When each piece reached this node, its first byte and its last. Only told, never acted upon,
  // and so not walked.
  private long installedNanos;
  private long[] firsts = new long[0];
  private long[] lasts = new long[0];

  Incoming(ProcessId process, int from, long now) {
    this.process = process;
    this.from = from;
    this.agreedNanos = now;
    this.lastNews = now;
  }

  ProcessId process() {
    return process;
  }

  int from() {
    return from;
  }

  int received() {
    return received;
  }

  long bytes() {
    return bytes;
  }

  long lastNews() {
    return lastNews;
  }

  void heard(long now) {
    lastNews = now;
  }

  Body body() {
    return body;
  }

  /** All of it is here. */
  void body(Body installed, long nanos) {
    body = installed;
    installedNanos = nanos;
    pieces = new byte[0][];
  }

  /** Pages that crossed while the process still ran at the source, by number. */
  TreeMap<Integer, byte[]> ahead() {
    return ahead;
  }

  /** Takes a piece; true if it was the last one missing. */
  boolean take(MoveMessage.Segment segment) {
    if (pieces.length == 0) {
      pieces = new byte[segment.count()][];
    }
    if (pieces[segment.index()] == null) {
      pieces[segment.index()] = segment.content();
      received++;
      bytes += segment.content().length;
    }
    return received == pieces.length;
  }

  /** A piece has reached this node, which has not dealt with it yet. */
  void reached(MoveMessage.Segment segment, long firstNanos, long lastNanos) {
    if (firsts.length == 0) {
      firsts = new long[segment.count()];
      lasts = new long[segment.count()];
    }
    firsts[segment.index()] = firstNanos;
    lasts[segment.index()] = lastNanos;
  }

  /**
   * When what the bytes are had come here, for a body that is all here.
   *
   * @param sentNanos when the source gave it to its network
   */
  Migration.Course course(Migration.Cargo cargo, long sentNanos) {
    long registers = cargo.state() + cargo.registers();
    return new Migration.Course(
        0,
        agreedNanos,
        sentNanos,
        firsts[0],
        hadCome(cargo.state()),
        hadCome(registers),
        hadCome(registers + cargo.areas()),
        lasts[lasts.length - 1],
        installedNanos);
  }

  /** When so many of the body's bytes had come: a link sends those of a frame at one rate. */
  private long hadCome(long count) {
    int piece = (int) ((count - 1) / Source.SEGMENT_BYTES);
    long before = (long) piece * Source.SEGMENT_BYTES;
    long length = Math.min(Source.SEGMENT_BYTES, bytes - before);
    return firsts[piece]
        + (lasts[piece] - firsts[piece])
            * (Payload.HEADER_BYTES + count - before)
            / (Payload.HEADER_BYTES + length);
  }

  byte[] joined() {
    byte[] all = new byte[(int) bytes];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }

  void walk(Walk walk) {
    walk.i32("home", process.home());
    walk.i32("pid", process.pid());
    walk.i32("from", from);
    walk.i32("received", received);
    walk.i64("bytes", bytes);
    walk.i64("lastNews", lastNews);
    walk.flag("installed", body != null);
    walk.i32("ahead", ahead.size());
  }
}
