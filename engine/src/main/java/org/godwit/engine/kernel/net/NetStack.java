package org.godwit.engine.kernel.net;

import org.godwit.engine.state.Walk;

/** The sockets of one node. */
public final class NetStack {
  /** Every field. */
  public void walk(Walk walk) {}
}
