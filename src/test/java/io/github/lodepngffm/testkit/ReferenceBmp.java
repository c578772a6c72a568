package io.github.lodepngffm.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The complete bytes of the classic BMP: BITMAPFILEHEADER (14 bytes), BITMAPINFOHEADER (40 bytes),
 * then 24-bit BGR rows from the bottom, each padded with zeros to a multiple of four bytes.
 * biSizeImage is 0, as BI_RGB allows.
 */
public final class ReferenceBmp {

  static final int FILE_HEADER = 14;
  static final int INFO_HEADER = 40;
  static final int PIXEL_OFFSET = FILE_HEADER + INFO_HEADER;

  private ReferenceBmp() {}

  /** What the PNG of this image must become. */
  public static byte[] bytes(TestImage image) {
    Density density = image.density();
    boolean known = density != null && density.unit() == Density.METRE;
    return bytes(
        image.width(),
        image.height(),
        ReferencePixels.rgb8(image),
        known ? density.x() : 0,
        known ? density.y() : 0);
  }

  /** A BMP of R G B bytes, rows from the top, as an independent decoder delivers them. */
  public static byte[] bytes(
      int width, int height, byte[] rgb, int xPixelsPerMetre, int yPixelsPerMetre) {
    long stride = stride(width);
    int size = Math.toIntExact(PIXEL_OFFSET + stride * height);
    ByteBuffer bmp = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    bmp.put((byte) 'B').put((byte) 'M'); // bfType
    bmp.putInt(size); // bfSize
    bmp.putShort((short) 0).putShort((short) 0); // bfReserved1, bfReserved2
    bmp.putInt(PIXEL_OFFSET); // bfOffBits
    bmp.putInt(INFO_HEADER); // biSize
    bmp.putInt(width); // biWidth
    bmp.putInt(height); // biHeight: positive, so the rows start at the bottom
    bmp.putShort((short) 1); // biPlanes
    bmp.putShort((short) 24); // biBitCount
    bmp.putInt(0); // biCompression: BI_RGB
    bmp.putInt(0); // biSizeImage
    bmp.putInt(xPixelsPerMetre); // biXPelsPerMeter
    bmp.putInt(yPixelsPerMetre); // biYPelsPerMeter
    bmp.putInt(0); // biClrUsed
    bmp.putInt(0); // biClrImportant
    for (int y = height - 1; y >= 0; y--) {
      for (int x = 0; x < width; x++) {
        int at = (y * width + x) * 3;
        bmp.put(rgb[at + 2]).put(rgb[at + 1]).put(rgb[at]);
      }
      for (long padding = 3L * width; padding < stride; padding++) {
        bmp.put((byte) 0);
      }
    }
    return bmp.array();
  }

  /**
   * A copy of a BMP with biXPelsPerMeter and biYPelsPerMeter zero, to be compared with files of
   * writers that drop the resolution.
   */
  public static byte[] withoutDensity(byte[] bmp) {
    byte[] copy = bmp.clone();
    Arrays.fill(copy, 38, 46, (byte) 0);
    return copy;
  }

  /** Bytes of one row including its padding. */
  public static long stride(int width) {
    return (3L * width + 3) / 4 * 4;
  }
}
