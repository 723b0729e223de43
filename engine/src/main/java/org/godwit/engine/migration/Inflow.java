package org.godwit.engine.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.state.Walk;
import org.godwit.model.ProcessId;

/** The target's side of a post-copy whose body runs already: what it still fetches. */
final class Inflow {
  private final ProcessId process;
  private final int from;
  private final long sinceNanos;
  private final TreeSet<Integer> asked = new TreeSet<>();
  private Body body;
  private long lastNews;
  private int pages;
  private int faults;
  private long bytes;

  // Since when somebody waits for a page, and how long that was, all in all. Only told, never acted
  // upon, and so not walked.
  private final TreeMap<Integer, Long> waits = new TreeMap<>();
  private long waitedNanos;

  Inflow(Body body, int from, long now) {
    this.process = body.id();
    this.body = body;
    this.from = from;
    this.sinceNanos = now;
    this.lastNews = now;
  }

  Body body() {
    return body;
  }

  /** A vfork child has the memory now: what is to come belongs to it. */
  void body(Body heir) {
    body = heir;
  }

  /** The process that moved; a child that borrows its memory waits for the same pages. */
  ProcessId process() {
    return process;
  }

  int from() {
    return from;
  }

  long sinceNanos() {
    return sinceNanos;
  }

  long lastNews() {
    return lastNews;
  }

  int pages() {
    return pages;
  }

  int faults() {
    return faults;
  }

  long bytes() {
    return bytes;
  }

  /** How long the process has waited for pages that have come. */
  long waitedNanos() {
    return waitedNanos;
  }

  /** The process waits for a page; true if it must be asked for now. */
  boolean fault(int number, long now) {
    faults++;
    waits.putIfAbsent(number, now);
    return asked.add(number);
  }

  /** What was asked for and is still wanted. */
  List<Integer> asked() {
    asked.retainAll(body.memory().leftBehind());
    return List.copyOf(asked);
  }

  /** The next pages to ask for although nobody waits for them. */
  List<Integer> next(int most) {
    List<Integer> next = new ArrayList<>();
    for (int number : body.memory().leftBehind()) {
      if (next.size() < most && asked.add(number)) {
        next.add(number);
      }
    }
    return next;
  }

  /** Pages have come; those that are wanted are put in their places. */
  void take(MoveMessage.Pages message, long now) {
    lastNews = now;
    for (int i = 0; i < message.numbers().size(); i++) {
      int number = message.numbers().get(i);
      asked.remove(number);
      if (body.memory().isLeftBehind(number)) {
        body.memory().bring(number, message.contents().get(i));
        Long since = waits.remove(number);
        waitedNanos += since == null ? 0 : now - since;
        pages++;
        bytes += message.contents().get(i).length;
      }
    }
  }

  void walk(Walk walk) {
    walk.i32("home", process.home());
    walk.i32("pid", process.pid());
    walk.i32("body", body.id().pid());
    walk.i32("from", from);
    walk.i64("since", sinceNanos);
    walk.i64("lastNews", lastNews);
    walk.i32("pages", pages);
    walk.i32("faults", faults);
    for (int number : asked) {
      walk.i32("asked", number);
    }
  }
}
