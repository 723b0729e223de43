package org.godwit.model.event;

/**
 * What a node measured over one sampling interval; the row of load charts and {@code load.csv}.
 *
 * @param atNanos end of the interval, virtual
 * @param node which node
 * @param runnable mean number of runnable tasks over the interval
 * @param load smoothed load, normalised by speed and CPUs (reference 5.1), 1 = one busy yardstick
 *     CPU
 * @param cpuShare share of the node's CPU time that was used, 0 to 1
 * @param memoryBytes RAM in use
 * @param forwardedCalls calls served here for processes that are away, in the interval
 * @param networkBytes bytes sent in the interval
 * @param guests foreign processes here
 * @param away own processes elsewhere
 */
public record Sample(
    long atNanos,
    int node,
    double runnable,
    double load,
    double cpuShare,
    long memoryBytes,
    long forwardedCalls,
    long networkBytes,
    int guests,
    int away) {}
