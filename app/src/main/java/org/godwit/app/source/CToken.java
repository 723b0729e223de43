package org.godwit.app.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A stretch of C or C++ that is coloured: a lexer for eyes, not for compilers (C17 6.4, C++20
 * [lex]). It knows comments, literals, directives, keywords and numbers; all else is plain.
 *
 * @param kind what it is
 * @param start first character
 * @param end behind its last character
 */
public record CToken(Kind kind, int start, int end) {
  /** What is coloured. */
  public enum Kind {
    COMMENT,
    TEXT,
    DIRECTIVE,
    KEYWORD,
    NUMBER
  }

  private static final Set<String> KEYWORDS =
      Set.of(
          ("alignas alignof auto bool break case catch char class concept const constexpr continue"
                  + " decltype default delete do double else enum explicit export extern false"
                  + " final float for friend goto if inline int long mutable namespace new noexcept"
                  + " nullptr operator override private protected public register requires restrict"
                  + " return short signed sizeof static static_assert struct switch template this"
                  + " thread_local throw true try typedef typeid typename union unsigned using"
                  + " virtual void volatile while _Atomic _Bool _Noreturn _Static_assert"
                  + " _Thread_local size_t ssize_t pid_t int8_t int16_t int32_t int64_t uint8_t"
                  + " uint16_t uint32_t uint64_t")
              .split(" "));

  /** The coloured stretches of a text, in order, without overlap. */
  public static List<CToken> of(String text) {
    List<CToken> tokens = new ArrayList<>();
    int at = 0;
    boolean lineBegins = true;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at + 1;
      Kind kind = null;
      if (c == '\n') {
        lineBegins = true;
        at = end;
        continue;
      }
      if (text.startsWith("//", at)) {
        end = lineEnd(text, at);
        kind = Kind.COMMENT;
      } else if (text.startsWith("/*", at)) {
        int close = text.indexOf("*/", at + 2);
        end = close < 0 ? text.length() : close + 2;
        kind = Kind.COMMENT;
      } else if (c == '"' || c == '\'') {
        end = literalEnd(text, at);
        kind = Kind.TEXT;
      } else if (c == '#' && lineBegins) {
        end = at + 1;
        while (end < text.length() && (text.charAt(end) == ' ' || isWord(text.charAt(end)))) {
          end++;
        }
        kind = Kind.DIRECTIVE;
      } else if (Character.isDigit(c)) {
        end = numberEnd(text, at);
        kind = Kind.NUMBER;
      } else if (isWord(c)) {
        while (end < text.length() && isWord(text.charAt(end))) {
          end++;
        }
        kind = KEYWORDS.contains(text.substring(at, end)) ? Kind.KEYWORD : null;
      }
      if (kind != null) {
        tokens.add(new CToken(kind, at, end));
      }
      lineBegins = lineBegins && (c == ' ' || c == '\t');
      at = end;
    }
    return tokens;
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static int lineEnd(String text, int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  /** A literal ends at its quote, or with its line if that is missing. */
  private static int literalEnd(String text, int at) {
    char quote = text.charAt(at);
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '\n') {
      char c = text.charAt(end);
      if (c == quote) {
        return end + 1;
      }
      end += c == '\\' && end + 1 < text.length() && text.charAt(end + 1) != '\n' ? 2 : 1;
    }
    return Math.min(end, text.length());
  }

  private static int numberEnd(String text, int at) {
    int end = at + 1;
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean sign =
          (c == '+' || c == '-') && "eEpP".indexOf(text.charAt(end - 1)) >= 0 && end > at + 1;
      boolean separator = c == '\'' && end + 1 < text.length() && isWord(text.charAt(end + 1));
      if (!isWord(c) && c != '.' && !sign && !separator) {
        break;
      }
      end++;
    }
    return end;
  }
}
