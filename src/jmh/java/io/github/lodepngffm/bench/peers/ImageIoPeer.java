package io.github.lodepngffm.bench.peers;

import io.github.lodepngffm.bench.Job;
import io.github.lodepngffm.bench.Peer;
import io.github.lodepngffm.bench.Picture;
import io.github.lodepngffm.bench.Work;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageOutputStream;

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
    ImageWriterSpi writer = ownWriter();
    return work == Work.DECODE
        ? new HeapJob(() -> read(png))
        : new HeapJob(() -> write(Bitmaps.opaque(read(png)), writer));
  }

  /** PNG to BMP, as everybody can do it with nothing but the JDK. */
  public static byte[] toBmp(byte[] png) throws IOException {
    ImageIO.setUseCache(false);
    return write(Bitmaps.opaque(read(png)), ownWriter());
  }

  static BufferedImage read(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  /** The image as a BMP of a given writer. */
  static byte[] write(BufferedImage image, ImageWriterSpi writerProvider) throws IOException {
    ByteArrayOutputStream bmp = new ByteArrayOutputStream(3 * image.getWidth() * image.getHeight());
    ImageWriter writer = writerProvider.createWriterInstance();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bmp)) {
      writer.setOutput(out);
      writer.write(image);
    } finally {
      writer.dispose();
    }
    return bmp.toByteArray();
  }

  /** The JDK's BMP writer, even where a plug-in for BMP is on the class path. */
  private static ImageWriterSpi ownWriter() {
    Iterator<ImageWriterSpi> writers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageWriterSpi.class, true);
    while (writers.hasNext()) {
      ImageWriterSpi writer = writers.next();
      if (writer.getClass().getName().equals("com.sun.imageio.plugins.bmp.BMPImageWriterSpi")) {
        return writer;
      }
    }
    throw new IllegalStateException("this JDK has no BMP writer");
  }
}
