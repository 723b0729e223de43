package org.godwit.model.event;

import org.godwit.model.ProcessId;
import org.godwit.model.scenario.MigrationMethod;

/**
 * The anatomy of one finished migration. All instants are virtual nanoseconds; bytes and pages were
 * counted on what crossed the network.
 *
 * @param number position among the migrations of the process's home, from 1
 * @param process who moved
 * @param from source node
 * @param to target node
 * @param cause who asked
 * @param requestedNanos when it was asked for
 * @param grantedNanos when the deputy granted it
 * @param frozenNanos when the body stopped running at the source
 * @param committedNanos when the target's last reply reached the source
 * @param resumedNanos when the body could run at the target
 * @param pages pages that crossed with their content
 * @param zeroPages pages that crossed as a record because they hold only zeros
 * @param bytes length of what crossed while it stood still, the serialised body
 * @param early what of it crossed before or is to follow; null for stop-and-copy
 * @param cargo what the bytes are; null where nobody counted them
 */
public record Migration(
    long number,
    ProcessId process,
    int from,
    int to,
    MoveCause cause,
    long requestedNanos,
    long grantedNanos,
    long frozenNanos,
    long committedNanos,
    long resumedNanos,
    int pages,
    int zeroPages,
    long bytes,
    Early early,
    Cargo cargo) {
  /** One whose body crossed in one piece. */
  public Migration(
      long number,
      ProcessId process,
      int from,
      int to,
      MoveCause cause,
      long requestedNanos,
      long grantedNanos,
      long frozenNanos,
      long committedNanos,
      long resumedNanos,
      int pages,
      int zeroPages,
      long bytes) {
    this(
        number,
        process,
        from,
        to,
        cause,
        requestedNanos,
        grantedNanos,
        frozenNanos,
        committedNanos,
        resumedNanos,
        pages,
        zeroPages,
        bytes,
        null,
        null);
  }

  /** Bytes that have crossed by the time it resumed. */
  public long bytesInAll() {
    return bytes + (early == null ? 0 : early.bytes());
  }

  /**
   * What the bytes of a body are, in the order in which they cross.
   *
   * @param state identity, credentials, signal handlers, counters
   * @param registers registers of its threads, with the calls in which they wait
   * @param areas the areas of its address space
   * @param pages pages with content, their numbers, and the numbers of those that hold zeros
   */
  public record Cargo(long state, long registers, long areas, long pages) {}

  /**
   * What a migration carries outside the time in which the process stands still.
   *
   * @param method how it crosses
   * @param rounds rounds of pre-copy
   * @param pages pages sent in those rounds, those that were sent again counted again; for
   *     post-copy the pages that were left behind
   * @param bytes bytes sent in those rounds; 0 for post-copy
   */
  public record Early(MigrationMethod method, int rounds, int pages, long bytes) {}
}
