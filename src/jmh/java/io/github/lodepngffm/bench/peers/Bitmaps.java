package io.github.lodepngffm.bench.peers;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Images of the JDK's kind as the 24-bit ones a BMP of this project has: alpha dropped, the high
 * byte of 16 bits, gray as it is. {@code Graphics2D} would blend alpha and take gray for linear
 * light, so the samples are read from the raster, a row at a time.
 */
final class Bitmaps {
  private Bitmaps() {}

  static BufferedImage opaque(BufferedImage image) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
      return image;
    }
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage opaque = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) opaque.getRaster().getDataBuffer()).getData();
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int[] row = new int[width * bands];
    int at = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      if (image.getColorModel() instanceof IndexColorModel palette) {
        at = indexed(row, palette, bgr, at);
      } else {
        at = direct(row, bands, image.getColorModel().getComponentSize(0), bgr, at);
      }
    }
    return opaque;
  }

  /** The same with an alpha channel of 255 everywhere. */
  static BufferedImage withAlpha(BufferedImage image) {
    BufferedImage opaque = opaque(image);
    byte[] bgr = ((DataBufferByte) opaque.getRaster().getDataBuffer()).getData();
    BufferedImage wide =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_4BYTE_ABGR);
    byte[] abgr = ((DataBufferByte) wide.getRaster().getDataBuffer()).getData();
    for (int from = 0, to = 0; from < bgr.length; from += 3, to += 4) {
      abgr[to] = (byte) 255;
      System.arraycopy(bgr, from, abgr, to + 1, 3);
    }
    return wide;
  }

  private static int indexed(int[] row, IndexColorModel palette, byte[] bgr, int start) {
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    int at = start;
    for (int index : row) {
      int colour = colours[index];
      bgr[at++] = (byte) colour;
      bgr[at++] = (byte) (colour >> 8);
      bgr[at++] = (byte) (colour >> 16);
    }
    return at;
  }

  private static int direct(int[] row, int bands, int bits, byte[] bgr, int start) {
    int shift = bits == 16 ? 8 : 0;
    int green = bands < 3 ? 0 : 1;
    int blue = bands < 3 ? 0 : 2;
    int at = start;
    for (int i = 0; i < row.length; i += bands) {
      bgr[at++] = (byte) (row[i + blue] >> shift);
      bgr[at++] = (byte) (row[i + green] >> shift);
      bgr[at++] = (byte) (row[i] >> shift);
    }
    return at;
  }
}
