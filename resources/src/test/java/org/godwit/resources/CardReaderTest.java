package org.godwit.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

/** A card is read whole or refused with the place of what is wrong. */
class CardReaderTest {

  private static final String CARD =
      """
      {
        "name": "x", "slot": 3, "monogram": "Xx", "arguments": ["1", "2"],
        "title": {"en": "t", "ja": "た"}, "shows": {"en": "s", "ja": "し"},
        "lookFor": {"en": "l", "ja": "み"},
        "migration": "stays", "reason": "monkey",
        "watch": {"symbol": "counter", "type": "u32"},
        "source": "x.c"
      }
      """;

  private static ProgramCard read(String text) throws IOException {
    return CardReader.read(new StringReader(text));
  }

  @Test
  void everyKeyArrives() throws IOException {
    ProgramCard card = read(CARD);

    assertThat(card.name()).isEqualTo("x");
    assertThat(card.slot()).isEqualTo(3);
    assertThat(card.monogram()).isEqualTo("Xx");
    assertThat(card.arguments()).containsExactly("1", "2");
    assertThat(card.title()).isEqualTo(new ProgramCard.Text("t", "た"));
    assertThat(card.shows().ja()).isEqualTo("し");
    assertThat(card.lookFor().en()).isEqualTo("l");
    assertThat(card.migration()).isEqualTo(ProgramCard.Migration.STAYS);
    assertThat(card.reason()).contains("monkey");
    assertThat(card.watch()).contains(new ProgramCard.Watch("counter", "u32"));
    assertThat(card.source()).isEqualTo("x.c");
  }

  @Test
  void anUnknownKeyIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> read(CARD.replace("\"source\"", "\"sauce\"")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("sauce")
        .hasMessageContaining("line 7");
  }

  @Test
  void aMissingKeyIsRefused() {
    assertThatThrownBy(() -> read(CARD.replace("\"monogram\": \"Xx\",", "")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("monogram");
    assertThatThrownBy(() -> read(CARD.replace("\"slot\": 3,", "")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("slot");
  }

  @Test
  void aReasonAndMovingExcludeEachOther() {
    assertThatThrownBy(() -> read(CARD.replace("\"stays\"", "\"moves\"")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("monkey");
    assertThatThrownBy(() -> read(CARD.replace("\"monkey\"", "null")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("STAYS");
  }
}
