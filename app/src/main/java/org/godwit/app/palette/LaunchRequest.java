package org.godwit.app.palette;

import java.util.List;

/**
 * A launch that a user asked for.
 *
 * @param node where
 * @param program what
 * @param arguments argv without argv[0]
 * @param count how many
 * @param locked whether they start locked
 */
public record LaunchRequest(
    int node, String program, List<String> arguments, int count, boolean locked) {
  public LaunchRequest {
    arguments = List.copyOf(arguments);
  }
}
