package io.github.lodepngffm;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Pixels in memory: a view that says where they are and owns nothing. The uppermost row begins
 * {@code firstRow} bytes into {@code memory}, and each row {@code stride} bytes after the one above
 * it. A negative stride means that the rows stand bottom-up. What lies between the rows is not part
 * of the pixels, and never written.
 *
 * {@snippet :
 * Pixels canvas = Pixels.of(Arena.ofAuto().allocate(640 * 480 * 4), 640, 480, PixelFormat.RGBA8);
 * Pixels corner = canvas.region(600, 0, 40, 40); // the same memory
 * Pixels texture = canvas.flipped(); // the same memory, the uppermost row last
 * }
 *
 * <p>A view lives as long as its memory does, and is as safe to use from several threads.
 *
 * @param memory where the pixels are; may be larger
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param format what the bytes of a pixel are
 * @param firstRow bytes before the first pixel of the uppermost row
 * @param stride bytes from a row to the one below it, at least the bytes of a row; or minus that
 */
public record Pixels(
    MemorySegment memory, int width, int height, PixelFormat format, long firstRow, long stride) {

  /**
   * A view, checked to lie within its memory.
   *
   * @throws IllegalArgumentException if a side is not positive, rows overlap, or a row lies outside
   *     of {@code memory}
   */
  public Pixels {
    Objects.requireNonNull(memory, "memory");
    Objects.requireNonNull(format, "format");
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          width + " x " + height + " pixels: a side is not positive");
    }
    long rowBytes = (long) width * format.bytesPerPixel();
    if (stride < rowBytes && stride > -rowBytes) {
      throw new IllegalArgumentException(
          "a stride of %d bytes is shorter than a row of %d %s pixels, %d bytes: rows would overlap"
              .formatted(stride, width, format, rowBytes));
    }
    long room = memory.byteSize() - rowBytes;
    long distance = saturatedProduct(height - 1, stride);
    // no sum here can overflow: a row begins between 0 and room, or it is refused
    boolean firstRowIsInside = firstRow >= 0 && firstRow <= room;
    if (!firstRowIsInside || distance > room - firstRow || distance < -firstRow) {
      throw new IllegalArgumentException(
          ("%d rows of %d bytes, the first at byte %d and each %d bytes after the one above it, do not"
                  + " lie within a segment of %d bytes")
              .formatted(height, rowBytes, firstRow, stride, memory.byteSize()));
    }
  }

  /** Exact, or the largest long of its sign, which no segment has room for. */
  private static long saturatedProduct(long rows, long stride) {
    long high = Math.multiplyHigh(rows, stride);
    long low = rows * stride;
    if (high == low >> 63) {
      return low;
    }
    return high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  /**
   * Pixels at the beginning of a segment, rows from the uppermost on, with nothing between them.
   *
   * @param memory at least {@code width * height} pixels
   * @param width pixels in a row, at least 1
   * @param height rows, at least 1
   * @param format what the bytes of a pixel are
   * @return a view
   * @throws IllegalArgumentException if a side is not positive, or {@code memory} is too short
   */
  public static Pixels of(MemorySegment memory, int width, int height, PixelFormat format) {
    return new Pixels(memory, width, height, format, 0, (long) width * format.bytesPerPixel());
  }

  /**
   * The same memory, its rows counted from the other end: what is decoded into it stands upside
   * down in {@code this}.
   *
   * @return a view
   */
  public Pixels flipped() {
    return new Pixels(memory, width, height, format, firstRow + (height - 1) * stride, -stride);
  }

  /**
   * A rectangle of these pixels.
   *
   * @param x columns to its left, not negative
   * @param y rows above it, not negative
   * @param regionWidth its pixels in a row, at least 1
   * @param regionHeight its rows, at least 1
   * @return a view of the same memory
   * @throws IllegalArgumentException if it does not lie within
   */
  public Pixels region(int x, int y, int regionWidth, int regionHeight) {
    if (x < 0
        || y < 0
        || regionWidth < 1
        || regionHeight < 1
        || regionWidth > width - x
        || regionHeight > height - y) {
      throw new IllegalArgumentException(
          "a region of %d x %d pixels at (%d, %d) does not lie within %d x %d"
              .formatted(regionWidth, regionHeight, x, y, width, height));
    }
    long first = firstRow + y * stride + (long) x * format.bytesPerPixel();
    return new Pixels(memory, regionWidth, regionHeight, format, first, stride);
  }

  /**
   * The bytes of the pixels of a row.
   *
   * @return width times the bytes of a pixel
   */
  public long rowBytes() {
    return (long) width * format.bytesPerPixel();
  }

  /**
   * One row.
   *
   * @param y rows above it
   * @return its pixels, and nothing of what may follow them
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public MemorySegment row(int y) {
    Objects.checkIndex(y, height);
    return memory.asSlice(firstRow + y * stride, rowBytes());
  }

  /**
   * The part of the memory that the pixels take up, from the byte with the lowest address to the
   * one with the highest, with what lies between the rows.
   *
   * @return a slice of {@code memory}
   */
  public MemorySegment bytes() {
    long lowest = Math.min(firstRow, firstRow + (height - 1) * stride);
    return memory.asSlice(lowest, (height - 1) * Math.abs(stride) + rowBytes());
  }

  /**
   * {@link #bytes()} for APIs of {@code java.nio}, without a copy. With a positive stride the pixel
   * in column x of row y begins at byte {@code y * stride + x * format.bytesPerPixel()}; with a
   * negative one the rows stand in it from the lowest to the uppermost, as OpenGL expects them.
   *
   * @return a view in native byte order, with position 0; read-only if the memory is
   * @throws UnsupportedOperationException if the bytes are more than a buffer can have,
   *     2,147,483,647
   */
  public ByteBuffer asByteBuffer() {
    MemorySegment bytes = bytes();
    if (bytes.byteSize() > Integer.MAX_VALUE) {
      throw new UnsupportedOperationException(
          "the pixels take up %d bytes, a ByteBuffer at most %d: use row or region"
              .formatted(bytes.byteSize(), Integer.MAX_VALUE));
    }
    return bytes.asByteBuffer().order(ByteOrder.nativeOrder());
  }
}
