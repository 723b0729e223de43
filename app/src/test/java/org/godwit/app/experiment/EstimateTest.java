package org.godwit.app.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Student's t for 4 degrees of freedom at 0.975 is 2.776445 in every table; times sqrt(2.5 / 5).
 */
class EstimateTest {
  @Test
  void meanAndInterval() {
    Estimate of = Estimate.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0));
    assertThat(of.mean()).isEqualTo(3);
    assertThat(of.halfWidth()).isCloseTo(1.963243, within(1e-6));
  }

  @Test
  void oneValueHasNoInterval() {
    assertThat(Estimate.of(List.of(2.5)).halfWidth()).isNaN();
    assertThat(Estimate.of(List.of()).mean()).isNaN();
  }
}
