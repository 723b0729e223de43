package org.godwit.app.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.godwit.app.source.CToken.Kind;
import org.junit.jupiter.api.Test;

/** Stretches of C are told apart, and half-written text does no harm. */
class CTokenTest {
  private static List<String> of(Kind kind, String text) {
    return CToken.of(text).stream()
        .filter(token -> token.kind() == kind)
        .map(token -> text.substring(token.start(), token.end()))
        .toList();
  }

  @Test
  void everyKindIsFound() {
    String text =
        """
        #include <stdio.h> // head
          # define X 1
        /* two
           lines */
        int main(void) {
          const char *s = "a \\" // b";
          char c = '\\'';
          for (unsigned i = 0x1Fu; i < 1e-3; i++) intern(1'000);
        }
        """;
    assertThat(of(Kind.COMMENT, text)).containsExactly("// head", "/* two\n   lines */");
    assertThat(of(Kind.DIRECTIVE, text)).containsExactly("#include ", "# define X 1");
    assertThat(of(Kind.TEXT, text)).containsExactly("\"a \\\" // b\"", "'\\''");
    assertThat(of(Kind.NUMBER, text)).containsExactly("0x1Fu", "1e-3", "1'000");
    assertThat(of(Kind.KEYWORD, text))
        .containsExactly("int", "void", "const", "char", "char", "for", "unsigned");
  }

  @Test
  void whatIsNotClosedEndsWithItsLineOrTheText() {
    assertThat(of(Kind.TEXT, "a = \"open\nint x;")).containsExactly("\"open");
    assertThat(of(Kind.TEXT, "'\\")).containsExactly("'\\");
    assertThat(of(Kind.COMMENT, "x /* open")).containsExactly("/* open");
    assertThat(CToken.of("")).isEmpty();
  }

  @Test
  void stretchesLieInOrderWithinAnyText() {
    String all = "\"'/*#a0.\\\n e+";
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.append(all.charAt(random.nextInt(all.length())));
      }
      int at = 0;
      for (CToken token : CToken.of(text.toString())) {
        assertThat(token.start()).as("seed %d: %s", seed, text).isGreaterThanOrEqualTo(at);
        assertThat(token.end()).as("seed %d: %s", seed, text).isGreaterThan(token.start());
        at = token.end();
      }
      assertThat(at).isLessThanOrEqualTo(text.length());
    }
  }
}
