package org.godwit.model.event;

import org.godwit.model.ProcessId;

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
 * @param bytes length of the serialised body
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
    long bytes) {}
