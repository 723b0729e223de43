package org.godwit.app.theme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every text of the visual language is legible on every ground it stands on: 4.5 to 1. */
class ContrastTest {
  private static final double TEXT = 4.5;

  private final Tokens tokens = Tokens.load();

  @Test
  void ratioIsThatOfTheStandard() {
    assertThat(Contrast.ratio("#000000", "#FFFFFF")).isEqualTo(21, within(0.001));
    assertThat(Contrast.ratio("#777777", "#FFFFFF")).isEqualTo(4.48, within(0.01));
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void textIsLegibleOnEveryGround(Variant variant) {
    Tokens.Palette palette = tokens.palettes().get(variant);
    for (Role ground : List.of(Role.WINDOW, Role.CANVAS, Role.CARD, Role.SELECTION)) {
      for (Role text :
          List.of(Role.TEXT, Role.MUTED, Role.ACCENT, Role.OK, Role.WARN, Role.DANGER)) {
        assertThat(Contrast.ratio(palette.roles().get(text), palette.roles().get(ground)))
            .as("%s on %s, %s", text, ground, variant)
            .isGreaterThanOrEqualTo(TEXT);
      }
    }
    for (Role ground : List.of(Role.ACCENT, Role.DANGER)) {
      assertThat(Contrast.ratio(palette.roles().get(Role.INK), palette.roles().get(ground)))
          .as("ink on %s, %s", ground, variant)
          .isGreaterThanOrEqualTo(TEXT);
    }
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void headersAndMonogramsAreLegible(Variant variant) {
    Tokens.Palette palette = tokens.palettes().get(variant);
    for (String heat : palette.heat()) {
      assertThat(Contrast.ratio(palette.heatInk(), heat))
          .as("heat %s, %s", heat, variant)
          .isGreaterThanOrEqualTo(TEXT);
    }
    for (String program : palette.programs()) {
      assertThat(Contrast.ratio(Contrast.inkOn(program), program))
          .as("monogram on %s, %s", program, variant)
          .isGreaterThanOrEqualTo(TEXT);
    }
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void namesAreLegibleOnTheTintOfARunningChip(Variant variant) {
    Tokens.Palette palette = tokens.palettes().get(variant);
    for (String program : palette.programs()) {
      String tint = Theme.mix(program, palette.roles().get(Role.CARD), 0.16);
      for (Role text : List.of(Role.TEXT, Role.MUTED)) {
        assertThat(Contrast.ratio(palette.roles().get(text), tint))
            .as("%s on tint of %s, %s", text, program, variant)
            .isGreaterThanOrEqualTo(TEXT);
      }
    }
  }

  @Test
  void heatStepsFollowTheTable() {
    double[] loads = {0, 0.24, 0.25, 0.74, 0.75, 1.0, 1.01, 1.5, 1.51, 9};
    int[] steps = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4};
    for (int i = 0; i < loads.length; i++) {
      assertThat(Theme.heatStep(loads[i])).as("load %s", loads[i]).isEqualTo(steps[i]);
    }
  }
}
