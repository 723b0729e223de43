package org.godwit.engine.node;

import org.godwit.engine.kernel.net.Packet;
import org.godwit.engine.network.Payload;

/** What the network stacks of two nodes say to each other for their programs' sockets. */
record NetMessage(Packet packet) implements Payload {
  @Override
  public int bytes() {
    return HEADER_BYTES + packet.size();
  }
}
