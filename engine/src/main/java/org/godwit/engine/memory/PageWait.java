package org.godwit.engine.memory;

/**
 * A page is not here yet and must be fetched from the node that has it (decision 12). The access
 * had no side effect and is simply made again when the page is there. Without a stack trace: it is
 * an event of the guest's world.
 */
public final class PageWait extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The handle of pages that post-copy has left behind on the node that the body came from. */
  public static final long LEFT_BEHIND = -1;

  private final long handle;
  private final long index;
  private long address = -1;

  /**
   * @param handle the {@link Backing#handle} of the object
   * @param index the page's number within it
   */
  public PageWait(long handle, long index) {
    super("page wait", null, false, false);
    this.handle = handle;
    this.index = index;
  }

  public long handle() {
    return handle;
  }

  public long index() {
    return index;
  }

  /** The guest address whose access waits. */
  public long address() {
    return address;
  }

  PageWait at(long guestAddress) {
    address = guestAddress;
    return this;
  }
}
