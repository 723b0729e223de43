package org.godwit.engine.kernel.net;

/**
 * The way to other nodes. Node n has the address 10.0.(n / 256).(n mod 256). Messages to one node
 * arrive in the order in which they were sent, unless a cut link loses them.
 */
public interface NetworkPort {
  /** This node's number. */
  int ownNode();

  /** Whether the cluster has a node of that number. */
  boolean exists(int node);

  /** Sends a packet to another node. */
  void send(int toNode, Packet packet);
}
