package org.godwit.engine.node;

import org.godwit.engine.network.Payload;

/**
 * A message of a {@link Channel}; its number travels in the header that every message has.
 *
 * @param number place among the messages of the channel, from 0
 */
record Numbered(long number, Payload message) implements Payload {
  @Override
  public int bytes() {
    return message.bytes();
  }
}
