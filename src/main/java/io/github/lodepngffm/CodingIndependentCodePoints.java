package io.github.lodepngffm;

/**
 * The colour space by numbers that video uses, too, such as those of HDR: the cICP chunk (PNG,
 * 11.3.2.6). It counts before all other chunks about colour. What the numbers mean stands in ITU-T
 * H.273.
 *
 * @param colorPrimaries such as 9 for BT.2020; 0 to 255
 * @param transferFunction such as 16 for PQ, 18 for HLG; 0 to 255
 * @param matrixCoefficients 0, since the pixels of a PNG are RGB; other values are kept, 0 to 255
 * @param isFullRange whether samples use the whole range of their bits, not that of video
 */
public record CodingIndependentCodePoints(
    int colorPrimaries, int transferFunction, int matrixCoefficients, boolean isFullRange) {

  /**
   * Code points with these values.
   *
   * @throws IllegalArgumentException if a value does not fit into a byte
   */
  public CodingIndependentCodePoints {
    requireByte(colorPrimaries, "colorPrimaries");
    requireByte(transferFunction, "transferFunction");
    requireByte(matrixCoefficients, "matrixCoefficients");
  }

  private static void requireByte(int value, String name) {
    if (value < 0 || value > 0xFF) {
      throw new IllegalArgumentException(name + " is " + value + ", must be 0 to 255");
    }
  }
}
