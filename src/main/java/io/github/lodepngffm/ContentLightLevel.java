package io.github.lodepngffm;

/**
 * How bright an image is: the cLLI chunk (PNG, 11.3.2.8). In candela per square metre, 0 to
 * 429496.7295, kept to four decimals; 0 is unknown.
 *
 * @param maximum of the brightest pixel (MaxCLL)
 * @param maximumFrameAverage of the frame that is the brightest on average (MaxFALL)
 */
public record ContentLightLevel(double maximum, double maximumFrameAverage) {

  /**
   * Light levels with these values, rounded.
   *
   * @throws IllegalArgumentException if a value is negative, too large, or no number
   */
  public ContentLightLevel {
    maximum = rounded(maximum, "maximum");
    maximumFrameAverage = rounded(maximumFrameAverage, "maximumFrameAverage");
  }

  private static double rounded(double value, String name) {
    if (!(value >= 0 && value <= 0xFFFF_FFFFL / 10_000.0)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be 0 to 429496.7295");
    }
    return Math.round(value * 10_000) / 10_000.0;
  }
}
