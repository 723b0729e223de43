package org.godwit.engine.state;

/**
 * Hashes a walk: a 64-bit multiply-and-mix over values and field names. Two equal states give equal
 * hashes on every host; it is no protection against malice. Not thread safe.
 */
public final class StateHash implements Walk {
  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private long hash = PRIME;

  /** The hash of all that was walked so far. */
  public long value() {
    return mix(hash);
  }

  /** Mixes all bits of {@code z} (the finaliser of SplitMix64; Steele, Lea, Flood 2014). */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public boolean reading() {
    return false;
  }

  @Override
  public boolean flag(String name, boolean value) {
    add(value ? 3 : 2);
    return value;
  }

  @Override
  public int i32(String name, int value) {
    add(value);
    return value;
  }

  @Override
  public long i64(String name, long value) {
    add(value);
    return value;
  }

  @Override
  public String text(String name, String value) {
    add(value.length());
    for (int i = 0; i < value.length(); i++) {
      add(value.charAt(i));
    }
    return value;
  }

  @Override
  public byte[] bytes(String name, byte[] value) {
    add(value.length);
    for (byte each : value) {
      add(each);
    }
    return value;
  }

  @Override
  public long[] longs(String name, long[] value) {
    add(value.length);
    for (long each : value) {
      add(each);
    }
    return value;
  }

  private void add(long value) {
    hash = Long.rotateLeft(hash ^ value * PRIME, 29) * 0xC2B2AE3D27D4EB4FL + value;
  }
}
