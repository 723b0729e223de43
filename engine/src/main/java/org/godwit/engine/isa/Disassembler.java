package org.godwit.engine.isa;

import java.util.Locale;

/** Instructions as text, in the words of {@code objdump -d -M no-aliases}. */
public final class Disassembler {
  private Disassembler() {}

  /**
   * The text of one instruction: mnemonic, tab, operands; branch targets absolute in hexadecimal.
   *
   * @param pc address of the instruction
   * @param word the instruction; of a compressed one only the low 16 bits count
   */
  public static String text(long pc, int word) {
    Encoding encoding = Decoder.encoding(word);
    if (encoding == null) {
      return Decoder.length(word) == 2
          ? String.format(Locale.ROOT, ".2byte\t0x%x", word & 0xffff)
          : String.format(Locale.ROOT, ".4byte\t0x%x", word);
    }
    return encoding.text(pc, Decoder.length(word) == 2 ? word & 0xffff : word);
  }
}
