package org.godwit.engine.memory;

/**
 * What an area maps when it is not anonymous: a regular file, a shared memory segment, an image.
 */
public interface Backing {
  /**
   * The page with this number. The same object each time, so that all mappings see the same bytes.
   *
   * @return null if the object ends before that page
   * @throws PageWait if the page is not on this node yet
   */
  Page page(long index);

  /** Whether no store of anybody can change the pages. */
  boolean isConstant();

  /**
   * The number under which the process's home knows the object; it travels instead of the object.
   */
  long handle();
}
