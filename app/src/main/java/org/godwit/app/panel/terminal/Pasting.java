package org.godwit.app.panel.terminal;

/** Text from the clipboard as keys. */
final class Pasting {
  private static final String BEGIN = "\u001b[200~";
  private static final String END = "\u001b[201~";

  private Pasting() {}

  /**
   * Lines end as Enter ends them; control characters that a person would not see are left out, so
   * that a text from somewhere cannot press keys or end its own brackets.
   *
   * @param bracketed whether the program wants to know what is pasted
   */
  static String of(String text, boolean bracketed) {
    StringBuilder keys = new StringBuilder();
    text.replace("\r\n", "\n")
        .replace('\n', '\r')
        .codePoints()
        .filter(c -> c == '\r' || c == '\t' || !Character.isISOControl(c))
        .forEach(keys::appendCodePoint);
    return bracketed ? BEGIN + keys + END : keys.toString();
  }
}
