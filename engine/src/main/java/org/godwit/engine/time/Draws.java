package org.godwit.engine.time;

/**
 * Chance as a pure function of (seed, purpose, owner, counter): no state, no order, any thread
 * (decision 7). The mixer is SplitMix64's (Steele, Lea, Flood: Fast splittable pseudorandom number
 * generators, 2014).
 *
 * @param seed the session's seed
 */
public record Draws(long seed) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** 64 random bits. */
  public long bits(Purpose purpose, long owner, long counter) {
    long z = mix(seed + GOLDEN);
    z = mix(z ^ (purpose.ordinal() + 1) * GOLDEN);
    z = mix(z ^ owner * 0xD1342543DE82EF95L);
    return mix(z ^ counter * 0xAF251AF3B0F025B5L);
  }

  /** A number from 0 to {@code bound} − 1. */
  public long below(long bound, Purpose purpose, long owner, long counter) {
    return Long.remainderUnsigned(bits(purpose, owner, counter), bound);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
