package org.godwit.app.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.godwit.app.terminal.MouseReports.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What xterm's manual says of its mouse (ctlseqs, Mouse Tracking). */
class MouseReportsTest {
  private final TerminalScreen screen = new TerminalScreen(300, 300, bytes -> {});

  private String report(Event event, int button, int held, int row, int column) {
    return screen.mouse().of(event, button, held, row, column).replace("\u001b", "^");
  }

  private void modes(String sequence) {
    screen.feed(("\u001b[?" + sequence).getBytes(UTF_8));
  }

  @Test
  void nobodyHearsOfTheMouseWhoHasNotAsked() {
    assertThat(screen.mouse().areWanted()).isFalse();
    assertThat(report(Event.PRESS, 0, 0, 0, 0)).isEmpty();
    modes("1006h");
    assertThat(report(Event.PRESS, 0, 0, 0, 0)).isEmpty();
    modes("1000h");
    assertThat(screen.mouse().areWanted()).isTrue();
    screen.feed("\u001bc".getBytes(UTF_8));
    assertThat(screen.mouse().areWanted()).as("after a reset").isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1000, PRESS, 0, 0, ^[<0;6;3M",
    "1000, RELEASE, 0, 0, ^[<0;6;3m",
    "1000, PRESS, 2, 16, ^[<18;6;3M",
    "1000, PRESS, 64, 0, ^[<64;6;3M",
    "1000, RELEASE, 64, 0, ''",
    "1000, DRAG, 0, 0, ''",
    "1002, DRAG, 1, 8, ^[<41;6;3M",
    "1002, MOVE, 0, 0, ''",
    "1003, MOVE, 0, 4, ^[<39;6;3M",
    "9, PRESS, 1, 16, ^[<1;6;3M",
    "9, RELEASE, 1, 0, ''",
  })
  void inTheFormOfMode1006(int mode, Event event, int button, int held, String sent) {
    modes(mode + ";1006h");
    assertThat(report(event, button, held, 2, 5)).isEqualTo(sent);
  }

  @Test
  void inTheOldFormAFigureIsAByteAndAReleaseHasNoButton() {
    modes("1000h");
    assertThat(report(Event.PRESS, 0, 0, 2, 5)).isEqualTo("^[M &#");
    assertThat(report(Event.RELEASE, 2, 0, 2, 5)).isEqualTo("^[M#&#");
    assertThat(report(Event.PRESS, 0, 0, 0, 222)).endsWith("\u00ff!");
    assertThat(report(Event.PRESS, 0, 0, 0, 223)).isEmpty();
    modes("1000l");
    assertThat(report(Event.PRESS, 0, 0, 2, 5)).isEmpty();
  }
}
