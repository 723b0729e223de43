package org.godwit.model.session;

/**
 * A line of {@code hashes.jsonl}.
 *
 * @param atNanos virtual time
 * @param hash 64 bits as 16 lower-case hexadecimal digits
 */
public record HashLine(long atNanos, String hash) {}
