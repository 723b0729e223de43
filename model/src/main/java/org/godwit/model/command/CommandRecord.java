package org.godwit.model.command;

import org.godwit.model.Problem;

/**
 * A command with the moment at which it took effect.
 *
 * @param atNanos virtual time, on the 10 µs grid
 * @param sequence position among the session's commands, from 0
 * @param command what was asked
 * @param refused why nothing happened, or null if it took effect
 */
public record CommandRecord(long atNanos, int sequence, Command command, Problem refused) {}
