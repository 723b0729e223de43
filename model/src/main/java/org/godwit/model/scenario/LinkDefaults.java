package org.godwit.model.scenario;

/**
 * Properties of links that do not state their own.
 *
 * @param megabitsPerSecond bandwidth in each direction
 * @param latencyNanos one way, at least 20 µs
 */
public record LinkDefaults(int megabitsPerSecond, long latencyNanos) {
  /** 100 Mbit/s full duplex, 100 µs one way (decision 6). */
  public static final LinkDefaults DEFAULT = new LinkDefaults(100, 100_000);
}
