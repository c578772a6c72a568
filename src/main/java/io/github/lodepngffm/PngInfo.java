package io.github.lodepngffm;

import java.util.Objects;

/**
 * What the header of a PNG says: the fields of its IHDR chunk (PNG, 11.2.1).
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param bitDepth bits of a sample, or of a palette index: 1, 2, 4, 8 or 16
 * @param colorType what the samples mean
 * @param interlaced whether the pixels are stored in the seven passes of Adam7
 * @param decodePath the way that the pixels of such a file take when nothing is wrong with it
 */
public record PngInfo(
    int width,
    int height,
    int bitDepth,
    ColorType colorType,
    boolean interlaced,
    DecodePath decodePath) {

  /**
   * Checks what the bytes of a PNG could not say either.
   *
   * @throws IllegalArgumentException if a side is not positive
   */
  public PngInfo {
    Objects.requireNonNull(colorType, "colorType");
    Objects.requireNonNull(decodePath, "decodePath");
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("an image of " + width + " x " + height + " pixels");
    }
  }

  /**
   * The pixels of the image.
   *
   * @return width times height
   */
  public long pixels() {
    return (long) width * height;
  }
}
