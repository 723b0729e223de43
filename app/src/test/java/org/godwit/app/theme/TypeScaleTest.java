package org.godwit.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Larger type: every size of our sheets grows, but for what lies on the canvas. */
class TypeScaleTest {
  @Test
  void everySizeButTheCanvasGrows() {
    StringBuilder css = new StringBuilder();
    TypeScale.scale(
        """
        /* .comment { -fx-font-size: 9px; } */
        .panel .label { -fx-font-size: 12px; -fx-padding: 1; }
        .card-title { -fx-font-size: 15px; }
        .card:hover .x, .chip-name { -fx-font-size: 15px; }
        .cardboard { -fx-font-size: 10px; }
        .plain { -fx-padding: 2; }
        """,
        1.5,
        css);
    assertThat(css)
        .hasToString(
            ".panel .label { -fx-font-size: 18.0px !important; }\n"
                + ".cardboard { -fx-font-size: 15.0px !important; }\n");
  }

  @Test
  void ourSheetsAreRead() {
    assertThat(TypeScale.rules(1)).isEmpty();
    assertThat(TypeScale.rules(1.4))
        .contains(".status-item", ".inspector-panel .card-title")
        .doesNotContain(".meter-word");
  }
}
