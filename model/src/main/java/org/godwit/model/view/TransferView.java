package org.godwit.model.view;

import org.godwit.model.ProcessId;

/**
 * A migration under way.
 *
 * @param process who moves
 * @param from source node
 * @param to target node
 * @param phase how far it is
 * @param startedNanos when the body was frozen, or granted if it is not yet
 * @param bytesSent bytes of the body handed to the network
 * @param bytesTotal bytes of the body; 0 until it is serialised
 * @param pages pages that cross with their content
 */
public record TransferView(
    ProcessId process,
    int from,
    int to,
    Phase phase,
    long startedNanos,
    long bytesSent,
    long bytesTotal,
    int pages) {
  /** How far a migration is. */
  public enum Phase {
    REQUESTED,
    GRANTED,
    OFFERED,
    SENDING,
    COMMITTED
  }
}
