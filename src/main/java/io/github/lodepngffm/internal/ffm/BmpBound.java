package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.BmpFormat;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.PngInfo;

/** How large a BMP becomes, or can become, of which only the PNG's header is known. */
public final class BmpBound {
  /** BITMAPFILEHEADER and BITMAPINFOHEADER. */
  private static final long CLASSIC_HEADER_BYTES = 14 + 40;

  /** BITMAPFILEHEADER and BITMAPV5HEADER, or the shorter one and 256 colours. */
  private static final long MOST_HEADER_BYTES = 14 + 40 + 4 * 256;

  /** What deflate can make of a byte at most: a match of 258 bytes in two bits. */
  private static final long MOST_INFLATED_BYTES = 1032;

  private BmpBound() {}

  /**
   * The most that the BMP can have.
   *
   * @param info the header of a PNG
   * @param pngBytes how many the whole PNG has
   * @param options what would be made
   * @return bytes that it does not exceed
   */
  public static long bmpBytes(PngInfo info, long pngBytes, ConvertOptions options) {
    long width = info.width();
    int bitCount =
        switch (options.bmpFormat()) {
          case BGRA, MATCH -> 32;
          case CLASSIC -> 24;
          case INDEXED8, GRAY8 -> 8;
          case BILEVEL -> 1;
        };
    return MOST_HEADER_BYTES
        + rowBytes(width, bitCount) * info.height()
        + profileBytes(pngBytes, options);
  }

  /**
   * The size of the BMP of format {@code CLASSIC}, whether or not its headers can say it.
   *
   * @param info the header of a PNG
   * @return bytes; {@code Long.MAX_VALUE} for more
   */
  public static long classicBytes(PngInfo info) {
    long rowBytes = rowBytes(info.width(), 24);
    return rowBytes > (Long.MAX_VALUE - CLASSIC_HEADER_BYTES) / info.height()
        ? Long.MAX_VALUE
        : CLASSIC_HEADER_BYTES + rowBytes * info.height();
  }

  /** Bytes of a row of pixels of biBitCount bits, which is padded to a multiple of 32 bits. */
  private static long rowBytes(long width, int bitCount) {
    return (width * bitCount + 31) / 32 * 4;
  }

  private static long profileBytes(long pngBytes, ConvertOptions options) {
    boolean keepsProfile =
        options.bmpFormat() == BmpFormat.BGRA || options.bmpFormat() == BmpFormat.MATCH;
    return keepsProfile
        ? Math.min(options.limits().maxAncillaryBytes(), pngBytes * MOST_INFLATED_BYTES)
        : 0;
  }
}
