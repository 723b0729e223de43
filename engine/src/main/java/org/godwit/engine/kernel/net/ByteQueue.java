package org.godwit.engine.kernel.net;

import org.godwit.engine.state.Walk;

/**
 * Bytes that wait between a writer and a reader: a ring that grows as needed up to its limit, so
 * that the many empty pipes and sockets of a node cost next to nothing. Not thread safe.
 */
public final class ByteQueue {
  private static final int FIRST_ROOM = 512;

  private byte[] ring = new byte[0];
  private int head;
  private int size;
  private int limit;

  /** A queue of at most {@code limit} bytes. */
  public ByteQueue(int limit) {
    this.limit = limit;
  }

  /** Bytes that wait. */
  public int size() {
    return size;
  }

  /** Bytes that still fit. */
  public int room() {
    return limit - size;
  }

  /** Most bytes that may wait. */
  public int limit() {
    return limit;
  }

  /** Changes the limit; content stays, even if it is more. */
  public void limit(int bytes) {
    limit = bytes;
  }

  /** Appends as much as fits and returns how much that was. */
  public int put(byte[] data, int from, int count) {
    int moved = Math.min(count, Math.max(0, room()));
    reserve(size + moved);
    if (moved > 0) {
      int tail = (head + size) % ring.length;
      int first = Math.min(moved, ring.length - tail);
      System.arraycopy(data, from, ring, tail, first);
      System.arraycopy(data, from + first, ring, 0, moved - first);
      size += moved;
    }
    return moved;
  }

  /** Removes up to {@code count} bytes into {@code into} and returns how many. */
  public int take(byte[] into, int from, int count) {
    int moved = peek(into, from, count);
    drop(moved);
    return moved;
  }

  /** Copies up to {@code count} bytes from the front without removing them. */
  public int peek(byte[] into, int from, int count) {
    int moved = Math.min(count, size);
    if (moved > 0) {
      int first = Math.min(moved, ring.length - head);
      System.arraycopy(ring, head, into, from, first);
      System.arraycopy(ring, 0, into, from + first, moved - first);
    }
    return moved;
  }

  /** Removes {@code count} bytes from the front. */
  public void drop(int count) {
    if (count < 0 || count > size) {
      throw new IllegalArgumentException("drop " + count + " of " + size);
    }
    size -= count;
    head = size == 0 ? 0 : (head + count) % ring.length;
  }

  /** Removes everything. */
  public void clear() {
    ring = new byte[0];
    head = 0;
    size = 0;
  }

  /** Limit and content; where the ring begins is transient, since nobody can see it. */
  public void walk(Walk walk) {
    limit = walk.i32("limit", limit);
    byte[] content = new byte[size];
    peek(content, 0, size);
    content = walk.bytes("content", content);
    if (walk.reading()) {
      ring = content;
      head = 0;
      size = content.length;
    }
  }

  private void reserve(int bytes) {
    if (bytes <= ring.length) {
      return;
    }
    byte[] wider = new byte[Math.max(bytes, Math.max(FIRST_ROOM, ring.length * 2))];
    peek(wider, 0, size);
    ring = wider;
    head = 0;
  }
}
