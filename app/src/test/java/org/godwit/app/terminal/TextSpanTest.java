package org.godwit.app.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextSpanTest {
  private final TerminalScreen screen = new TerminalScreen(3, 10, _ -> {});

  private void show(String text) {
    screen.feed(text.getBytes(UTF_8));
  }

  @Test
  void aWordTakesPathsAndALineItsOtherRows() {
    show("cat /etc/passwd; ls 日本\r\n$");
    assertThat(TextSpan.word(screen, new Spot(0, 6)).text(screen)).isEqualTo("/etc/p");
    assertThat(TextSpan.word(screen, new Spot(0, 3)).text(screen)).as("a blank").isEqualTo(" ");
    assertThat(TextSpan.line(screen, new Spot(1, 2)).text(screen))
        .isEqualTo("cat /etc/passwd; ls 日本");
    assertThat(TextSpan.all(screen).text(screen)).isEqualTo("cat /etc/passwd; ls 日本\n$");
  }

  @Test
  void aSelectionStaysWithItsTextWhenLinesGoUp() {
    show("one\r\ntwo\r\nthree");
    TextSpan two = TextSpan.between(new Spot(2, 2), new Spot(1, 0));
    assertThat(two.text(screen)).isEqualTo("two\nth");
    show("\r\nfour\r\nfive");
    assertThat(screen.topLine()).isEqualTo(2);
    assertThat(two.text(screen)).isEqualTo("two\nth");
    assertThat(two.covers(1, 9)).isTrue();
    assertThat(two.covers(2, 2)).isFalse();
    screen.clear();
    assertThat(two.text(screen)).as("is not kept any more").isEmpty();
    assertThat(screen.wholeText()).isEqualTo("five\n");
  }

  @Test
  void wordsAreFoundAcrossRowsAndAmongKeptLines() {
    show("abcdefgHello\r\n日本語 hello\r\nx\r\ny");
    assertThat(TextSearch.find(screen, "hello", 10))
        .containsExactly(
            new TextSpan(new Spot(0, 7), new Spot(1, 2)),
            new TextSpan(new Spot(2, 7), new Spot(3, 2)));
    assertThat(TextSearch.find(screen, "Hello", 10)).hasSize(1);
    assertThat(TextSearch.find(screen, "本語", 10))
        .containsExactly(new TextSpan(new Spot(2, 2), new Spot(2, 5)));
    assertThat(TextSearch.find(screen, "e", 1)).as("the newest").hasSize(1);
    assertThat(TextSearch.find(screen, "", 10)).isEmpty();
  }
}
