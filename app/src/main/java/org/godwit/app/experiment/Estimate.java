package org.godwit.app.experiment;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean and how sure it is.
 *
 * @param mean of the values
 * @param halfWidth half the width of the 95 % confidence interval of the mean (Student's t, as if
 *     the values were normal and independent); NaN for fewer than two values
 */
public record Estimate(double mean, double halfWidth) {
  private static final double UPPER = 0.975;

  /** Of {@code values}; NaN if there are none. */
  public static Estimate of(List<Double> values) {
    int n = values.size();
    if (n == 0) {
      return new Estimate(Double.NaN, Double.NaN);
    }
    double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
    if (n == 1) {
      return new Estimate(mean, Double.NaN);
    }
    double squares = values.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum();
    double error = Math.sqrt(squares / (n - 1) / n);
    double t = TDistribution.of(n - 1.0).inverseCumulativeProbability(UPPER);
    return new Estimate(mean, t * error);
  }
}
