package org.godwit.engine.elf;

import java.nio.charset.StandardCharsets;
import org.godwit.engine.memory.PageStore;

/**
 * Little-endian numbers at offsets of a file. Who asks beyond the end gets zeros; check {@link
 * #has} first.
 */
record FileView(PageStore store) {
  boolean has(long offset, long length) {
    return offset >= 0 && length >= 0 && length <= store.size() && offset <= store.size() - length;
  }

  int u8(long offset) {
    return (int) number(offset, 1);
  }

  int u16(long offset) {
    return (int) number(offset, 2);
  }

  int i32(long offset) {
    return (int) number(offset, 4);
  }

  long i64(long offset) {
    return number(offset, 8);
  }

  byte[] bytes(long offset, int length) {
    byte[] bytes = new byte[length];
    store.read(offset, bytes, 0, length);
    return bytes;
  }

  /** A zero-terminated string of at most {@code max} bytes. */
  String text(long offset, int max) {
    byte[] bytes = bytes(offset, max);
    int length = 0;
    while (length < max && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private long number(long offset, int size) {
    byte[] bytes = bytes(offset, size);
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (bytes[i] & 0xffL) << 8 * i;
    }
    return value;
  }
}
