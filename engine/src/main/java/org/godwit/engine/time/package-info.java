/**
 * Virtual time: the grid, the CPU clock, the queue of things to come, and keyed draws. Time is a
 * {@code long} of nanoseconds that only the cluster's loop moves. Knows nothing of what happens in
 * it.
 */
package org.godwit.engine.time;
