package org.godwit.engine.kernel.file;

/**
 * How much one node's tree may hold.
 *
 * @param inodes most inodes at a time; more is ENOSPC
 * @param openFiles most open file descriptions at a time; more is ENFILE
 * @param fileBytes largest size of a file; more is EFBIG
 */
public record FileLimits(int inodes, int openFiles, long fileBytes) {
  /** Room for real programs, and a bound for those that run away. */
  public static final FileLimits DEFAULT = new FileLimits(65_536, 65_536, 1L << 40);
}
