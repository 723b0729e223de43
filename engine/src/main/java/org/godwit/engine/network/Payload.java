package org.godwit.engine.network;

/** What a frame carries: an immutable value with a size on the wire. */
public interface Payload {
  /** Bytes of header that every message has: addresses, kind, sequence. */
  int HEADER_BYTES = 64;

  /** Bytes on the wire, header included. */
  int bytes();
}
