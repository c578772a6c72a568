package io.github.lodepngffm;

/**
 * How many bits of each sample come from the source of an image: the sBIT chunk (PNG, 11.3.2.4).
 *
 * @param red 1 to 16; of gray images all three are the same
 * @param green likewise
 * @param blue likewise
 * @param alpha likewise; 0 where the image has no alpha channel
 */
public record SignificantBits(int red, int green, int blue, int alpha) {
  private static final int MOST_BITS = 16;

  /**
   * Bits with these values.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public SignificantBits {
    if (Math.min(red, Math.min(green, blue)) < 1
        || Math.max(red, Math.max(green, blue)) > MOST_BITS
        || alpha < 0
        || alpha > MOST_BITS) {
      throw new IllegalArgumentException(
          "significant bits %d, %d, %d, alpha %d: must be 1 to 16, alpha 0 to 16"
              .formatted(red, green, blue, alpha));
    }
  }
}
