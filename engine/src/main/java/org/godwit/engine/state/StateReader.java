package org.godwit.engine.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link StateWriter} wrote. A stream that ends early or states an impossible length is
 * a bug of ours, not a user's error: it throws {@link IllegalStateException}. Not thread safe.
 */
public final class StateReader implements Walk {
  private final byte[] buffer;
  private int at;

  /** Reads {@code bytes} from the start. */
  public StateReader(byte[] bytes) {
    this.buffer = bytes;
  }

  /** Whether everything was read. */
  public boolean atEnd() {
    return at == buffer.length;
  }

  @Override
  public boolean reading() {
    return true;
  }

  @Override
  public boolean flag(String name, boolean value) {
    need(name, 1);
    return buffer[at++] != 0;
  }

  @Override
  public int i32(String name, int value) {
    need(name, 4);
    int result = 0;
    for (int i = 0; i < 4; i++) {
      result |= (buffer[at++] & 0xff) << 8 * i;
    }
    return result;
  }

  @Override
  public long i64(String name, long value) {
    need(name, 8);
    long result = 0;
    for (int i = 0; i < 8; i++) {
      result |= (buffer[at++] & 0xffL) << 8 * i;
    }
    return result;
  }

  @Override
  public String text(String name, String value) {
    return new String(bytes(name, null), StandardCharsets.UTF_8);
  }

  @Override
  public byte[] bytes(String name, byte[] value) {
    int length = length(name, 1);
    byte[] result = Arrays.copyOfRange(buffer, at, at + length);
    at += length;
    return result;
  }

  @Override
  public long[] longs(String name, long[] value) {
    long[] result = new long[length(name, 8)];
    for (int i = 0; i < result.length; i++) {
      result[i] = i64(name, 0);
    }
    return result;
  }

  private int length(String name, int unit) {
    int length = i32(name, 0);
    if (length < 0 || length > (buffer.length - at) / unit) {
      throw new IllegalStateException(
          "field " + name + " at " + at + " states length " + length + " of " + buffer.length);
    }
    return length;
  }

  private void need(String name, int count) {
    if (buffer.length - at < count) {
      throw new IllegalStateException("field " + name + " is missing at " + at);
    }
  }
}
