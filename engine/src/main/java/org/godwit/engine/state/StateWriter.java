package org.godwit.engine.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeMap;

/** Writes a walk to bytes: little-endian, lengths before contents. Not thread safe. */
public final class StateWriter implements Walk {
  private byte[] buffer = new byte[1024];
  private int size;
  private final TreeMap<String, Integer> parts = new TreeMap<>();
  private String part = "";
  private int partBegan;

  /** The bytes written so far. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  /** Number of bytes written so far. */
  public int size() {
    return size;
  }

  @Override
  public void part(String name) {
    parts.merge(part, size - partBegan, Integer::sum);
    part = name;
    partBegan = size;
  }

  /** Bytes of a part so far; the first part is called by the empty name. */
  public int sizeOf(String name) {
    int closed = parts.getOrDefault(name, 0);
    return name.equals(part) ? closed + size - partBegan : closed;
  }

  @Override
  public boolean reading() {
    return false;
  }

  @Override
  public boolean flag(String name, boolean value) {
    room(1);
    buffer[size++] = (byte) (value ? 1 : 0);
    return value;
  }

  @Override
  public int i32(String name, int value) {
    room(4);
    for (int i = 0; i < 4; i++) {
      buffer[size++] = (byte) (value >> 8 * i);
    }
    return value;
  }

  @Override
  public long i64(String name, long value) {
    room(8);
    for (int i = 0; i < 8; i++) {
      buffer[size++] = (byte) (value >> 8 * i);
    }
    return value;
  }

  @Override
  public String text(String name, String value) {
    bytes(name, value.getBytes(StandardCharsets.UTF_8));
    return value;
  }

  @Override
  public byte[] bytes(String name, byte[] value) {
    i32(name, value.length);
    room(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
    return value;
  }

  @Override
  public long[] longs(String name, long[] value) {
    i32(name, value.length);
    for (long each : value) {
      i64(name, each);
    }
    return value;
  }

  private void room(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}
