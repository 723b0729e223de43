package org.godwit.engine.memory;

/**
 * The RAM of one node, counted in pages: who allocates a page takes a frame first, who drops the
 * last mapping gives it back. Used by the node's thread only.
 */
public final class Frames {
  private final long capacity;
  private long used;
  private boolean withheld;

  /**
   * @param capacity frames of {@link Page#SIZE} bytes
   */
  public Frames(long capacity) {
    this.capacity = capacity;
  }

  /** A budget that never runs out. */
  public static Frames unlimited() {
    return new Frames(Long.MAX_VALUE / 2);
  }

  /** Takes frames, or none and false if fewer are left. */
  public boolean take(int pages) {
    if (withheld || pages > capacity - used) {
      return false;
    }
    used += pages;
    return true;
  }

  /** Returns frames taken before. */
  public void give(int pages) {
    used -= pages;
    if (used < 0) {
      throw new IllegalStateException("more frames given back than taken: " + used);
    }
  }

  /**
   * Withholds all frames, as if none were left, or ends that: who runs ahead of the node's time
   * must not take what others may still take before.
   */
  public void withhold(boolean on) {
    withheld = on;
  }

  /** Whether frames are withheld now. */
  public boolean withheld() {
    return withheld;
  }

  public long capacity() {
    return capacity;
  }

  public long used() {
    return used;
  }

  public long free() {
    return capacity - used;
  }

  /**
   * Takes one frame.
   *
   * @throws OutOfFrames if none is left
   */
  void takeOne() {
    if (!take(1)) {
      throw new OutOfFrames();
    }
  }
}
