package org.godwit.app.panel.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the terminfo entry xterm-256color (ncurses 6.4) says of keys; modifiers as ctlseqs does. */
class KeySequencesTest {
  @ParameterizedTest
  @CsvSource({
    "UP, -, [A",
    "LEFT, a, OD",
    "HOME, -, [H",
    "HOME, a, OH",
    "END, a, OF",
    "PAGE_UP, -, [5~",
    "DELETE, -, [3~",
    "F1, -, OP",
    "F4, -, OS",
    "F5, -, [15~",
    "F12, -, [24~",
    "TAB, s, [Z",
    "RIGHT, c, [1;5C",
    "UP, as, [1;2A",
    "F1, s, [1;2P",
    "F6, c, [17;5~",
    "DELETE, m, [3;3~",
  })
  void keysThatSendSequences(KeyCode key, String held, String sent) {
    assertThat(sent(key, held)).isEqualTo("\u001b" + sent);
  }

  @ParameterizedTest
  @CsvSource({
    "C, 3",
    "Z, 26",
    "A, 1",
    "OPEN_BRACKET, 27",
    "SPACE, 0",
    "BACK_SLASH, 28",
    "DIGIT8, 127"
  })
  void controlAndAKeyIsAControlCharacter(KeyCode key, int code) {
    assertThat(sent(key, "c")).isEqualTo(Character.toString(code));
  }

  @Test
  void theRest() {
    assertThat(sent(KeyCode.ENTER, "-")).isEqualTo("\r");
    assertThat(sent(KeyCode.ENTER, "m")).isEqualTo("\u001b\r");
    assertThat(sent(KeyCode.BACK_SPACE, "-")).isEqualTo("\u007f");
    assertThat(sent(KeyCode.ESCAPE, "-")).isEqualTo("\u001b");
    assertThat(sent(KeyCode.A, "-")).as("comes as text").isNull();
    assertThat(sent(KeyCode.A, "m")).as("comes as text").isNull();
    assertThat(Pasting.of("a\r\nb\n\u001b[201~c\t日", false)).isEqualTo("a\rb\r[201~c\t日");
    assertThat(Pasting.of("x\u001b[201~rm", true)).isEqualTo("\u001b[200~x[201~rm\u001b[201~");
  }

  private static String sent(KeyCode key, String held) {
    return KeySequences.of(
            new KeySequences.Struck(
                key,
                held.contains("s"),
                held.contains("m"),
                held.contains("c"),
                held.contains("a"),
                false))
        .orElse(null);
  }
}
