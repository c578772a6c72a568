package io.github.lodepngffm;

import java.util.Objects;

/**
 * The display that an image was graded on, its mastering display colour volume: the mDCV chunk
 * (PNG, 11.3.2.7).
 *
 * @param chromaticities its white point and primaries, each 0 to 1.3107, written in steps of
 *     0.00002
 * @param maximumLuminance in candela per square metre, 0 to 429496.7295, kept to four decimals
 * @param minimumLuminance the same of its darkest black
 */
public record MasteringDisplay(
    Chromaticities chromaticities, double maximumLuminance, double minimumLuminance) {
  private static final double MOST_CHROMATICITY = 0xFFFF / 50_000.0;

  /**
   * A display with these values, rounded.
   *
   * @throws IllegalArgumentException if a value does not fit into the chunk
   */
  public MasteringDisplay {
    Objects.requireNonNull(chromaticities, "chromaticities");
    chromaticities =
        new Chromaticities(
            stepped(chromaticities.whiteX()),
            stepped(chromaticities.whiteY()),
            stepped(chromaticities.redX()),
            stepped(chromaticities.redY()),
            stepped(chromaticities.greenX()),
            stepped(chromaticities.greenY()),
            stepped(chromaticities.blueX()),
            stepped(chromaticities.blueY()));
    maximumLuminance = rounded(maximumLuminance, "maximumLuminance");
    minimumLuminance = rounded(minimumLuminance, "minimumLuminance");
  }

  private static double stepped(double value) {
    if (value > MOST_CHROMATICITY) {
      throw new IllegalArgumentException(
          "a chromaticity of a mastering display is " + value + ", must be 0 to 1.3107");
    }
    return Math.round(value * 50_000) / 50_000.0;
  }

  private static double rounded(double value, String name) {
    if (!(value >= 0 && value <= 0xFFFF_FFFFL / 10_000.0)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be 0 to 429496.7295");
    }
    return Math.round(value * 10_000) / 10_000.0;
  }
}
