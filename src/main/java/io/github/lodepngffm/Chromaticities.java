package io.github.lodepngffm;

/**
 * Where white and the primaries of an image lie in the CIE 1931 x,y diagram: the cHRM chunk (PNG,
 * 11.3.2.1), and a part of mDCV. Kept to five decimals, as the chunk does.
 *
 * @param whiteX x of the white point, 0 to 42949.67295
 * @param whiteY y of the white point
 * @param redX x of red
 * @param redY y of red
 * @param greenX x of green
 * @param greenY y of green
 * @param blueX x of blue
 * @param blueY y of blue
 */
public record Chromaticities(
    double whiteX,
    double whiteY,
    double redX,
    double redY,
    double greenX,
    double greenY,
    double blueX,
    double blueY) {

  /**
   * Chromaticities with these values, rounded.
   *
   * @throws IllegalArgumentException if a value is negative, too large, or no number
   */
  public Chromaticities {
    whiteX = rounded(whiteX, "whiteX");
    whiteY = rounded(whiteY, "whiteY");
    redX = rounded(redX, "redX");
    redY = rounded(redY, "redY");
    greenX = rounded(greenX, "greenX");
    greenY = rounded(greenY, "greenY");
    blueX = rounded(blueX, "blueX");
    blueY = rounded(blueY, "blueY");
  }

  private static double rounded(double value, String name) {
    if (!(value >= 0 && value <= 0xFFFF_FFFFL / 100_000.0)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be 0 to 42949.67295");
    }
    return Math.round(value * 100_000) / 100_000.0;
  }
}
