package org.godwit.engine.migration;

import java.util.List;
import java.util.function.IntPredicate;
import org.godwit.engine.network.Payload;
import org.godwit.model.Problem;
import org.godwit.model.event.Happening;

/** What a mover needs from its node. */
public interface MovePorts {
  /** Sends a message to another node. */
  void send(int node, Payload payload);

  /** Writes an event of this node at the current instant. */
  void record(Happening happening);

  /** Why no guest may come here now, or null. */
  Problem closed();

  /** Numbers of the nodes that are up, ascending, this one included. */
  List<Integer> nodesUp();

  /**
   * The node that the balancer would choose for a process of this node, or 0.
   *
   * @param admits where its mask lets it go
   */
  int bestTarget(IntPredicate admits);

  /** Does {@code what} at an instant, on this island. */
  void at(long nanos, Runnable what);

  /** A process has left for {@code node}: beliefs about it are out of date. */
  void sentTo(int node);
}
