package io.github.lodepngffm;

import java.util.Objects;

/**
 * What the headers of a BMP say.
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param bitCount bits a pixel (biBitCount): 1, 2, 4, 8, 16, 24 or 32; up to 8 they are an index
 *     into the palette
 * @param sampleBits the most bits that a sample has: above 8 it takes RGB16 or RGBA16 to keep all
 *     of it
 * @param compression how the pixels are stored
 * @param topDown whether the uppermost row is stored first (a negative biHeight)
 * @param hasAlpha whether a mask says where a pixel's alpha is; without one every pixel is opaque
 * @param paletteEntries the colours of the palette that the file has; 0 above 8 bits a pixel
 * @param hasGrayPalette whether each of them is gray, so that the image can become gray pixels
 * @param headerBytes the size of the header (biSize): 12 is OS/2's BITMAPCOREHEADER, 40
 *     BITMAPINFOHEADER, 108 BITMAPV4HEADER, 124 BITMAPV5HEADER, any other up to 64 one of OS/2 2.x
 *     or of those between
 * @param horizontalPixelsPerMetre the resolution (biXPelsPerMeter), 0 where it is not known
 * @param verticalPixelsPerMetre the resolution (biYPelsPerMeter), 0 where it is not known
 */
public record BmpInfo(
    int width,
    int height,
    int bitCount,
    int sampleBits,
    BmpCompression compression,
    boolean topDown,
    boolean hasAlpha,
    int paletteEntries,
    boolean hasGrayPalette,
    int headerBytes,
    int horizontalPixelsPerMetre,
    int verticalPixelsPerMetre) {

  /**
   * Checks what the bytes of a BMP could not say either.
   *
   * @throws IllegalArgumentException if a side is not positive
   */
  public BmpInfo {
    Objects.requireNonNull(compression, "compression");
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
