package io.github.lodepngffm.cli;

import io.github.lodepngffm.ColorType;
import io.github.lodepngffm.PngInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Whether a PNG has transparency, told from its chunks before the image data. */
final class TransparencyScan {
  private static final int TRNS = 0x74524E53;
  private static final int IDAT = 0x49444154;

  /** A file with more before its image data is not read for a line of text. */
  private static final long MOST_BYTES = 1 << 20;

  private TransparencyScan() {}

  /**
   * Looks on where the header ends.
   *
   * @param png stands behind the IHDR chunk
   */
  static boolean finds(PngInfo info, ReadableByteChannel png) throws IOException {
    if (info.colorType() == ColorType.GRAYSCALE_ALPHA
        || info.colorType() == ColorType.TRUECOLOR_ALPHA) {
      return true;
    }
    ByteBuffer head = ByteBuffer.allocate(8);
    long read = 0;
    while (read < MOST_BYTES && isFilled(head.clear(), png)) {
      long length = Integer.toUnsignedLong(head.getInt(0));
      int type = head.getInt(4);
      if (type == TRNS || type == IDAT) {
        return type == TRNS;
      }
      read += 12 + length;
      if (read > MOST_BYTES || !isFilled(ByteBuffer.allocate((int) length + 4), png)) {
        return false;
      }
    }
    return false;
  }

  private static boolean isFilled(ByteBuffer buffer, ReadableByteChannel png) throws IOException {
    int count = 0;
    while (buffer.hasRemaining() && count >= 0) {
      count = png.read(buffer);
    }
    return !buffer.hasRemaining();
  }
}
