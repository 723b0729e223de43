package org.godwit.app.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private final Figures figures = new Figures(Locale.ENGLISH);

  @Test
  void instantsAreClocksWithFractions() {
    assertThat(figures.instant(0)).isEqualTo("0:00.000 000");
    assertThat(figures.instant(83_450_120_999L)).isEqualTo("1:23.450 120");
    assertThat(figures.shortInstant(83_450_999_999L)).isEqualTo("1:23.450");
    assertThat(figures.shortInstant(3_723_004_000_000L)).isEqualTo("1:02:03.004");
    assertThat(figures.wholeSeconds(59_999_999_999L)).isEqualTo("0:59");
  }

  @Test
  void lengthsHaveThreeFigures() {
    assertThat(figures.duration(999)).isEqualTo("999 ns");
    assertThat(figures.duration(10_000)).isEqualTo("10.0 µs");
    assertThat(figures.duration(9_214_000)).isEqualTo("9.21 ms");
    assertThat(figures.duration(123_400_000)).isEqualTo("123 ms");
    assertThat(figures.duration(1_500_000_000)).isEqualTo("1.50 s");
    assertThat(figures.duration(600_000_000_000L)).isEqualTo("10:00");
    assertThat(figures.seconds(-0.4)).isEqualTo("-400 ms");
    assertThat(figures.seconds(0)).isEqualTo("0.00 s");
  }

  @Test
  void bytesGoByThousandTwentyFour() {
    assertThat(figures.bytes(1_023)).isEqualTo("1023 B");
    assertThat(figures.bytes(168_536)).isEqualTo("165 kB");
    assertThat(figures.bytes(256L << 20)).isEqualTo("256 MB");
    assertThat(figures.roundBytes(64L << 20)).isEqualTo("64 MB");
    assertThat(figures.roundBytes(512)).isEqualTo("512 B");
  }

  @Test
  void sharesAndLoads() {
    assertThat(figures.percent(0.666)).isEqualTo("67");
    assertThat(figures.load(1.5)).isEqualTo("1.50");
    assertThat(figures.tenths(1.5)).isEqualTo("1.5");
    assertThat(figures.tenths(2)).isEqualTo("2");
    assertThat(figures.tenths(0.25)).isEqualTo("0.25");
    assertThat(figures.count(1_234_567)).isEqualTo("1,234,567");
  }
}
