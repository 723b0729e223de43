package org.godwit.app.terminal;

/** The lines above the screen, oldest first; the oldest goes when there is no more room. */
final class Scrollback {
  private final Line[] ring;
  private int oldest;
  private int size;

  Scrollback(int capacity) {
    ring = new Line[capacity];
  }

  int size() {
    return size;
  }

  /** Line {@code at} of 0 to {@code size - 1}. */
  Line get(int at) {
    return ring[(oldest + at) % ring.length];
  }

  void add(Line line) {
    if (size == ring.length) {
      ring[oldest] = line;
      oldest = (oldest + 1) % ring.length;
    } else {
      ring[(oldest + size++) % ring.length] = line;
    }
  }

  Line removeNewest() {
    int at = (oldest + --size) % ring.length;
    Line newest = ring[at];
    ring[at] = null;
    return newest;
  }

  void clear() {
    while (size > 0) {
      removeNewest();
    }
  }
}
