package org.godwit.engine.node;

import org.godwit.engine.kernel.net.Packet;
import org.godwit.engine.network.Payload;

/** A packet of the guests' own network traffic on its way to another node. */
record NetMessage(Packet packet) implements Payload {
  @Override
  public int bytes() {
    return HEADER_BYTES + packet.size();
  }
}
