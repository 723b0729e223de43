package org.godwit.engine.migration;

import org.godwit.engine.kernel.Body;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.state.Walk;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;

/** The source's side of one migration. */
final class Outgoing {
  /** How far it is. */
  enum State {
    /** Pages are sent ahead while the body runs. */
    AHEAD,
    /** Enough was sent ahead; home was asked whether it may stop. */
    READY,
    /** Granted; the body runs until its tasks notice. */
    STOPPING,
    /** Frozen; the target was asked. */
    OFFERED,
    /** The target agreed; all pieces were handed to the network. */
    SENT
  }

  private final Body body;
  private final int to;
  private final MoveCause cause;
  private State state = State.STOPPING;
  private long frozenNanos;
  private long sentNanos; // Only told, never acted upon, and so not walked.
  private long lastNews;
  private int pages;
  private int zeroPages;
  private Migration.Cargo cargo = new Migration.Cargo(0, 0, 0, 0);
  private boolean accepted;
  private AddressSpace space;
  private long mark;
  private int round;
  private int lastRoundPages = Integer.MAX_VALUE;
  private int aheadPages;
  private long aheadBytes;

  Outgoing(Body body, int to, MoveCause cause) {
    this.body = body;
    this.to = to;
    this.cause = cause;
  }

  Body body() {
    return body;
  }

  int to() {
    return to;
  }

  MoveCause cause() {
    return cause;
  }

  State state() {
    return state;
  }

  void state(State next) {
    state = next;
  }

  long frozenNanos() {
    return frozenNanos;
  }

  void frozen(long nanos) {
    frozenNanos = nanos;
  }

  int pages() {
    return pages;
  }

  int zeroPages() {
    return zeroPages;
  }

  /** When the target last said something; the freeze, until it does. */
  long lastNews() {
    return lastNews;
  }

  void heard(long nanos) {
    lastNews = nanos;
  }

  /** Length of the body as it crosses; 0 before it does. */
  long bytes() {
    return cargo.state() + cargo.registers() + cargo.areas() + cargo.pages();
  }

  /** What those bytes are. */
  Migration.Cargo cargo() {
    return cargo;
  }

  /** When the body, written down, was given to the network. */
  long sentNanos() {
    return sentNanos;
  }

  void measured(int contentPages, int zeros, Migration.Cargo counted, long nanos) {
    sentNanos = nanos;
    pages = contentPages;
    zeroPages = zeros;
    cargo = counted;
  }

  /** Whether the target has agreed already, before a round of pre-copy. */
  boolean accepted() {
    return accepted;
  }

  void accept() {
    accepted = true;
  }

  /** The space whose pages were sent ahead; exec puts another in its place. */
  AddressSpace space() {
    return space;
  }

  /** Pages that were written since are to be sent again; 0 for all. */
  long mark() {
    return space == body.memory() ? mark : 0;
  }

  /** A round of pre-copy begins. */
  void round(long newMark, int pages) {
    space = body.memory();
    mark = newMark;
    round++;
    lastRoundPages = pages;
    aheadPages += pages;
  }

  void sentAhead(long length) {
    aheadBytes += length;
  }

  int round() {
    return round;
  }

  int lastRoundPages() {
    return lastRoundPages;
  }

  int aheadPages() {
    return aheadPages;
  }

  long aheadBytes() {
    return aheadBytes;
  }

  void walk(Walk walk) {
    walk.i32("pid", body.id().pid());
    walk.i32("to", to);
    walk.constant("state", state, State.values());
    walk.i64("frozen", frozenNanos);
    walk.i64("lastNews", lastNews);
    walk.i64("bytes", bytes());
    walk.flag("accepted", accepted);
    walk.i32("round", round);
    walk.i64("mark", mark);
    walk.i32("lastRoundPages", lastRoundPages);
    walk.i32("aheadPages", aheadPages);
    walk.i64("aheadBytes", aheadBytes);
  }
}
