package io.github.lodepngffm.testkit;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The JDK's PNG reader as a second opinion on pixels.
 *
 * <p>Its raster holds the file's own samples exactly, in every colour type, bit depth, filter and
 * interlace, with one exception: gray of 1, 2 or 4 bits with a tRNS colour key arrives widened to 8
 * bits. {@link BufferedImage#getRGB} on the other hand is exact only for RGB and RGBA of 8 bits,
 * for palettes, and for gray below 8 bits without a colour key: it takes gray of 8 bits and more
 * for linear light, and rounds 16 bits where the high byte is wanted. So only rasters are used
 * here.
 */
public final class ImageIoDecoder {

  private ImageIoDecoder() {}

  /**
   * The decoded samples, row by row, channels interleaved in file order.
   *
   * @param channels how many to take of each pixel; a colour key makes the reader append an alpha
   *     channel that the file has not
   */
  public static int[] samples(byte[] png, int channels) throws IOException {
    Raster raster = decode(png).getRaster();
    int width = raster.getWidth();
    int[] samples = new int[width * raster.getHeight() * channels];
    for (int i = 0; i < samples.length; i++) {
      int pixel = i / channels;
      samples[i] = raster.getSample(pixel % width, pixel / width, i % channels);
    }
    return samples;
  }

  /** The pixels in the form of {@link ReferencePixels#rgb8}, by the same rules. */
  public static byte[] rgb8(byte[] png) throws IOException {
    return rgb8(decode(png));
  }

  private static byte[] rgb8(BufferedImage image) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    int width = image.getWidth();
    byte[] rgb = new byte[width * image.getHeight() * 3];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      int channel = i % 3;
      if (model instanceof IndexColorModel palette) {
        rgb[i] = (byte) (palette.getRGB(raster.getSample(x, y, 0)) >> (16 - 8 * channel));
      } else {
        int band = raster.getNumBands() < 3 ? 0 : channel;
        int bits = model.getComponentSize(band);
        int sample = raster.getSample(x, y, band);
        rgb[i] = (byte) (bits == 16 ? sample >> 8 : sample * 255 / ((1 << bits) - 1));
      }
    }
    return rgb;
  }

  /** The pixels in the form of {@link ReferencePixels#rgba8}, by the same rules; also of a BMP. */
  public static byte[] rgba8(byte[] file) throws IOException {
    BufferedImage image = decode(file);
    Raster raster = image.getRaster();
    byte[] rgb = rgb8(image);
    int width = image.getWidth();
    byte[] rgba = new byte[rgb.length / 3 * 4];
    for (int pixel = 0; pixel < rgba.length / 4; pixel++) {
      System.arraycopy(rgb, 3 * pixel, rgba, 4 * pixel, 3);
      rgba[4 * pixel + 3] = (byte) alpha(image, raster, pixel % width, pixel / width);
    }
    return rgba;
  }

  /** R, G, B, A of each pixel, 0 to 65535; samples of fewer bits are scaled to that range. */
  public static int[] rgba16(byte[] png) throws IOException {
    BufferedImage image = decode(png);
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int[] rgba = new int[width * image.getHeight() * 4];
    for (int i = 0; i < rgba.length; i++) {
      rgba[i] = sample16(image, raster, i / 4 % width, i / 4 / width, i % 4);
    }
    return rgba;
  }

  private static int sample16(BufferedImage image, Raster raster, int x, int y, int channel) {
    if (image.getColorModel() instanceof IndexColorModel palette) {
      int argb = palette.getRGB(raster.getSample(x, y, 0));
      return (channel == 3 ? argb >>> 24 : argb >> (16 - 8 * channel) & 0xff) * 257;
    }
    int bands = raster.getNumBands();
    if (channel == 3 && bands % 2 == 1) {
      return 65535; // gray, or red, green, blue
    }
    int band = channel == 3 ? bands - 1 : bands < 3 ? 0 : channel;
    int most = (1 << image.getColorModel().getComponentSize(band)) - 1;
    return raster.getSample(x, y, band) * (65535 / most);
  }

  private static int alpha(BufferedImage image, Raster raster, int x, int y) {
    int last = raster.getNumBands() - 1;
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return palette.getAlpha(raster.getSample(x, y, 0));
    }
    if (last % 2 == 0) {
      return 255; // gray, or red, green, blue
    }
    int bits = image.getColorModel().getComponentSize(last);
    int sample = raster.getSample(x, y, last);
    return bits == 16 ? sample >> 8 : sample * 255 / ((1 << bits) - 1);
  }

  private static BufferedImage decode(byte[] png) throws IOException {
    // A stream of our own, because ImageIO's default one goes through a temporary file.
    var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(png));
    BufferedImage image = ImageIO.read(stream);
    if (image == null) {
      stream.close();
      throw new IOException("ImageIO does not take this for an image");
    }
    return image;
  }
}
