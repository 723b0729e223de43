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
 * @param profile name of the root file system that it boots from, or null for a machine that only
 *     runs what is launched on it
 * @param limits what its programs may take at most
 * @param dfsa whether it mounts the files of other nodes with {@code dfsa=1}: file calls of its
 *     processes on them need no home
 */
public record NodeSpec(
    int id,
    String name,
    int cpus,
    int mhz,
    int speed,
    long memoryBytes,
    double x,
    double y,
    String profile,
    NodeLimits limits,
    Boolean dfsa) {
  public NodeSpec {
    // As in files from before there were any.
    limits = limits == null ? NodeLimits.DEFAULT : limits;
    dfsa = dfsa != null && dfsa;
  }

  /** A machine that mounts the files of other nodes with {@code dfsa=1}. */
  public NodeSpec(
      int id,
      String name,
      int cpus,
      int mhz,
      int speed,
      long memoryBytes,
      double x,
      double y,
      String profile,
      NodeLimits limits) {
    this(id, name, cpus, mhz, speed, memoryBytes, x, y, profile, limits, true);
  }

  /** A machine with the usual limits. */
  public NodeSpec(
      int id,
      String name,
      int cpus,
      int mhz,
      int speed,
      long memoryBytes,
      double x,
      double y,
      String profile) {
    this(id, name, cpus, mhz, speed, memoryBytes, x, y, profile, NodeLimits.DEFAULT);
  }

  /** A machine without a boot profile. */
  public NodeSpec(
      int id, String name, int cpus, int mhz, int speed, long memoryBytes, double x, double y) {
    this(id, name, cpus, mhz, speed, memoryBytes, x, y, null);
  }

  /** Another machine like this one, elsewhere on the canvas. */
  public NodeSpec like(int otherId, String otherName, double otherX, double otherY) {
    return new NodeSpec(
        otherId, otherName, cpus, mhz, speed, memoryBytes, otherX, otherY, profile, limits, dfsa);
  }

  /** The same machine, of which the balancer believes something else. */
  public NodeSpec believed(int otherSpeed) {
    return new NodeSpec(id, name, cpus, mhz, otherSpeed, memoryBytes, x, y, profile, limits, dfsa);
  }

  /** Whether it boots. */
  public boolean boots() {
    return profile != null;
  }
}
