package io.github.lodepngffm.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A BMP of any of the kinds that are written here, read by the definitions of its header fields.
 * Where other readers forgive, this one fails the test: sizes must agree, padding must be zero, and
 * no byte may be missing or left over.
 *
 * @param headerBytes biSize: 40 (BITMAPINFOHEADER), 108 (BITMAPV4HEADER) or 124 (BITMAPV5HEADER)
 * @param colors entries of the palette
 * @param rgba {@code width * height * 4} bytes, rows from the top; 255 where the format has no
 *     alpha
 * @param profile the ICC profile behind the pixels, or {@code null}
 */
public record BmpVariant(
    int headerBytes,
    int bitsPerPixel,
    int width,
    int height,
    int colors,
    int xPixelsPerMetre,
    int yPixelsPerMetre,
    byte[] rgba,
    byte[] profile) {

  private static final int FILE_HEADER = 14;
  private static final int BI_RGB = 0;
  private static final int BI_BITFIELDS = 3;
  private static final int LCS_SRGB = 0x73524742; // 'sRGB'
  private static final int PROFILE_EMBEDDED = 0x4D424544; // 'MBED'

  /** Reads a BMP that fills the whole array. */
  public static BmpVariant read(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    expect("bfType", file.getShort(0), 0x4D42);
    expect("bfSize", file.getInt(2), bytes.length);
    expect("bfReserved1 and bfReserved2", file.getInt(6), 0);
    int headerBytes = file.getInt(14);
    int width = file.getInt(18);
    int height = file.getInt(22);
    expect("biPlanes", file.getShort(26), 1);
    int bits = file.getShort(28);
    int clrUsed = file.getInt(46);
    int colors = bits > 8 ? 0 : clrUsed == 0 ? 1 << bits : clrUsed;
    int pixelOffset = FILE_HEADER + headerBytes + 4 * colors;
    expect("bfOffBits", file.getInt(10), pixelOffset);
    if (bits == 32) {
      masks(file);
    } else {
      expect("biSize", headerBytes, 40);
      expect("biCompression", file.getInt(30), BI_RGB);
    }
    int stride = (int) (((long) width * bits + 31) / 32 * 4);
    int pixelBytes = stride * height;
    int sizeImage = file.getInt(34);
    if (sizeImage != 0) {
      expect("biSizeImage", sizeImage, pixelBytes);
    }
    byte[] profile = headerBytes == 124 ? profile(file, pixelOffset + pixelBytes) : null;
    int profileBytes = profile == null ? 0 : profile.length;
    expect("bytes of the file", bytes.length, pixelOffset + pixelBytes + profileBytes);
    byte[] rgba = new byte[4 * width * height];
    for (int y = 0; y < height; y++) {
      int row = pixelOffset + (height - 1 - y) * stride;
      row(file, row, bits, width, FILE_HEADER + headerBytes, colors, rgba, 4 * y * width);
      padding(file, row, bits, width, stride);
    }
    return new BmpVariant(
        headerBytes, bits, width, height, colors, file.getInt(38), file.getInt(42), rgba, profile);
  }

  private static void masks(ByteBuffer file) {
    int headerBytes = file.getInt(14);
    if (headerBytes != 108 && headerBytes != 124) {
      throw new AssertionError("biSize is %d, not 108 or 124".formatted(headerBytes));
    }
    expect("bV4V4Compression", file.getInt(30), BI_BITFIELDS);
    expect("bV4RedMask", file.getInt(54), 0x00FF0000);
    expect("bV4GreenMask", file.getInt(58), 0x0000FF00);
    expect("bV4BlueMask", file.getInt(62), 0x000000FF);
    expect("bV4AlphaMask", file.getInt(66), 0xFF000000);
    expect("bV4CSType", file.getInt(70), headerBytes == 108 ? LCS_SRGB : PROFILE_EMBEDDED);
  }

  private static byte[] profile(ByteBuffer file, int behindPixels) {
    int offset = file.getInt(FILE_HEADER + 112); // bV5ProfileData, from the header's beginning
    int size = file.getInt(FILE_HEADER + 116);
    expect("bV5ProfileData", offset, behindPixels - FILE_HEADER);
    expect("bV5Reserved", file.getInt(FILE_HEADER + 120), 0);
    return Arrays.copyOfRange(file.array(), behindPixels, behindPixels + size);
  }

  private static void row(
      ByteBuffer file,
      int row,
      int bits,
      int width,
      int palette,
      int colors,
      byte[] rgba,
      int target) {
    for (int x = 0; x < width; x++) {
      int at = row + (int) ((long) x * bits / 8);
      if (bits <= 8) {
        int index = (file.get(at) & 0xFF) >> (8 - bits - x * bits % 8) & (1 << bits) - 1;
        if (index >= colors) {
          throw new AssertionError(
              "pixel %d has index %d, the palette %d colors".formatted(x, index, colors));
        }
        at = palette + 4 * index;
        expect("rgbReserved of color " + index, file.get(at + 3), 0);
      }
      rgba[target + 4 * x] = file.get(at + 2);
      rgba[target + 4 * x + 1] = file.get(at + 1);
      rgba[target + 4 * x + 2] = file.get(at);
      rgba[target + 4 * x + 3] = bits == 32 ? file.get(at + 3) : (byte) 255;
    }
  }

  private static void padding(ByteBuffer file, int row, int bits, int width, int stride) {
    long used = (long) width * bits;
    if (used % 8 != 0) {
      int rest = file.get(row + (int) (used / 8)) & 0xFF >> used % 8;
      expect("bits behind the last pixel of a row", rest, 0);
    }
    for (int at = (int) ((used + 7) / 8); at < stride; at++) {
      expect("padding at offset " + (row + at), file.get(row + at), 0);
    }
  }

  private static void expect(String field, int actual, int expected) {
    if (actual != expected) {
      throw new AssertionError(
          "%s is %d (0x%x), not %d (0x%x)".formatted(field, actual, actual, expected, expected));
    }
  }
}
