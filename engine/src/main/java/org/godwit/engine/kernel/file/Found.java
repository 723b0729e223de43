package org.godwit.engine.kernel.file;

/**
 * Where a path leads.
 *
 * @param errno why it leads nowhere (positive), or 0
 * @param parent the directory of the last name; null if the path ends in "/", "." or ".."
 * @param name the last name, "." or ".." or "/"
 * @param inode what it stands for, or null if the name is free
 * @param wantsDirectory whether the path ended in a slash
 */
public record Found(int errno, Inode parent, String name, Inode inode, boolean wantsDirectory) {
  static Found failed(int errno) {
    return new Found(errno, null, "", null, false);
  }

  /** Whether it failed. */
  public boolean failed() {
    return errno != 0;
  }
}
