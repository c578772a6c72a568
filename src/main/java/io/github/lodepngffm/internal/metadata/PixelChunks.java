package io.github.lodepngffm.internal.metadata;

import io.github.lodepngffm.BackgroundColor;
import io.github.lodepngffm.ColorType;
import io.github.lodepngffm.SignificantBits;

/**
 * The chunks whose form depends on the pixels of the file that is written.
 *
 * @param colorType of that file
 * @param bitDepth of that file
 * @param palette of that file, {@code 0xAARRGGBB} for each entry
 */
record PixelChunks(ColorType colorType, int bitDepth, int[] palette) {
  private static final int NONE = -1;

  private boolean isGray() {
    return colorType == ColorType.GRAYSCALE || colorType == ColorType.GRAYSCALE_ALPHA;
  }

  void putSignificantBits(SignificantBits bits, ChunkWriter to) {
    int most = colorType == ColorType.INDEXED ? 8 : bitDepth;
    int red = Math.min(bits.red(), most);
    int green = Math.min(bits.green(), most);
    int blue = Math.min(bits.blue(), most);
    to.begin("sBIT");
    if (isGray()) {
      to.put8(Math.max(red, Math.max(green, blue)));
    } else {
      to.put8(red).put8(green).put8(blue);
    }
    if (colorType.hasAlpha()) {
      to.put8(bits.alpha() == 0 ? most : Math.min(bits.alpha(), most));
    }
    to.end();
  }

  void putBackground(BackgroundColor background, ChunkWriter to) {
    int red = scaled(background.red(), background.bitDepth());
    int green = scaled(background.green(), background.bitDepth());
    int blue = scaled(background.blue(), background.bitDepth());
    if (colorType == ColorType.INDEXED) {
      int index = indexOf(background);
      if (index != NONE) {
        to.begin("bKGD").put8(index).end();
      }
    } else if (!isGray()) {
      to.begin("bKGD").put16(red).put16(green).put16(blue).end();
    } else if (red == green && green == blue) {
      to.begin("bKGD").put16(red).end();
    }
  }

  /** From one depth to another, the largest sample to the largest one. */
  private int scaled(int sample, int fromBits) {
    int from = (1 << fromBits) - 1;
    int most = (1 << bitDepth) - 1;
    return (int) (((long) (sample & from) * most + from / 2) / from);
  }

  /** The entry that it was, if that has its colour in this palette; else the first that has. */
  private int indexOf(BackgroundColor background) {
    int rgb = background.rgb8();
    int index = background.paletteIndex().orElse(NONE);
    if (index != NONE && index < palette.length && (palette[index] & 0xFF_FFFF) == rgb) {
      return index;
    }
    for (int i = 0; i < palette.length; i++) {
      if ((palette[i] & 0xFF_FFFF) == rgb) {
        return i;
      }
    }
    return NONE;
  }
}
