package org.godwit.model.view;

import org.godwit.model.scenario.LinkSpec;

/**
 * A link at one instant.
 *
 * @param spec its ends, bandwidth and latency
 * @param up false when it is cut
 * @param shareForth share of the last sampling interval that a → b was busy, 0 to 1
 * @param shareBack the same for b → a
 * @param bytes bytes carried in both directions since the start
 */
public record LinkView(
    LinkSpec spec, boolean up, double shareForth, double shareBack, long bytes) {}
