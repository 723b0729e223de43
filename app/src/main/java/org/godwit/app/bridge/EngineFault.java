package org.godwit.app.bridge;

import org.godwit.model.Problem;

/**
 * Something that went wrong on the engine thread.
 *
 * @param problem what a person should be told; {@code engine.fault} if it is ours
 * @param cause the exception, or null if the problem says it all
 * @param atNanos virtual time reached, or 0
 * @param fatal the session cannot go on
 */
public record EngineFault(Problem problem, Throwable cause, long atNanos, boolean fatal) {}
