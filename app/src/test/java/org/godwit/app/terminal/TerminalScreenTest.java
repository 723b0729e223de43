package org.godwit.app.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link TmuxTest} cannot ask another terminal: kept lines, sizes, colours, answers. */
class TerminalScreenTest {
  private final List<String> answers = new ArrayList<>();
  private final TerminalScreen screen =
      new TerminalScreen(3, 10, bytes -> answers.add(new String(bytes, ISO_8859_1)));

  private void feed(String text) {
    screen.feed(text.getBytes(UTF_8));
  }

  @Test
  void linesThatLeaveTheTopAreKeptButNotThoseOfTheAlternateScreen() {
    feed("one\r\ntwo\r\nthree\r\nfour");
    assertThat(screen.keptLines()).isEqualTo(1);
    assertThat(screen.text(-1)).isEqualTo("one");
    feed("\u001b[?1049h\n\n\n\nediting");
    assertThat(screen.isAlternate()).isTrue();
    assertThat(screen.keptLines()).isZero();
    feed("\u001b[?1049l");
    assertThat(screen.keptLines()).isEqualTo(1);
    assertThat(screen.text(2)).isEqualTo("four");
    assertThat(screen.wholeText()).isEqualTo("one\ntwo\nthree\nfour\n");
  }

  @Test
  void aLineThatMetTheMarginIsOneLineWhenCopied() {
    feed("0123456789abc\r\nx");
    assertThat(screen.isWrapped(0)).isTrue();
    assertThat(screen.wholeText()).isEqualTo("0123456789abc\nx\n");
  }

  @Test
  void aSmallerWindowKeepsWhatLeavesAndALargerOneBringsItBack() {
    feed("one\r\ntwo\r\nthree");
    screen.resize(2, 10);
    assertThat(List.of(screen.text(-1), screen.text(0), screen.text(1)))
        .containsExactly("one", "two", "three");
    screen.resize(3, 4);
    assertThat(List.of(screen.text(0), screen.text(1), screen.text(2)))
        .containsExactly("one", "two", "thre");
    assertThat(screen.cursorRow()).isEqualTo(2);
  }

  @Test
  void bytesMayBeCutAnywhereAndWrongOnesShowAsSuch() {
    for (byte b : "日\u001b[31m本".getBytes(UTF_8)) {
      screen.feed(new byte[] {b});
    }
    assertThat(screen.text(0)).isEqualTo("日本");
    assertThat(screen.text(0, 1)).isEmpty();
    assertThat(screen.cursorColumn()).isEqualTo(4);
    screen.feed(new byte[] {'\r', '\n', (byte) 0xe6, (byte) 0x97, 'x', (byte) 0xff});
    assertThat(screen.text(1)).isEqualTo("\ufffdx\ufffd");
  }

  @Test
  void coloursOfAllThreeKinds() {
    feed("\u001b[1;31ma\u001b[38;5;200mb\u001b[48;2;1;2;3mc\u001b[38:2::4:5:6md\u001b[me");
    assertThat(screen.style(0, 0)).isEqualTo(Style.withInk(Style.BOLD, Style.indexed(1)));
    assertThat(Style.ink(screen.style(0, 1))).isEqualTo(Style.indexed(200));
    assertThat(Style.ground(screen.style(0, 2))).isEqualTo(Style.rgb(1, 2, 3));
    assertThat(Style.ink(screen.style(0, 3))).isEqualTo(Style.rgb(4, 5, 6));
    assertThat(screen.style(0, 4)).isEqualTo(Style.PLAIN);
  }

  @Test
  void questionsAreAnsweredAndTitlesTaken() {
    feed("ab\u001b[6n\u001b[c\u001b]0;node 1\u0007\u001b]2;two\u001b\\c");
    assertThat(answers).containsExactly("\u001b[1;3R", "\u001b[?6c");
    assertThat(screen.title()).isEqualTo("two");
    assertThat(screen.text(0)).isEqualTo("abc");
  }

  /** A guest may send anything; the window must live. */
  @Test
  void rubbishDoesNoHarm() {
    java.util.Random random = new java.util.Random(7);
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = new byte[50];
      random.nextBytes(bytes);
      for (int at = 0; at < 50; at += 5) {
        bytes[at] = 0x1b;
        bytes[at + 1] = '[';
      }
      screen.feed(bytes);
      if (i % 100 == 0) {
        screen.resize(1 + random.nextInt(20), 1 + random.nextInt(40));
      }
    }
    assertThat(screen.keptLines()).isLessThanOrEqualTo(TerminalScreen.KEPT_LINES);
  }
}
