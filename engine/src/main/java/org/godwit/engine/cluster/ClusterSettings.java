package org.godwit.engine.cluster;

import org.godwit.engine.machine.Machine;

/**
 * How a cluster is carried out.
 *
 * @param workers threads that advance islands within a window, 1 or more
 * @param forceParallel hand even tiny windows to the workers
 * @param reverseOrder advance islands in descending order when inline; for tests, invisible in
 *     results
 * @param windowByWindow pass over no window in which nothing happens; for tests, invisible in
 *     results
 * @param migrateEvery instructions between forced moves, 0 for none
 * @param machine what executes guest instructions
 */
public record ClusterSettings(
    int workers,
    boolean forceParallel,
    boolean reverseOrder,
    boolean windowByWindow,
    long migrateEvery,
    Machine machine) {}
