package org.godwit.engine.kernel;

import org.godwit.engine.state.Walk;

/**
 * What the home knows of a body that is away: how it was when it left.
 *
 * @param cpuNanos CPU time used
 * @param residentPages pages in memory
 * @param bytes size of its address space
 */
record LeftWith(long cpuNanos, int residentPages, long bytes) {
  static final LeftWith NOTHING = new LeftWith(0, 0, 0);

  static LeftWith walk(Walk walk, LeftWith value) {
    return new LeftWith(
        walk.i64("cpu", value.cpuNanos),
        walk.i32("resident", value.residentPages),
        walk.i64("bytes", value.bytes));
  }
}
