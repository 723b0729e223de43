package org.godwit.engine.migration;

import org.godwit.engine.kernel.Kernel;
import org.godwit.model.scenario.MigrationMethod;

/**
 * What the parts of a node's mover have in common: the node itself, and how they tell each other.
 */
final class Site {
  private final Mover mover;
  private final MigrationMethod method;
  private final Kernel kernel;
  private final MovePorts ports;

  Site(Mover mover, MigrationMethod method, Kernel kernel, MovePorts ports) {
    this.mover = mover;
    this.method = method;
    this.kernel = kernel;
    this.ports = ports;
  }

  /** The whole of which they are parts. */
  Mover mover() {
    return mover;
  }

  /** How bodies cross. */
  MigrationMethod method() {
    return method;
  }

  Kernel kernel() {
    return kernel;
  }

  MovePorts ports() {
    return ports;
  }

  /** Number of the node. */
  int node() {
    return kernel.settings().node();
  }

  /** Sends a message, or hands it over if it stays here. */
  void tell(int to, MoveMessage message) {
    if (to == node()) {
      mover.receive(to, message);
    } else {
      ports.send(to, message);
    }
  }
}
