package org.godwit.engine.node;

import java.util.List;
import org.godwit.engine.balance.Policy;

/** What a node knows of the cluster: changed only between windows, by commands. */
public interface Surroundings {
  /** Numbers of the nodes that are up, ascending. */
  List<Integer> nodesUp();

  /** Numbers of the nodes that have not left for good, ascending. */
  List<Integer> nodesConfigured();

  /** Bandwidth of the path to a node, Mbit/s; 0 if there is none. */
  int megabitsPerSecond(int from, int to);

  /** Latency of the path to a node; −1 if there is none. */
  long latencyNanos(int from, int to);

  /** The least departure that a frame to {@code to} may have in the current window. */
  long departureFloor(int from, int to);

  /** The balancing policy. */
  Policy policy();
}
