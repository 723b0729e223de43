package org.godwit.engine.session.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A protocol buffer read by its wire format alone; throws if it is malformed. */
final class WireMessage {
  private final SortedMap<Integer, List<Object>> fields = new TreeMap<>();

  WireMessage(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long tag = varint(in);
      Object value =
          switch ((int) (tag & 7)) {
            case 0 -> varint(in);
            case 1 -> in.getLong();
            case 2 -> {
              byte[] content = new byte[Math.toIntExact(varint(in))];
              in.get(content);
              yield content;
            }
            default -> throw new IllegalArgumentException("wire type of tag " + tag);
          };
      fields.computeIfAbsent((int) (tag >>> 3), _ -> new ArrayList<>()).add(value);
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a varint of more than ten bytes");
  }

  boolean has(int field) {
    return fields.containsKey(field);
  }

  long number(int field) {
    return (Long) fields.getOrDefault(field, List.of(0L)).getLast();
  }

  String text(int field) {
    return has(field)
        ? new String((byte[]) fields.get(field).getLast(), StandardCharsets.UTF_8)
        : "";
  }

  List<WireMessage> messages(int field) {
    return fields.getOrDefault(field, List.of()).stream()
        .map(value -> new WireMessage((byte[]) value))
        .toList();
  }

  WireMessage message(int field) {
    return messages(field).getLast();
  }
}
