package org.godwit.engine.isa;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A little two-pass assembler over the same table, for tests and small boot code: one instruction
 * per line in the syntax of {@link Disassembler}, {@code name:} for labels, label names as branch
 * targets, {@code .word N} and {@code .half N} for data. No pseudo-instructions, no expressions.
 */
public final class Assembler {
  private static final Map<String, Encoding> ROWS = new TreeMap<>();

  static {
    for (Op op : Op.all()) {
      ROWS.put(op.mnemonic(), op.encoding());
    }
    for (CompressedOp op : CompressedOp.all()) {
      ROWS.putIfAbsent(op.encoding().mnemonic(), op.encoding());
    }
  }

  private record Line(long address, String mnemonic, String operands) {}

  private Assembler() {}

  /**
   * Assembles a text.
   *
   * @param base address of the first instruction
   * @throws IllegalArgumentException naming the line that does not assemble
   */
  public static byte[] assemble(long base, String text) {
    Map<String, Long> labels = new TreeMap<>();
    List<Line> lines = new ArrayList<>();
    long address = base;
    for (String raw : text.split("[\n;]")) {
      String line = raw.strip();
      if (line.endsWith(":")) {
        labels.put(line.substring(0, line.length() - 1), address);
      } else if (!line.isEmpty()) {
        String[] parts = line.split("\\s+", 2);
        lines.add(new Line(address, parts[0], parts.length > 1 ? parts[1] : ""));
        address += parts[0].startsWith("c.") || parts[0].equals(".half") ? 2 : 4;
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Line line : lines) {
      int word = word(line, labels);
      for (int i = 0;
          i < (line.mnemonic.startsWith(".") ? size(line) : Decoder.length(word));
          i++) {
        out.write(word >>> 8 * i);
      }
    }
    return out.toByteArray();
  }

  private static int size(Line line) {
    return line.mnemonic.equals(".half") ? 2 : 4;
  }

  private static int word(Line line, Map<String, Long> labels) {
    try {
      if (line.mnemonic.startsWith(".")) {
        return Long.decode(line.operands).intValue();
      }
      return encode(line, labels);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(line.mnemonic + " " + line.operands, e);
    }
  }

  private static int encode(Line line, Map<String, Long> labels) {
    String mnemonic = line.mnemonic;
    int ordering = 0;
    if (!ROWS.containsKey(mnemonic)) {
      String[] suffixes = {".aqrl", ".aq", ".rl"};
      int[] bits = {3, 2, 1};
      for (int i = 0; i < suffixes.length; i++) {
        if (mnemonic.endsWith(suffixes[i]) && ordering == 0) {
          ordering = bits[i];
          mnemonic = mnemonic.substring(0, mnemonic.length() - suffixes[i].length());
        }
      }
    }
    Encoding row = ROWS.get(mnemonic);
    if (row == null) {
      throw new IllegalArgumentException("no such instruction: " + mnemonic);
    }
    String operands = line.operands;
    int last = operands.lastIndexOf(',') + 1;
    Long target = labels.get(operands.substring(last).strip());
    if (target != null) {
      operands = operands.substring(0, last) + Long.toHexString(target);
    }
    return row.assemble(line.address, operands) | ordering << 25;
  }
}
