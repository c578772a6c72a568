package io.github.lodepngffm.testkit;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the classic 24-bit BMP and nothing else. Where other readers forgive, this one fails the
 * test: each header field must hold its one right value, padding must be zero, and no byte may be
 * missing or left over.
 */
public final class BmpReader {

  /**
   * What the file holds.
   *
   * @param rgb {@code width * height * 3} bytes, rows from the top
   */
  public record Bmp(int width, int height, int xPixelsPerMetre, int yPixelsPerMetre, byte[] rgb) {}

  private final ByteBuffer file;

  private BmpReader(byte[] bytes) {
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads a BMP that fills the whole segment. */
  public static Bmp read(MemorySegment segment) {
    return read(segment.toArray(ValueLayout.JAVA_BYTE));
  }

  /**
   * Reads a BMP that fills the whole array.
   *
   * @throws AssertionError naming the first field that is wrong, what it holds and what it should
   */
  public static Bmp read(byte[] bytes) {
    return new BmpReader(bytes).read();
  }

  private Bmp read() {
    int size = file.capacity();
    if (size < 54) {
      throw new AssertionError("a BMP has 54 bytes of headers, this one ends after " + size);
    }
    expect16("bfType ('BM')", 0, 0x4D42);
    expect32("bfSize (against the file's real size)", 2, size);
    expect16("bfReserved1", 6, 0);
    expect16("bfReserved2", 8, 0);
    expect32("bfOffBits", 10, 54);
    expect32("biSize", 14, 40);
    expect16("biPlanes", 26, 1);
    expect16("biBitCount", 28, 24);
    expect32("biCompression", 30, 0);
    expect32("biSizeImage", 34, 0);
    expect32("biClrUsed", 46, 0);
    expect32("biClrImportant", 50, 0);
    int width = positive("biWidth", 18);
    int height = positive("biHeight", 22);
    int xDensity = notNegative("biXPelsPerMeter", 38);
    int yDensity = notNegative("biYPelsPerMeter", 42);
    long rowBytes = 3L * width;
    long stride = rowBytes + (4 - rowBytes % 4) % 4;
    long needed = 54 + Math.multiplyExact(stride, (long) height);
    if (needed != size) {
      throw new AssertionError(
          "a BMP of %dx%d has %d bytes, this one has %d".formatted(width, height, needed, size));
    }
    return new Bmp(width, height, xDensity, yDensity, pixels(width, height, (int) stride));
  }

  private byte[] pixels(int width, int height, int stride) {
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    int target = 0;
    for (int y = 0; y < height; y++) {
      int row = 54 + (height - 1 - y) * stride;
      for (int x = 0; x < width; x++) {
        rgb[target++] = file.get(row + 3 * x + 2);
        rgb[target++] = file.get(row + 3 * x + 1);
        rgb[target++] = file.get(row + 3 * x);
      }
      for (int at = row + 3 * width; at < row + stride; at++) {
        if (file.get(at) != 0) {
          throw new AssertionError(
              "padding after row %d (from the top) holds %d at offset %d, not 0"
                  .formatted(y, file.get(at) & 0xFF, at));
        }
      }
    }
    return rgb;
  }

  private void expect16(String field, int offset, int expected) {
    expect(field, offset, file.getShort(offset) & 0xFFFF, expected);
  }

  private void expect32(String field, int offset, int expected) {
    expect(field, offset, file.getInt(offset) & 0xFFFFFFFFL, expected & 0xFFFFFFFFL);
  }

  private static void expect(String field, int offset, long actual, long expected) {
    if (actual != expected) {
      throw new AssertionError(
          "%s at offset %d is %d (0x%x), not %d (0x%x)"
              .formatted(field, offset, actual, actual, expected, expected));
    }
  }

  private int positive(String field, int offset) {
    int value = file.getInt(offset);
    if (value <= 0) {
      throw new AssertionError(
          "%s at offset %d is %d, not positive".formatted(field, offset, value));
    }
    return value;
  }

  private int notNegative(String field, int offset) {
    int value = file.getInt(offset);
    if (value < 0) {
      throw new AssertionError("%s at offset %d is %d: negative".formatted(field, offset, value));
    }
    return value;
  }
}
