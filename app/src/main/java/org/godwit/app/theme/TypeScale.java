package org.godwit.app.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Larger type: the font sizes of our style sheets, times a factor, as a sheet of its own. The
 * canvas is left out: there the zoom decides. Pure functions.
 */
final class TypeScale {
  private static final List<String> SHEETS =
      List.of("/org/godwit/app/theme/godwit.css", "/org/godwit/app/panel/panels.css");

  private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^}]*)\\}");
  private static final Pattern SIZE = Pattern.compile("-fx-font-size:\\s*([0-9.]+)px");

  /** First words of selectors of what lies on the canvas. */
  private static final Pattern ON_CANVAS =
      Pattern.compile(
          "\\.(card|node-card|chip|small|meter|link|flight|capsule|group|home-slot|canvas-note)\\b.*",
          Pattern.DOTALL);

  /** What is as high or wide as its type needs: tabs of panels, the status bar. */
  private static final Pattern ROOM =
      Pattern.compile("(-fx-(?:min|pref|max)-(?:height|width)):\\s*([0-9.]+)\\b");

  private TypeScale() {}

  /** The rules for a factor; empty for 1. */
  static String rules(double factor) {
    StringBuilder css = new StringBuilder();
    if (factor == 1) {
      return "";
    }
    for (String sheet : SHEETS) {
      scale(read(sheet), factor, css);
    }
    return css.toString();
  }

  static void scale(String sheet, double factor, StringBuilder css) {
    Matcher rule = RULE.matcher(sheet.replaceAll("(?s)/\\*.*?\\*/", ""));
    while (rule.find()) {
      String selector = rule.group(1).strip();
      if (selector.startsWith(".header:") || selector.equals(".status-bar")) {
        grow(selector, rule.group(2), factor, css);
      }
      Matcher size = SIZE.matcher(rule.group(2));
      if (size.find() && !ON_CANVAS.matcher(rule.group(1).strip()).matches()) {
        css.append(rule.group(1).strip())
            .append(" { -fx-font-size: ")
            .append(String.format(Locale.ROOT, "%.1f", Double.parseDouble(size.group(1)) * factor))
            .append("px !important; }\n");
      }
    }
  }

  private static void grow(String selector, String rules, double factor, StringBuilder css) {
    Matcher room = ROOM.matcher(rules);
    css.append(selector).append(" {");
    while (room.find()) {
      css.append(' ').append(room.group(1)).append(": ");
      css.append(Math.round(Double.parseDouble(room.group(2)) * factor)).append(';');
    }
    css.append(" }\n");
  }

  private static String read(String resource) {
    try (InputStream in = TypeScale.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
