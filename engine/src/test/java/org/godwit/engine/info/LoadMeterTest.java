package org.godwit.engine.info;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two figures, reckoned by hand from (5·old + 3·new) / 8 and (7·old + new) / 8. */
class LoadMeterTest {
  @ParameterizedTest(name = "after {0}")
  @CsvSource({
    // One second each of so many runnable: the mean follows slowly upwards, the upper at once.
    "8, 3, 8",
    "8 8, 4.875, 8",
    "8 8 8, 6.046875, 8",
    // Downwards it is the other way round.
    "8 8 8 0, 0, 7",
    "8 8 8 0 0, 0, 6.125",
    "8 0 8, 3, 8",
    // What is between the two lets each go its slow way.
    "8 8 6, 5.296875, 7.75",
  })
  void meanRisesSlowlyAndFallsAtOnceUpperTheOtherWay(String runnable, double mean, double upper) {
    LoadMeter meter = new LoadMeter();
    for (String each : runnable.split(" ")) {
      meter.fold(Double.parseDouble(each));
    }
    assertThat(meter.mean()).isEqualTo(mean, within(1e-12));
    assertThat(meter.upper()).isEqualTo(upper, within(1e-12));
  }
}
