package io.github.lodepngffm.testkit;

import io.github.lodepngffm.Alpha;
import io.github.lodepngffm.PixelFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The pixels that a decoder must deliver in each {@link PixelFormat}, computed straight from the
 * samples of the image, one pixel after the other.
 *
 * <p>Each sample is brought to the depth of the format first: from 16 to 8 bits by its high byte,
 * to more bits in proportion, which is exact since the largest values are multiples. Only then
 * transparency is applied, in the arithmetic of that depth.
 */
public final class ReferenceFormats {
  private static final int RED = 0;
  private static final int GREEN = 1;
  private static final int BLUE = 2;
  private static final int ALPHA = 3;

  private ReferenceFormats() {}

  /** Rows from the top, without padding, straight alpha, no background. */
  public static byte[] bytes(TestImage image, PixelFormat format) {
    return bytes(image, format, Alpha.STRAIGHT, OptionalInt.empty());
  }

  /** Rows from the top, without padding. */
  public static byte[] bytes(
      TestImage image, PixelFormat format, Alpha alpha, OptionalInt background) {
    int pixels = Math.multiplyExact(image.width(), image.height());
    ByteBuffer out =
        ByteBuffer.allocate(Math.multiplyExact(pixels, format.bytesPerPixel()))
            .order(ByteOrder.nativeOrder());
    for (int pixel = 0; pixel < pixels; pixel++) {
      if (format == PixelFormat.INDEXED8) {
        out.put((byte) image.samples()[pixel]);
        continue;
      }
      int max = format.bytesPerSample() == 1 ? 255 : 65_535;
      int[] rgba = rgba(image, pixel, max);
      if (background.isPresent()) {
        putOnto(background.getAsInt(), rgba, max);
      }
      if (alpha == Alpha.PREMULTIPLIED && format.hasAlpha()) {
        for (int i = RED; i <= BLUE; i++) {
          rgba[i] = weighted(rgba[i], rgba[ALPHA], 0, max);
        }
      }
      for (int channel : channels(format)) {
        if (max == 255) {
          out.put((byte) rgba[channel]);
        } else {
          out.putShort((short) rgba[channel]);
        }
      }
    }
    return out.array();
  }

  /** Whether an image can be had in a format: colour does not become gray, nor an index. */
  public static boolean exists(PngFormat image, PixelFormat format) {
    if (format == PixelFormat.INDEXED8) {
      return image.hasPalette();
    }
    boolean gray = image.colorType() == PngFormat.GRAY || image.colorType() == PngFormat.GRAY_ALPHA;
    return gray || !format.isGray();
  }

  private static int[] channels(PixelFormat format) {
    return switch (format) {
      case GRAY8, GRAY16 -> new int[] {RED};
      case GRAY_ALPHA8, GRAY_ALPHA16 -> new int[] {RED, ALPHA};
      case RGB8, RGB16 -> new int[] {RED, GREEN, BLUE};
      case BGR8 -> new int[] {BLUE, GREEN, RED};
      case RGBA8, RGBA16 -> new int[] {RED, GREEN, BLUE, ALPHA};
      case BGRA8 -> new int[] {BLUE, GREEN, RED, ALPHA};
      case ARGB8 -> new int[] {ALPHA, RED, GREEN, BLUE};
      case ABGR8 -> new int[] {ALPHA, BLUE, GREEN, RED};
      case INDEXED8 -> throw new IllegalArgumentException("an index has no channels");
    };
  }

  private static void putOnto(int background, int[] rgba, int max) {
    for (int i = RED; i <= BLUE; i++) {
      int sample = (background >> (16 - 8 * i) & 0xFF) * (max / 255);
      rgba[i] = weighted(rgba[i], rgba[ALPHA], sample, max);
    }
    rgba[ALPHA] = max;
  }

  private static int weighted(int above, int alpha, int below, int max) {
    return (int) (((long) above * alpha + (long) below * (max - alpha) + max / 2) / max);
  }

  private static int[] rgba(TestImage image, int pixel, int max) {
    PngFormat format = image.format();
    int first = pixel * format.channels();
    int[] samples = image.samples();
    int alpha = alpha(image, pixel, max);
    if (format.hasPalette()) {
      int index = samples[first];
      int color = index < image.palette().length ? image.palette()[index] : 0;
      int scale = max / 255;
      return new int[] {
        (color >> 16 & 0xFF) * scale, (color >> 8 & 0xFF) * scale, (color & 0xFF) * scale, alpha
      };
    }
    boolean gray = format.channels() < 3;
    int red = scaled(samples[first], format, max);
    return gray
        ? new int[] {red, red, red, alpha}
        : new int[] {
          red,
          scaled(samples[first + 1], format, max),
          scaled(samples[first + 2], format, max),
          alpha
        };
  }

  private static int alpha(TestImage image, int pixel, int max) {
    PngFormat format = image.format();
    int channels = format.channels();
    int first = pixel * channels;
    byte[] transparency = image.transparency();
    if (format.hasAlphaChannel()) {
      return scaled(image.samples()[first + channels - 1], format, max);
    }
    if (transparency == null) {
      return max;
    }
    if (format.hasPalette()) {
      int index = image.samples()[first];
      return index < transparency.length ? (transparency[index] & 0xFF) * (max / 255) : max;
    }
    int[] key = new int[channels];
    for (int i = 0; i < channels; i++) {
      key[i] = (transparency[2 * i] & 0xFF) << 8 | transparency[2 * i + 1] & 0xFF;
    }
    return Arrays.equals(image.samples(), first, first + channels, key, 0, channels) ? 0 : max;
  }

  private static int scaled(int sample, PngFormat format, int max) {
    return format.bitDepth() == 16 && max == 255
        ? sample >> 8
        : (int) ((long) sample * max / format.maxSample());
  }
}
