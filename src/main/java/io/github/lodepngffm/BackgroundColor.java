package io.github.lodepngffm;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What an image would like to be shown on: the bKGD chunk (PNG, 11.3.4.1). Decoding does not use
 * it; {@link DecodeOptions#withBackground} with {@link #rgb8()} does.
 *
 * @param red a sample of {@code bitDepth} bits; of a gray background all three are the same
 * @param green likewise
 * @param blue likewise
 * @param bitDepth bits of a sample: 1, 2, 4, 8 or 16; that of the image, and 8 of an indexed one
 * @param paletteIndex which entry of the palette it is, in an indexed image
 */
public record BackgroundColor(
    int red, int green, int blue, int bitDepth, OptionalInt paletteIndex) {

  /**
   * A background with these values.
   *
   * @throws IllegalArgumentException if a value is out of range; samples may be of 16 bits whatever
   *     the depth, as the chunk holds them, and more bits than the depth has mean nothing
   */
  public BackgroundColor {
    Objects.requireNonNull(paletteIndex, "paletteIndex");
    if (bitDepth != 1 && bitDepth != 2 && bitDepth != 4 && bitDepth != 8 && bitDepth != 16) {
      throw new IllegalArgumentException("PNG has no samples of " + bitDepth + " bits");
    }
    requireSample(red, "red");
    requireSample(green, "green");
    requireSample(blue, "blue");
    if (paletteIndex.isPresent() && (paletteIndex.getAsInt() >> 8) != 0) {
      throw new IllegalArgumentException("paletteIndex is " + paletteIndex.getAsInt());
    }
  }

  private static void requireSample(int sample, String name) {
    if (sample < 0 || sample > 0xFFFF) {
      throw new IllegalArgumentException(name + " is " + sample + ", must be 0 to 65535");
    }
  }

  /**
   * A background of 8 bits a sample.
   *
   * @param red 0 to 255
   * @param green 0 to 255
   * @param blue 0 to 255
   * @return no entry of a palette
   * @throws IllegalArgumentException if a value is out of range
   */
  public static BackgroundColor ofRgb(int red, int green, int blue) {
    if ((red | green | blue) >> 8 != 0) {
      throw new IllegalArgumentException(
          "red %d, green %d, blue %d: must be 0 to 255".formatted(red, green, blue));
    }
    return new BackgroundColor(red, green, blue, 8, OptionalInt.empty());
  }

  /**
   * The colour with 8 bits a sample: the high byte of 16 bits, the whole range of fewer.
   *
   * @return {@code 0xRRGGBB}
   */
  public int rgb8() {
    return to8(red) << 16 | to8(green) << 8 | to8(blue);
  }

  private int to8(int sample) {
    int most = (1 << bitDepth) - 1;
    return bitDepth == 16 ? sample >> 8 : (sample & most) * 0xFF / most;
  }
}
