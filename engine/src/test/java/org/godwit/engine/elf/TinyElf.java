package org.godwit.engine.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes small ELF files, right by default and wrong where a test says so. */
final class TinyElf {
  static final long TEXT = 0x10000;
  static final long DATA = 0x20000;
  private static final int HEADERS = 64 + 8 * 56;

  private record Header(
      int type, int flags, long offset, long address, long fileSize, long memorySize) {}

  private final List<Header> headers = new ArrayList<>();
  private final byte[] contents = new byte[0x3000];
  int fileClass = 2;
  int encoding = 1;
  int type = 2;
  int machine = 243;
  long entry = TEXT + HEADERS;
  int length = contents.length;

  /** Text with the headers in it, and data with more memory than file. */
  static TinyElf good() {
    TinyElf elf = new TinyElf();
    for (int i = 0; i < elf.contents.length; i++) {
      elf.contents[i] = (byte) (i * 7 | 1);
    }
    return elf.segment(1, 5, 0, TEXT, 0x1000, 0x1000)
        .segment(1, 6, 0x1800, DATA + 0x800, 0x234, 0x5000);
  }

  TinyElf segment(int kind, int flags, long offset, long address, long fileSize, long memorySize) {
    headers.add(new Header(kind, flags, offset, address, fileSize, memorySize));
    return this;
  }

  TinyElf without(int index) {
    headers.remove(index);
    return this;
  }

  /** Puts text at an offset of the file. */
  TinyElf text(int offset, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      contents[offset + i] = (byte) ascii.charAt(i);
    }
    contents[offset + ascii.length()] = 0;
    return this;
  }

  byte[] bytes() {
    ByteBuffer out = ByteBuffer.wrap(contents.clone());
    out.order(encoding == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) fileClass, (byte) encoding, 1});
    out.position(16);
    out.putShort((short) type).putShort((short) machine).putInt(1);
    out.putLong(entry).putLong(64).putLong(0).putInt(5);
    out.putShort((short) 64).putShort((short) 56).putShort((short) headers.size());
    out.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    for (Header each : headers) {
      out.putInt(each.type).putInt(each.flags).putLong(each.offset).putLong(each.address);
      out.putLong(each.address).putLong(each.fileSize).putLong(each.memorySize).putLong(0x1000);
    }
    return Arrays.copyOf(out.array(), length);
  }
}
