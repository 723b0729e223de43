package org.godwit.model.scenario;

/**
 * A full-duplex link between two nodes.
 *
 * @param a the lower node number
 * @param b the higher node number
 * @param megabitsPerSecond bandwidth in each direction
 * @param latencyNanos one way, at least 20 µs
 */
public record LinkSpec(int a, int b, int megabitsPerSecond, long latencyNanos) {
  public LinkSpec {
    if (a > b) {
      int swap = a;
      a = b;
      b = swap;
    }
  }
}
