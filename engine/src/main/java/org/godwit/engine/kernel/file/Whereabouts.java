package org.godwit.engine.kernel.file;

/**
 * Current directory and umask: what processes share after clone(2) with CLONE_FS, so that either
 * changes them for both.
 */
final class Whereabouts {
  private static final int DEFAULT_UMASK = 022;

  /** The current directory, unless it is another node's; null when nobody is here any more. */
  Inode directory;

  /** The current directory if it is another node's, as a path below /mfs; else null. */
  String remote;

  int umask = DEFAULT_UMASK;

  /** Processes that share it. */
  private int users = 1;

  Whereabouts join() {
    users++;
    return this;
  }

  /** A process is done with it; whether it was the last. */
  boolean leave() {
    return --users == 0;
  }

  boolean isShared() {
    return users > 1;
  }
}
