package org.godwit.app.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns of text, two blanks apart. A character of East Asian scripts counts for two, as terminals
 * draw it.
 */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  List<String> lines() {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int width = width(row.get(i));
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i));
        line.repeat(' ', widths.get(i) - width(row.get(i)) + 2);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** Columns that a terminal gives to {@code text}: 2 for the wide blocks of Unicode, else 1. */
  static int width(String text) {
    return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  /**
   * Hangul Jamo; CJK, kana and their punctuation; Hangul; compatibility forms; full-width forms.
   */
  private static boolean isWide(int c) {
    return c >= 0x1100 && c <= 0x115f
        || c >= 0x2e80 && c <= 0xa4cf
        || c >= 0xac00 && c <= 0xd7a3
        || c >= 0xf900 && c <= 0xfaff
        || c >= 0xfe30 && c <= 0xfe4f
        || c >= 0xff00 && c <= 0xff60
        || c >= 0xffe0 && c <= 0xffe6
        || c >= 0x20000 && c <= 0x3fffd;
  }
}
