package org.godwit.engine.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Little-endian structures of 64-bit words, as the calls' buffers hold them. */
final class Words {
  private Words() {}

  /** Word {@code index} of a structure. */
  static long at(byte[] bytes, int index) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(index * 8);
  }

  /** A structure of these words. */
  static byte[] of(long... words) {
    ByteBuffer buffer = ByteBuffer.allocate(words.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (long word : words) {
      buffer.putLong(word);
    }
    return buffer.array();
  }

  /** A 32-bit word. */
  static byte[] int32(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /** 32-bit word {@code index} of a structure. */
  static int int32At(byte[] bytes, int index) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(index * 4);
  }

  /** A structure of 32-bit words. */
  static byte[] ints(int... words) {
    ByteBuffer buffer = ByteBuffer.allocate(words.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : words) {
      buffer.putInt(word);
    }
    return buffer.array();
  }
}
