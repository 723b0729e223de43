package org.godwit.engine.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text that {@code src/test/vectors/floats.c} prints: what an implementation that is not
 * ours made of every F and D instruction.
 *
 * <pre>
 *   file  = { '#' comment | '=' name word kinds modes | case }
 *   case  = register { ' ' register } ' >' { ' ' register ':' flags }    one result per rounding mode from RNE
 *   kinds = operands '>' result, each S (single), D (double), W or L (integer register)
 *   register = 16 hex digits, or 8 for a properly boxed single
 * </pre>
 */
final class FloatVectors {
  /**
   * One instruction and its cases.
   *
   * @param name mnemonic
   * @param word encoding with rounding mode 0; result in register 10, operands in 11, 12, 13
   * @param kinds the letters of the operands, then the one of the result
   * @param modes 5, or 1 for an instruction without a rounding mode
   */
  record Group(String name, int word, String kinds, int modes, List<Case> cases) {
    int operands() {
      return kinds.length() - 1;
    }

    /**
     * Whether operand {@code k}, or the result for {@code k == operands()}, is in a float register.
     */
    boolean isFloat(int k) {
      return kinds.charAt(k) == 'S' || kinds.charAt(k) == 'D';
    }
  }

  /**
   * Operands, and per rounding mode the result and the flags raised.
   *
   * @param operands 64-bit register contents
   * @param results 64-bit register contents
   */
  record Case(long[] operands, long[] results, int[] flags) {}

  private FloatVectors() {}

  static List<Group> read(BufferedReader in) throws IOException {
    List<Group> groups = new ArrayList<>();
    Group group = null;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("=")) {
        String[] part = line.split(" ");
        group =
            new Group(
                part[1],
                Integer.parseUnsignedInt(part[2], 16),
                part[3].replace(">", ""),
                Integer.parseInt(part[4]),
                new ArrayList<>());
        groups.add(group);
      } else {
        group.cases.add(readCase(group, line));
      }
    }
    return groups;
  }

  private static Case readCase(Group group, String line) {
    Case c = new Case(new long[group.operands()], new long[group.modes()], new int[group.modes()]);
    int at = 0;
    for (int k = 0; k < c.operands.length; k++) {
      int end = line.indexOf(' ', at);
      c.operands[k] = register(line, at, end);
      at = end + 1;
    }
    at += 2; // "> "
    for (int rm = 0; rm < c.results.length; rm++) {
      int end = line.indexOf(':', at);
      c.results[rm] = register(line, at, end);
      c.flags[rm] = Integer.parseInt(line, end + 1, end + 3, 16);
      at = end + 4;
    }
    return c;
  }

  private static long register(String line, int from, int to) {
    long value = Long.parseUnsignedLong(line, from, to, 16);
    return to - from == 8 ? value | 0xffffffff00000000L : value;
  }
}
