package org.godwit.engine.migration;

import java.util.TreeMap;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.state.Walk;
import org.godwit.model.ProcessId;

/** The target's side of one migration. */
final class Incoming {
  private final ProcessId process;
  private final int from;
  private byte[][] pieces = new byte[0][];
  private int received;
  private long bytes;
  private long lastNews;
  private Body body;
  private final TreeMap<Integer, byte[]> ahead = new TreeMap<>();

  Incoming(ProcessId process, int from, long now) {
    this.process = process;
    this.from = from;
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

  void body(Body installed) {
    body = installed;
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
