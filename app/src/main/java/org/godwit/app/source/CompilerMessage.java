package org.godwit.app.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a compiler said of one place, in the form that GCC, Clang and Zig share: {@code
 * file:line:column: error: text} (GNU coding standards, "Formatting Error Messages").
 *
 * @param severity how bad
 * @param line from 1; 0 if it belongs to no line, e.g. when the linker speaks
 * @param column from 1; 0 if it is not known
 * @param text what was said
 */
public record CompilerMessage(Severity severity, int line, int column, String text) {
  private static final Pattern PLACED =
      Pattern.compile("^[^:\\n]+:(\\d+):(?:(\\d+):)? (fatal error|error|warning): (.+)$");
  private static final Pattern LINKER =
      Pattern.compile("^(?:[^\\n]*: )?(undefined reference to .+|cannot find .+|error: .+)$");

  /** How bad it is. */
  public enum Severity {
    ERROR,
    WARNING
  }

  /** The messages in what a compiler printed, in its order. */
  static List<CompilerMessage> parse(String output) {
    List<CompilerMessage> found = new ArrayList<>();
    for (String line : output.split("\\R")) {
      Matcher placed = PLACED.matcher(line);
      Matcher linker = LINKER.matcher(line);
      if (placed.matches()) {
        found.add(
            new CompilerMessage(
                placed.group(3).equals("warning") ? Severity.WARNING : Severity.ERROR,
                number(placed.group(1)),
                placed.group(2) == null ? 0 : number(placed.group(2)),
                placed.group(4)));
      } else if (linker.matches()) {
        found.add(new CompilerMessage(Severity.ERROR, 0, 0, linker.group(1)));
      }
    }
    return found;
  }

  private static int number(String digits) {
    return digits.length() > 8 ? 0 : Integer.parseInt(digits);
  }
}
