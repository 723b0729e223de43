package org.godwit.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Texts follow the language; figures are written as the window needs them. */
class MessagesTest {
  private final Messages messages = new Messages(Locale.ENGLISH);

  @Test
  void bindingsFollowTheLanguage() {
    var label = messages.binding("window.canvas");
    assertThat(label.get()).isEqualTo("Canvas");
    messages.languageProperty().set(Locale.JAPANESE);
    assertThat(label.get()).isEqualTo("キャンバス");
    assertThat(messages.languageTag()).isEqualTo("ja");
  }

  @Test
  void pidsAreNotGroupedAndPluralsAgree() {
    assertThat(messages.of("canvas.slot.away", 65535)).isEqualTo("on node 65535");
    assertThat(messages.of("status.counts", 1L, 2L, 0L)).isEqualTo("1 node, 2 processes, 0 away");
    assertThat(messages.of("canvas.toomany", 2L, 0.64)).isEqualTo("2 too many · deciding in 0.6 s");
    assertThat(messages.of("launch.here", 3, "spin", "node1"))
        .isEqualTo("Launch 3 × spin on node1");
  }

  @Test
  void aMissingKeyIsShownAsItself() {
    assertThat(messages.of("no.such.key", 1)).isEqualTo("no.such.key");
    assertThat(messages.has("no.such.key")).isFalse();
  }

  @Test
  void onlyJapaneseIsJapanese() {
    assertThat(Messages.supported(Locale.JAPAN)).isEqualTo(Locale.JAPANESE);
    assertThat(Messages.supported(Locale.FRENCH)).isEqualTo(Locale.ENGLISH);
  }
}
