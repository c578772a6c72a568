package io.github.lodepngffm.testkit;

import java.util.Arrays;

/**
 * The 8-bit pixels that a decoder must deliver, computed straight from the samples.
 *
 * <p>The rules are those by which independent decoders were compared for the conformance data: 16
 * bits become 8 by dropping the low byte (not by rounding); gray of 1, 2 and 4 bits is {@code value
 * * 255 / max}; gray becomes three equal channels; palettes are looked up; no gamma, no colour
 * profile, no background. An index beyond the palette is opaque black, as libpng and LodePNG have
 * it. A tRNS colour key makes alpha 0 where the samples equal it at the file's own bit depth.
 */
public final class ReferencePixels {

  private static final int OPAQUE = 255;

  private ReferencePixels() {}

  /** {@code width * height * 3} bytes, R G B, rows from the top, no padding; alpha is dropped. */
  public static byte[] rgb8(TestImage image) {
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(image.width(), image.height()), 3)];
    for (int pixel = 0; pixel < rgb.length / 3; pixel++) {
      int color = color(image, pixel);
      rgb[3 * pixel] = (byte) (color >> 16);
      rgb[3 * pixel + 1] = (byte) (color >> 8);
      rgb[3 * pixel + 2] = (byte) color;
    }
    return rgb;
  }

  /** {@code width * height * 4} bytes, R G B A, rows from the top, not premultiplied. */
  public static byte[] rgba8(TestImage image) {
    byte[] rgba =
        new byte[Math.multiplyExact(Math.multiplyExact(image.width(), image.height()), 4)];
    for (int pixel = 0; pixel < rgba.length / 4; pixel++) {
      int color = color(image, pixel);
      rgba[4 * pixel] = (byte) (color >> 16);
      rgba[4 * pixel + 1] = (byte) (color >> 8);
      rgba[4 * pixel + 2] = (byte) color;
      rgba[4 * pixel + 3] = (byte) alpha(image, pixel);
    }
    return rgba;
  }

  private static int color(TestImage image, int pixel) {
    PngFormat format = image.format();
    int first = pixel * format.channels();
    int[] samples = image.samples();
    return switch (format.colorType()) {
      case PngFormat.GRAY, PngFormat.GRAY_ALPHA -> to8Bits(samples[first], format) * 0x010101;
      case PngFormat.PALETTE -> paletteColor(image.palette(), samples[first]);
      default ->
          to8Bits(samples[first], format) << 16
              | to8Bits(samples[first + 1], format) << 8
              | to8Bits(samples[first + 2], format);
    };
  }

  private static int paletteColor(int[] palette, int index) {
    return index < palette.length ? palette[index] & 0xFFFFFF : 0;
  }

  private static int alpha(TestImage image, int pixel) {
    PngFormat format = image.format();
    int channels = format.channels();
    int first = pixel * channels;
    int[] samples = image.samples();
    byte[] transparency = image.transparency();
    if (format.hasAlphaChannel()) {
      return to8Bits(samples[first + channels - 1], format);
    }
    if (transparency == null) {
      return OPAQUE;
    }
    if (format.hasPalette()) {
      // Entries that tRNS does not reach are opaque.
      int index = samples[first];
      return index < transparency.length ? transparency[index] & 0xFF : OPAQUE;
    }
    int[] key = new int[channels];
    for (int i = 0; i < channels; i++) {
      key[i] = (transparency[2 * i] & 0xFF) << 8 | transparency[2 * i + 1] & 0xFF;
    }
    return Arrays.equals(samples, first, first + channels, key, 0, channels) ? 0 : OPAQUE;
  }

  private static int to8Bits(int sample, PngFormat format) {
    return format.bitDepth() == 16 ? sample >> 8 : sample * 255 / format.maxSample();
  }
}
