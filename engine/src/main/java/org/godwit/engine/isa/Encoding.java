package org.godwit.engine.isa;

import java.util.ArrayList;
import java.util.List;

/**
 * How one row is encoded and written: fixed bits, excluded values, operands.
 *
 * @param mnemonic GNU mnemonic
 * @param mask bits that are fixed
 * @param match their values
 * @param excluded pairs of mask and value; a word where a masked part has that value is not of this
 *     row
 * @param syntax operand names with the punctuation of GNU text, for example {@code RD,I(RS1)}
 * @param operands the operands of {@code syntax} in order
 * @param implied operands that the text does not show
 */
record Encoding(
    String mnemonic,
    int mask,
    int match,
    int[] excluded,
    String syntax,
    List<Operand> operands,
    List<Operand> implied) {

  private static final String PUNCTUATION = "[,()]";

  /**
   * Reads a picture of the word.
   *
   * @param picture one character per bit, most significant first: 0, 1 or a dot for an operand bit;
   *     blanks do not count
   */
  static Encoding of(String mnemonic, String picture, String syntax) {
    int mask = 0;
    int match = 0;
    for (char bit : picture.replace(" ", "").toCharArray()) {
      mask = mask << 1 | (bit == '.' ? 0 : 1);
      match = match << 1 | (bit == '1' ? 1 : 0);
    }
    return new Encoding(mnemonic, mask, match, new int[0], syntax, parse(syntax), List.of());
  }

  /**
   * The same with operands that the text does not show, and exclusions as {@code mask:value} pairs.
   */
  Encoding with(String hidden, String exclusions) {
    String[] parts = exclusions.isEmpty() ? new String[0] : exclusions.split("[ :]");
    int[] pairs = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      pairs[i] = Integer.decode(parts[i]);
    }
    return new Encoding(mnemonic, mask, match, pairs, syntax, operands, parse(hidden));
  }

  private static List<Operand> parse(String syntax) {
    List<Operand> operands = new ArrayList<>();
    for (String name : syntax.split(PUNCTUATION)) {
      if (!name.isEmpty()) {
        operands.add(Operand.valueOf(name));
      }
    }
    return List.copyOf(operands);
  }

  boolean accepts(int word) {
    if ((word & mask) != match) {
      return false;
    }
    for (int i = 0; i < excluded.length; i += 2) {
      if ((word & excluded[i]) == excluded[i + 1]) {
        return false;
      }
    }
    return true;
  }

  /** Whether some word might be of both rows; a false answer is a proof. */
  boolean overlaps(Encoding other) {
    boolean apart =
        ((match ^ other.match) & mask & other.mask) != 0 || excludes(other) || other.excludes(this);
    return !apart;
  }

  /** Whether the other row's fixed bits are a value that this row excludes. */
  private boolean excludes(Encoding other) {
    for (int i = 0; i < excluded.length; i += 2) {
      int part = excluded[i];
      if ((other.mask & part) == part && (other.match & part) == excluded[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** Packs the word's operands under the base operation. */
  long decode(Op base, int word, int length) {
    Fields fields = new Fields();
    for (Operand operand : operands) {
      fields.set(operand, word);
    }
    for (Operand operand : implied) {
      fields.set(operand, word);
    }
    return fields.pack(base, length);
  }

  /** Collects decoded fields; x0 as an integer destination becomes the sink. */
  private static final class Fields {
    private int rd;
    private int rs1;
    private int rs2;
    private int imm;

    void set(Operand operand, int word) {
      int value = operand.get(word);
      switch (operand.role()) {
        case RD -> rd = destination(operand, value);
        case RS1 -> rs1 = value;
        case RS2 -> rs2 = value;
        case RS3 -> imm |= value;
        case RD_RS1 -> {
          rd = destination(operand, value);
          rs1 = value;
        }
        case IMM -> imm = value;
        case ROUNDING -> imm |= value << 8;
        case NONE -> {}
      }
    }

    private static int destination(Operand operand, int value) {
      boolean floating = operand.kind() == Operand.Kind.F || operand.kind() == Operand.Kind.F_SHORT;
      return value == 0 && !floating ? Decoded.SINK : value;
    }

    long pack(Op base, int length) {
      return Decoded.pack(base.ordinal(), rd, rs1, rs2, imm, length);
    }
  }

  /** GNU text, with a tab after the mnemonic as objdump writes it. */
  String text(long pc, int word) {
    StringBuilder text = new StringBuilder(mnemonic).append(ordering(word));
    if (operands.isEmpty()) {
      return text.toString();
    }
    text.append('\t');
    int from = 0;
    for (Operand operand : operands) {
      if (operand.omitted(word)) {
        return text.toString();
      }
      int at = syntax.indexOf(operand.name(), from);
      text.append(syntax, from, at).append(operand.text(pc, word));
      from = at + operand.name().length();
    }
    return text.append(syntax, from, syntax.length()).toString();
  }

  /** The aq and rl bits of an atomic instruction. */
  private String ordering(int word) {
    if ((match & 0x7f) != 0x2f) {
      return "";
    }
    return switch (word >>> 25 & 3) {
      case 1 -> ".rl";
      case 2 -> ".aq";
      case 3 -> ".aqrl";
      default -> "";
    };
  }

  /**
   * The word for GNU operand text.
   *
   * @throws IllegalArgumentException if the operands do not fit the syntax or their fields
   */
  int assemble(long pc, String text) {
    String[] parts = text.isBlank() ? new String[0] : text.trim().split("[,()]+");
    boolean omits = rounds() && parts.length == operands.size() - 1;
    if (parts.length != operands.size() && !omits) {
      throw new IllegalArgumentException(mnemonic + " takes " + syntax + ": " + text);
    }
    int word = match;
    for (int i = 0; i < operands.size(); i++) {
      Operand operand = operands.get(i);
      word |= i == parts.length ? operand.omittedBits() : operand.parse(pc, parts[i].trim());
    }
    if (!accepts(word)) {
      throw new IllegalArgumentException(mnemonic + " excludes these operands: " + text);
    }
    return word;
  }

  /** Whether the word says how to round; that operand is the last. */
  boolean rounds() {
    return !operands.isEmpty() && operands.getLast().kind() == Operand.Kind.ROUNDING;
  }
}
