package io.github.lodepngffm.testkit;

import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/** Pixels to be encoded, and what they are as samples, by the names of their formats alone. */
public final class EncodedPixels {
  /** What the image looks like. */
  public enum Kind {
    NOISE,
    SMOOTH,
    SCREEN,
    /** Red, green and blue are the same. */
    GRAY,
    /** Few of them, and opaque. */
    FEW_GRAYS,
    /** Alpha is the largest value. */
    OPAQUE
  }

  private EncodedPixels() {}

  /** Where red, green, blue and alpha begin; -1 where there is none. */
  private static int[] offsets(PixelFormat format) {
    int bytes = format.bytesPerSample();
    return switch (format) {
      case GRAY8, GRAY16, INDEXED8 -> new int[] {0, 0, 0, -1};
      case GRAY_ALPHA8, GRAY_ALPHA16 -> new int[] {0, 0, 0, bytes};
      case RGB8, RGB16 -> new int[] {0, bytes, 2 * bytes, -1};
      case RGBA8, RGBA16 -> new int[] {0, bytes, 2 * bytes, 3 * bytes};
      case BGR8 -> new int[] {2, 1, 0, -1};
      case BGRA8 -> new int[] {2, 1, 0, 3};
      case ARGB8 -> new int[] {1, 2, 3, 0};
      case ABGR8 -> new int[] {3, 2, 1, 0};
    };
  }

  /** Makes pixels with so many bytes between their rows. */
  public static Pixels of(
      Kind kind, PixelFormat format, int width, int height, int padding, Random random, Arena arena) {
    long stride = (long) width * format.bytesPerPixel() + padding;
    MemorySegment memory = arena.allocate(stride * height);
    Pixels pixels = new Pixels(memory, width, height, format, 0, stride);
    int[] offsets = offsets(format);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < 4; channel++) {
          if (offsets[channel] >= 0) {
            int value = value(kind, x, y, channel, random);
            set(pixels, x, y, offsets[channel], value);
          }
        }
      }
    }
    return pixels;
  }

  private static int value(Kind kind, int x, int y, int channel, Random random) {
    if (channel == 3 && (kind == Kind.OPAQUE || kind == Kind.FEW_GRAYS)) {
      return 65535;
    }
    return switch (kind) {
      case NOISE -> random.nextInt(65536);
      case SCREEN -> (x / 13 * 7 + y / 5 * 3) % 40 * 1500 * (channel + 1) & 0xffff;
      case FEW_GRAYS -> (x * 3 + y) % 16 * 17 * 257;
      case GRAY -> channel == 3 ? random.nextInt(65536) : x * 300 + y * 500 & 0xffff;
      default -> x * 300 + y * 200 * (channel + 1) + random.nextInt(900) & 0xffff;
    };
  }

  private static void set(Pixels pixels, int x, int y, int offset, int value) {
    long at = at(pixels, x, y) + offset;
    if (pixels.format().bytesPerSample() == 2) {
      pixels.memory().set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) value);
    } else {
      pixels.memory().set(ValueLayout.JAVA_BYTE, at, (byte) (value >> 8));
    }
  }

  private static long at(Pixels pixels, int x, int y) {
    return pixels.firstRow() + y * pixels.stride() + (long) x * pixels.format().bytesPerPixel();
  }

  /** R, G, B, A of each pixel, 0 to 65535. */
  public static int[] rgba16(Pixels pixels, int... palette) {
    int[] offsets = offsets(pixels.format());
    int[] rgba = new int[pixels.width() * pixels.height() * 4];
    for (int i = 0; i < rgba.length; i++) {
      long at = at(pixels, i / 4 % pixels.width(), i / 4 / pixels.width());
      int offset = offsets[i % 4];
      if (pixels.format() == PixelFormat.INDEXED8) {
        int argb = palette[pixels.memory().get(ValueLayout.JAVA_BYTE, at) & 0xff];
        rgba[i] = (i % 4 == 3 ? argb >>> 24 : argb >> (16 - 8 * (i % 4)) & 0xff) * 257;
      } else if (offset < 0) {
        rgba[i] = 65535;
      } else if (pixels.format().bytesPerSample() == 2) {
        rgba[i] = pixels.memory().get(ValueLayout.JAVA_SHORT_UNALIGNED, at + offset) & 0xffff;
      } else {
        rgba[i] = (pixels.memory().get(ValueLayout.JAVA_BYTE, at + offset) & 0xff) * 257;
      }
    }
    return rgba;
  }
}
