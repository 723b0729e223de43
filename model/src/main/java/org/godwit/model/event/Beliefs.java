package org.godwit.model.event;

import java.util.List;
import org.godwit.model.ProcessId;

/**
 * What one node knows when it decides: itself exactly, others by hearsay.
 *
 * @param nowNanos virtual time
 * @param node the deciding node
 * @param cpus its CPUs
 * @param speed its speed, 10000 = 1000 MHz
 * @param runnable mean number of runnable tasks over the last second, of the processes still here
 * @param mean the same, smoothed: rises slowly, falls at once (reference 5.1)
 * @param stay nothing may leave by itself
 * @param lstay local processes may not leave by themselves
 * @param freeBytes its free memory
 * @param totalBytes its memory
 * @param processes the processes that run here, by identity
 * @param peers nodes that it has heard of lately, by number
 */
public record Beliefs(
    long nowNanos,
    int node,
    int cpus,
    int speed,
    double runnable,
    double mean,
    boolean stay,
    boolean lstay,
    long freeBytes,
    long totalBytes,
    List<Resident> processes,
    List<Peer> peers) {
  public Beliefs {
    processes = List.copyOf(processes);
    peers = List.copyOf(peers);
  }

  /** The same about other peers. */
  public Beliefs with(List<Peer> others) {
    return new Beliefs(
        nowNanos,
        node,
        cpus,
        speed,
        runnable,
        mean,
        stay,
        lstay,
        freeBytes,
        totalBytes,
        processes,
        others);
  }

  /**
   * A process that runs here.
   *
   * @param id identity
   * @param locked the user's lock, as last mirrored from its home
   * @param reason word of its first stay reason, or empty
   * @param moving a migration of it is under way or asked for
   * @param cpuLoad smoothed CPU use, 1 = one whole CPU
   * @param wanted mean number of its threads that could run in the last second
   * @param cpuNanos CPU time used in its life
   * @param arrivedNanos when it came here
   * @param cameFrom node it came from, 0 if it started here
   * @param bytes what a migration would carry
   * @param callsPerSecond calls of the home class, smoothed
   * @param roundTripNanos mean time that one such call takes, or would take, when forwarded
   * @param barred nodes that its mask keeps it from
   */
  public record Resident(
      ProcessId id,
      boolean locked,
      String reason,
      boolean moving,
      double cpuLoad,
      double wanted,
      long cpuNanos,
      long arrivedNanos,
      int cameFrom,
      long bytes,
      double callsPerSecond,
      long roundTripNanos,
      List<Integer> barred) {
    public Resident {
      barred = List.copyOf(barred);
    }

    /** A process that may go everywhere. */
    public Resident(
        ProcessId id,
        boolean locked,
        String reason,
        boolean moving,
        double cpuLoad,
        double wanted,
        long cpuNanos,
        long arrivedNanos,
        int cameFrom,
        long bytes,
        double callsPerSecond,
        long roundTripNanos) {
      this(
          id,
          locked,
          reason,
          moving,
          cpuLoad,
          wanted,
          cpuNanos,
          arrivedNanos,
          cameFrom,
          bytes,
          callsPerSecond,
          roundTripNanos,
          List.of());
    }
  }

  /**
   * Another node, as last heard of.
   *
   * @param node number
   * @param ageNanos age of the information
   * @param cpus its CPUs
   * @param speed its speed
   * @param load runnable tasks there: the figure that rises at once and falls slowly
   * @param blocked it takes no guests
   * @param freeBytes free memory
   * @param totalBytes memory
   * @param megabitsPerSecond bandwidth to it
   * @param latencyNanos latency to it, one way
   */
  public record Peer(
      int node,
      long ageNanos,
      int cpus,
      int speed,
      double load,
      boolean blocked,
      long freeBytes,
      long totalBytes,
      int megabitsPerSecond,
      long latencyNanos) {
    /** The same with other free memory. */
    public Peer withFree(long other) {
      return new Peer(
          node,
          ageNanos,
          cpus,
          speed,
          load,
          blocked,
          Math.max(0, other),
          totalBytes,
          megabitsPerSecond,
          latencyNanos);
    }

    /** The same with another speed. */
    public Peer withSpeed(int other) {
      return new Peer(
          node,
          ageNanos,
          cpus,
          other,
          load,
          blocked,
          freeBytes,
          totalBytes,
          megabitsPerSecond,
          latencyNanos);
    }
  }
}
