package org.godwit.engine.session;

/**
 * State hash of the whole cluster at one instant.
 *
 * @param atNanos virtual time
 * @param hash 64 bits
 */
public record HashSample(long atNanos, long hash) {}
