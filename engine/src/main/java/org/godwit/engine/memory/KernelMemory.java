package org.godwit.engine.memory;

/**
 * What a kernel keeps for its guests in buffers (pipes, sockets, messages): counted in bytes and
 * charged to the node's RAM in whole pages, all together.
 */
public final class KernelMemory {
  private final Frames frames;
  private long bytes;

  /** Nothing kept yet. */
  public KernelMemory(Frames frames) {
    this.frames = frames;
  }

  /** Whether so many bytes more could be kept. */
  public boolean fits(int more) {
    return pages(bytes + more) - pages(bytes) <= frames.free();
  }

  /** Keeps so many bytes more; false, and nothing changes, if the RAM is full. */
  public boolean take(int more) {
    int pages = (int) (pages(bytes + more) - pages(bytes));
    if (pages > 0 && !frames.take(pages)) {
      return false;
    }
    bytes += more;
    return true;
  }

  /** Lets go of bytes taken before. */
  public void give(int fewer) {
    if (fewer > bytes) {
      throw new IllegalStateException("more bytes given back than taken: " + fewer);
    }
    int pages = (int) (pages(bytes) - pages(bytes - fewer));
    bytes -= fewer;
    frames.give(pages);
  }

  /** Keeps what was kept before and is read back, for which there was room. */
  public void recharge(int more) {
    if (!take(more)) {
      throw new OutOfFrames();
    }
  }

  /** Bytes kept. */
  public long bytes() {
    return bytes;
  }

  private static long pages(long bytes) {
    return (bytes + Page.SIZE - 1) / Page.SIZE;
  }
}
