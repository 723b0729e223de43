package org.godwit.engine.session.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One message in the wire format of protocol buffers ("Encoding", protobuf.dev): fields one after
 * another, each a tag (number, wire type) and a value. Only what a trace needs.
 */
final class Proto {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A uint64, int64, uint32, int32 or enum; negative ones take ten bytes. */
  Proto integer(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  Proto bool(int field, boolean value) {
    return integer(field, value ? 1 : 0);
  }

  Proto fixed64(int field, long value) {
    tag(field, FIXED64);
    for (int i = 0; i < 64; i += 8) {
      bytes.write((int) (value >>> i));
    }
    return this;
  }

  Proto real(int field, double value) {
    return fixed64(field, Double.doubleToLongBits(value));
  }

  Proto text(int field, String value) {
    return raw(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Proto message(int field, Proto value) {
    return raw(field, value.bytes.toByteArray());
  }

  /** What has been put together. */
  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  private Proto raw(int field, byte[] value) {
    tag(field, LENGTH);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  private void tag(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
