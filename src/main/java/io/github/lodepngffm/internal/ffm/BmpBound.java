package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.BmpFormat;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.PngInfo;

/** How large a BMP can become of which only the PNG's header is known. */
final class BmpBound {
  /** BITMAPFILEHEADER and BITMAPV5HEADER, or the shorter one and 256 colours. */
  private static final long MOST_HEADER_BYTES = 14 + 40 + 4 * 256;

  /** What deflate can make of a byte at most: a match of 258 bytes in two bits. */
  private static final long MOST_INFLATED_BYTES = 1032;

  private BmpBound() {}

  /** Bytes that the BMP does not exceed. */
  static long bmpBytes(PngInfo info, long pngBytes, ConvertOptions options) {
    long width = info.width();
    long rowBytes =
        switch (options.bmpFormat()) {
          case BGRA, MATCH -> 4 * width;
          case CLASSIC -> (3 * width + 3) / 4 * 4;
          case INDEXED8, GRAY8 -> (width + 3) / 4 * 4;
          case BILEVEL -> (width + 31) / 32 * 4;
        };
    return MOST_HEADER_BYTES + rowBytes * info.height() + profileBytes(pngBytes, options);
  }

  private static long profileBytes(long pngBytes, ConvertOptions options) {
    boolean keepsProfile =
        options.bmpFormat() == BmpFormat.BGRA || options.bmpFormat() == BmpFormat.MATCH;
    return keepsProfile
        ? Math.min(options.limits().maxAncillaryBytes(), pngBytes * MOST_INFLATED_BYTES)
        : 0;
  }
}
