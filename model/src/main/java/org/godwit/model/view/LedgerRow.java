package org.godwit.model.view;

/**
 * How one system call of a process was answered at one place, over its whole life. Calls that have
 * not returned are not in it.
 *
 * @param call name, or the number of a call that the kernel does not know
 * @param place where
 * @param count how often
 * @param costNanos what the calls took without waiting: the kernel's work, messages, and the time
 *     that a move held the answer back; virtual nanoseconds
 * @param waitedNanos what they waited for something to happen: input, a child, a time to come;
 *     virtual nanoseconds
 * @param sentBytes what was sent over the network for them
 * @param receivedBytes what came back
 */
public record LedgerRow(
    String call,
    Place place,
    long count,
    long costNanos,
    long waitedNanos,
    long sentBytes,
    long receivedBytes) {
  /** Who answers a call. */
  public enum Place {
    /** The node where the process runs. */
    HERE,
    /** The node that has the file, asked by the node where the process runs. */
    MFS,
    /** The deputy, while the process is away. */
    HOME
  }
}
