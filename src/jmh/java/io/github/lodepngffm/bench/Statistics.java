package io.github.lodepngffm.bench;

import java.util.Arrays;
import java.util.Random;

/** Medians and what surrounds them: the means of noisy times say little. */
public final class Statistics {
  private static final int RESAMPLES = 2000;

  private Statistics() {}

  public static double median(double[] values) {
    return quantile(values, 0.5);
  }

  public static double minimum(double[] values) {
    return Arrays.stream(values).min().orElse(Double.NaN);
  }

  /** The value below which a share of the values lies, with linear interpolation. */
  public static double quantile(double[] values, double share) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** Half of the distance between the quartiles, as a share of the median: the noise of a run. */
  public static double spread(double[] values) {
    return (quantile(values, 0.75) - quantile(values, 0.25)) / 2 / median(values);
  }

  /** For each round the first contender's time over the second's. */
  public static double[] ratios(double[] first, double[] second) {
    double[] ratios = new double[Math.min(first.length, second.length)];
    Arrays.setAll(ratios, i -> first[i] / second[i]);
    return ratios;
  }

  public static double geometricMean(double[] values) {
    return Math.exp(Arrays.stream(values).map(Math::log).average().orElse(Double.NaN));
  }

  /**
   * A 95 % interval for the ratio of the medians of two independent series, by resampling both.
   *
   * @return lower and upper end
   */
  public static double[] ratioInterval(double[] numerator, double[] denominator) {
    Random random = new Random(42);
    double[] ratios = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      ratios[i] = median(resample(numerator, random)) / median(resample(denominator, random));
    }
    return new double[] {quantile(ratios, 0.025), quantile(ratios, 0.975)};
  }

  private static double[] resample(double[] values, Random random) {
    double[] drawn = new double[values.length];
    Arrays.setAll(drawn, i -> values[random.nextInt(values.length)]);
    return drawn;
  }
}
