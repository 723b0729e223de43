package org.godwit.engine.node;

import org.godwit.engine.machine.Machine;
import org.godwit.engine.time.Draws;
import org.godwit.model.scenario.CostModel;
import org.godwit.model.scenario.KernelVersion;
import org.godwit.model.scenario.MigrationMethod;

/**
 * What all nodes of a cluster have in common.
 *
 * @param version kernel version
 * @param costs cost model
 * @param draws source of chance
 * @param epochNanos CLOCK_REALTIME at virtual time 0
 * @param clockDivisor modelled instructions per retired one
 * @param migrateEvery instructions between forced moves, 0 for none
 * @param method how processes cross to another node
 * @param machine what executes guest instructions
 */
public record NodeSettings(
    KernelVersion version,
    CostModel costs,
    Draws draws,
    long epochNanos,
    int clockDivisor,
    long migrateEvery,
    MigrationMethod method,
    Machine machine) {}
