package org.godwit.engine.kernel;

import org.godwit.engine.time.Draws;
import org.godwit.model.scenario.CostModel;
import org.godwit.model.scenario.KernelVersion;
import org.godwit.model.scenario.NodeLimits;

/**
 * What a kernel is told once.
 *
 * @param node its node
 * @param hostName what uname calls it
 * @param version kernel version of the cluster
 * @param costs cost model
 * @param draws source of chance
 * @param epochNanos CLOCK_REALTIME at virtual time 0
 * @param cpus CPUs of the node
 * @param migrateEvery instructions between forced moves, 0 for none
 * @param limits what its programs may take at most
 * @param dfsa whether it mounts /mfs with dfsa=1
 */
public record KernelSettings(
    int node,
    String hostName,
    KernelVersion version,
    CostModel costs,
    Draws draws,
    long epochNanos,
    int cpus,
    long migrateEvery,
    NodeLimits limits,
    boolean dfsa) {}
