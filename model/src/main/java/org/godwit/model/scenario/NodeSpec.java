package org.godwit.model.scenario;

/**
 * A machine of the cluster.
 *
 * @param id node number, 1 to 65535
 * @param name host name
 * @param cpus number of CPUs, 1 to 64
 * @param mhz clock of each CPU
 * @param speed what the balancer believes of one CPU; 10000 = 1000 MHz (decision 19)
 * @param memoryBytes RAM
 * @param x where its card lies on the canvas, in pixels at zoom 1
 * @param y where its card lies on the canvas
 */
public record NodeSpec(
    int id, String name, int cpus, int mhz, int speed, long memoryBytes, double x, double y) {}
