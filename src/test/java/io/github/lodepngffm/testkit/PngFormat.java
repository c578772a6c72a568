package io.github.lodepngffm.testkit;

import java.util.List;

/**
 * A colour type and bit depth that the PNG specification allows together (section 11.2.1, table
 * "Allowed combinations of colour type and bit depth").
 */
public record PngFormat(int colorType, int bitDepth) {

  public static final int GRAY = 0;
  public static final int RGB = 2;
  public static final int PALETTE = 3;
  public static final int GRAY_ALPHA = 4;
  public static final int RGBA = 6;

  /** All fifteen legal combinations. */
  public static final List<PngFormat> ALL =
      List.of(
          new PngFormat(GRAY, 1),
          new PngFormat(GRAY, 2),
          new PngFormat(GRAY, 4),
          new PngFormat(GRAY, 8),
          new PngFormat(GRAY, 16),
          new PngFormat(RGB, 8),
          new PngFormat(RGB, 16),
          new PngFormat(PALETTE, 1),
          new PngFormat(PALETTE, 2),
          new PngFormat(PALETTE, 4),
          new PngFormat(PALETTE, 8),
          new PngFormat(GRAY_ALPHA, 8),
          new PngFormat(GRAY_ALPHA, 16),
          new PngFormat(RGBA, 8),
          new PngFormat(RGBA, 16));

  public PngFormat {
    if (!isLegal(colorType, bitDepth)) {
      throw new IllegalArgumentException(
          "PNG has no colour type " + colorType + " with bit depth " + bitDepth);
    }
  }

  /** Whether the specification allows this pair. */
  public static boolean isLegal(int colorType, int bitDepth) {
    return switch (colorType) {
      case GRAY ->
          bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8 || bitDepth == 16;
      case PALETTE -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8;
      case RGB, GRAY_ALPHA, RGBA -> bitDepth == 8 || bitDepth == 16;
      default -> false;
    };
  }

  /** Samples per pixel in the file; a palette index is one sample. */
  public int channels() {
    return switch (colorType) {
      case GRAY, PALETTE -> 1;
      case GRAY_ALPHA -> 2;
      case RGB -> 3;
      default -> 4;
    };
  }

  /** The largest sample, which means full intensity (or the last palette index). */
  public int maxSample() {
    return (1 << bitDepth) - 1;
  }

  public boolean hasPalette() {
    return colorType == PALETTE;
  }

  public boolean hasAlphaChannel() {
    return colorType == GRAY_ALPHA || colorType == RGBA;
  }

  /** Bytes of one row of {@code width} pixels before the filter byte is added. */
  public int rowBytes(int width) {
    return Math.toIntExact(((long) width * channels() * bitDepth + 7) / 8);
  }

  /**
   * The distance, in bytes, at which PNG filters look left: whole pixels, but at least one byte.
   */
  public int filterDistance() {
    return Math.max(1, channels() * bitDepth / 8);
  }

  @Override
  public String toString() {
    String name =
        switch (colorType) {
          case GRAY -> "gray";
          case RGB -> "rgb";
          case PALETTE -> "palette";
          case GRAY_ALPHA -> "gray+alpha";
          default -> "rgba";
        };
    return name + bitDepth;
  }
}
