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
 * @param course when each part of it crossed; null where nobody looked
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
    Cargo cargo,
    Course course) {
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
   * Instants between the grant and the commit, each taken where it happened. All nodes have one
   * clock.
   *
   * @param goNanos when home told the body to stop, and began to keep back what it has for it; the
   *     grant, unless pages were sent ahead
   * @param agreedNanos when the target agreed
   * @param sentNanos when the source had that answer, and gave the serialised body to its network
   * @param firstNanos when the first byte reached the target
   * @param stateNanos when the last byte of the state had come there; the parts are those of {@link
   *     Cargo}
   * @param registersNanos the same of the registers
   * @param areasNanos the same of the areas
   * @param pagesNanos the same of the pages, which are the last
   * @param installedNanos when the target had put the body together, and said so
   */
  public record Course(
      long goNanos,
      long agreedNanos,
      long sentNanos,
      long firstNanos,
      long stateNanos,
      long registersNanos,
      long areasNanos,
      long pagesNanos,
      long installedNanos) {
    /** The same, by a home that told the body to stop at {@code nanos}. */
    public Course told(long nanos) {
      return new Course(
          nanos,
          agreedNanos,
          sentNanos,
          firstNanos,
          stateNanos,
          registersNanos,
          areasNanos,
          pagesNanos,
          installedNanos);
    }
  }

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
