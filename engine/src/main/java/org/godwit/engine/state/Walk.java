package org.godwit.engine.state;

/**
 * One visit of an object's state. Each call names a field and gives its value; the returned value
 * is the one to keep: the same when writing or hashing, the stored one when reading. So one method,
 * {@code x = walk.i64("x", x)} line by line, serves migration, checkpoints and hashes.
 *
 * <p>Names serve messages about broken streams. Bytes and arrays are never null: an optional one is
 * guarded by {@link #present}. Not thread safe.
 */
public interface Walk {
  /** Whether values come from the stream rather than from the object. */
  boolean reading();

  /** A boolean. */
  boolean flag(String name, boolean value);

  /** A 32-bit integer. */
  int i32(String name, int value);

  /** A 64-bit integer. */
  long i64(String name, long value);

  /** A string, never null. */
  String text(String name, String value);

  /** Bytes, never null. When reading, a fresh array. */
  byte[] bytes(String name, byte[] value);

  /** Longs, never null. When reading, a fresh array. */
  long[] longs(String name, long[] value);

  /** A count of things that follow. When reading, the stored count. */
  default int count(String name, int value) {
    return i32(name, value);
  }

  /** Whether an optional thing follows. When reading, as stored. */
  default boolean present(String name, boolean value) {
    return flag(name, value);
  }

  /** What follows is another part of the whole, for whoever counts what the parts take. */
  default void part(String name) {
    // It makes no difference to what is walked.
  }

  /** An enum constant by its ordinal, never null. */
  default <E extends Enum<E>> E constant(String name, E value, E[] values) {
    return values[i32(name, value == null ? 0 : value.ordinal())];
  }
}
