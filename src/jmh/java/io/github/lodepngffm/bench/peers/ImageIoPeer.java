package io.github.lodepngffm.bench.peers;

import io.github.lodepngffm.bench.Job;
import io.github.lodepngffm.bench.Peer;
import io.github.lodepngffm.bench.Picture;
import io.github.lodepngffm.bench.Work;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * The JDK's own reader and writer. Without {@code setUseCache(false)} it would write every image to
 * a temporary file and read it again, and be slower still.
 */
public final class ImageIoPeer implements Peer {
  @Override
  public String id() {
    return "imageio";
  }

  @Override
  public String title() {
    return "JDK ImageIO";
  }

  @Override
  public String version() {
    ImageIO.setUseCache(false);
    return "JDK " + Runtime.version();
  }

  @Override
  public boolean can(Work work) {
    return work == Work.CONVERT || work == Work.DECODE;
  }

  @Override
  public Job open(Picture picture, Work work) {
    byte[] png = picture.bytes();
    return work == Work.DECODE ? new HeapJob(() -> read(png)) : new HeapJob(() -> convert(png));
  }

  private static BufferedImage read(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static byte[] convert(byte[] png) throws IOException {
    BufferedImage image = Bitmaps.opaque(read(png));
    ByteArrayOutputStream bmp = new ByteArrayOutputStream(3 * image.getWidth() * image.getHeight());
    if (!ImageIO.write(image, "bmp", bmp)) {
      throw new IOException("ImageIO has no BMP writer for this image");
    }
    return bmp.toByteArray();
  }
}
