package org.godwit.model.scenario;

import org.godwit.model.command.Command;

/**
 * A command of a scenario's script.
 *
 * @param atNanos virtual time at which it takes effect, on the 10 µs grid
 * @param command what happens
 */
public record Step(long atNanos, Command command) {}
