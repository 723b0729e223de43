package org.godwit.engine.node;

import org.godwit.engine.state.Walk;
import org.godwit.model.scenario.CostModel;

/**
 * The numbers of /proc/hpc/admin that are neither switches nor the speed (reference section 3.2).
 */
final class Tunables {
  /** Seconds between two steps of decay. */
  int decaySeconds = 1;

  /** Thousandths of a statistic that a step of slow decay keeps. */
  int slowKept = 975;

  /** The same of fast decay. */
  int fastKept = 926;

  /** Most gateways between two nodes; told to whoever asks, of no effect on our links. */
  int gateways;

  /** Load, 100 = one busy yardstick CPU, above which guests are sent away; 0 for no limit. */
  int loadLimit;

  /** Whether {@link #loadLimit} counts guests only. */
  boolean guestsOnly;

  /** Guests, in hundredths of a CPU that they use, that this node bears; 0 for no limit. */
  int cpuLimit;

  /** What the balancer takes a forwarded call to cost until it has measured one, microseconds. */
  long[] overheads;

  /** The same for a call on a file of another node, microseconds. */
  long[] fileCosts;

  Tunables(CostModel costs) {
    overheads = new long[] {costs.callNanos() / 1000, costs.messageNanos() / 1000};
    fileCosts = overheads.clone();
  }

  void walk(Walk walk) {
    decaySeconds = walk.i32("decaySeconds", decaySeconds);
    slowKept = walk.i32("slowKept", slowKept);
    fastKept = walk.i32("fastKept", fastKept);
    gateways = walk.i32("gateways", gateways);
    loadLimit = walk.i32("loadLimit", loadLimit);
    guestsOnly = walk.flag("guestsOnly", guestsOnly);
    cpuLimit = walk.i32("cpuLimit", cpuLimit);
    overheads = walk.longs("overheads", overheads);
    fileCosts = walk.longs("fileCosts", fileCosts);
  }
}
