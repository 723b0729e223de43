package org.godwit.model.scenario;

/**
 * How much of a node its programs may take at a time. What is beyond is an errno for the program
 * that asks and an event for who watches; memory is bounded by the node's RAM.
 *
 * @param processes processes whose home it is; fork gives EAGAIN
 * @param threads threads of one process; clone gives EAGAIN
 * @param files files, directories and links in its tree; making one gives ENOSPC
 * @param openFiles open file descriptions; opening gives ENFILE
 * @param descriptors descriptors of one process, and the hard limit of RLIMIT_NOFILE; opening gives
 *     EMFILE. A program begins with at most 1024 of them, as on Linux
 * @param fileBytes size of a file; writing gives EFBIG
 */
public record NodeLimits(
    int processes, int threads, int files, int openFiles, int descriptors, long fileBytes) {
  /** Room for real programs, and a bound for those that run away. */
  public static final NodeLimits DEFAULT =
      new NodeLimits(1024, 1024, 65_536, 65_536, 4096, 1L << 40);

  /** What can be exhausted. */
  public enum Kind {
    /** {@link NodeLimits#processes}. */
    PROCESSES,
    /** {@link NodeLimits#threads}. */
    THREADS,
    /** {@link NodeLimits#files}. */
    FILES,
    /** {@link NodeLimits#openFiles}. */
    OPEN_FILES,
    /** The process's own part of {@link NodeLimits#descriptors}. */
    DESCRIPTORS,
    /** {@link NodeLimits#fileBytes}. */
    FILE_SIZE,
    /** The node's RAM, which files and buffers fill too. */
    MEMORY
  }
}
