package org.godwit.engine.session;

import org.godwit.model.Problem;

/**
 * What a migration would be if it were asked for now.
 *
 * @param refusal why it would be refused, or null
 * @param pages pages that would cross with content
 * @param bytes length of the serialised body
 * @param freezeNanos how long the process would stand still
 * @param callsPerSecond calls that would go to its home each second afterwards
 * @param gainSeconds how much earlier it would be done with the work that it is expected to have
 *     left, the costs of the move and of its calls taken off; negative for a loss
 * @param exact whether a hidden copy of the session has made the move: then pages, bytes and freeze
 *     are what a move at this instant has, and the calls were counted; else they are estimates from
 *     the figures of now
 */
public record DryRun(
    Problem refusal,
    int pages,
    long bytes,
    long freezeNanos,
    double callsPerSecond,
    double gainSeconds,
    boolean exact) {
  /** A move that would be refused. */
  public static DryRun refused(Problem why) {
    return new DryRun(why, 0, 0, 0, 0, 0, true);
  }
}
