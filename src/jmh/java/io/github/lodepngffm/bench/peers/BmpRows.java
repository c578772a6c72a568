package io.github.lodepngffm.bench.peers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A 24-bit BMP on the heap, filled row by row, for peers that have pixels but no BMP writer. */
final class BmpRows {
  private static final int HEADER = 54;

  private final byte[] bmp;
  private final int width;
  private final int height;
  private final int stride;

  BmpRows(int width, int height) {
    this.width = width;
    this.height = height;
    stride = (3 * width + 3) / 4 * 4;
    bmp = new byte[HEADER + stride * height];
    ByteBuffer header = ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 'B').put((byte) 'M').putInt(bmp.length).putInt(0).putInt(HEADER);
    header.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 24);
  }

  /** Where row y, counted from the uppermost, begins in {@link #bytes}. */
  int row(int y) {
    return HEADER + stride * (height - 1 - y);
  }

  /** All rows out of R, G, B bytes without gaps. */
  BmpRows fill(ByteBuffer rgb) {
    int from = 0;
    for (int y = 0; y < height; y++) {
      int to = row(y);
      for (int x = 0; x < width; x++, from += 3, to += 3) {
        bmp[to] = rgb.get(from + 2);
        bmp[to + 1] = rgb.get(from + 1);
        bmp[to + 2] = rgb.get(from);
      }
    }
    return this;
  }

  byte[] bytes() {
    return bmp;
  }
}
