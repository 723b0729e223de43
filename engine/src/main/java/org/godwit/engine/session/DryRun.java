package org.godwit.engine.session;

import org.godwit.model.Problem;

/**
 * What a migration would be if it were asked for now.
 *
 * @param refusal why it would be refused, or null
 * @param pages pages that would cross with content
 * @param bytes length of the serialised body
 * @param freezeNanos how long the process would stand still, from the links' bandwidth and latency
 */
public record DryRun(Problem refusal, int pages, long bytes, long freezeNanos) {}
