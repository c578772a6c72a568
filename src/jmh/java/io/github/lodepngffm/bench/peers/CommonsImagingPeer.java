package io.github.lodepngffm.bench.peers;

import io.github.lodepngffm.bench.Job;
import io.github.lodepngffm.bench.Peer;
import io.github.lodepngffm.bench.Picture;
import io.github.lodepngffm.bench.Work;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.commons.imaging.ImageFormats;
import org.apache.commons.imaging.Imaging;

/** Apache Commons Imaging, plain Java, with its own reader and its own BMP writer. */
public final class CommonsImagingPeer implements Peer {
  @Override
  public String id() {
    return "commons-imaging";
  }

  @Override
  public String title() {
    return "Commons Imaging";
  }

  @Override
  public String version() {
    return Versions.ofJar(Imaging.class);
  }

  @Override
  public boolean can(Work work) {
    return work == Work.CONVERT || work == Work.DECODE;
  }

  @Override
  public Job open(Picture picture, Work work) {
    byte[] png = picture.bytes();
    return work == Work.DECODE
        ? new HeapJob(() -> Imaging.getBufferedImage(png))
        : new HeapJob(() -> convert(png));
  }

  private static byte[] convert(byte[] png) throws IOException {
    ByteArrayOutputStream bmp = new ByteArrayOutputStream();
    Imaging.writeImage(Bitmaps.opaque(Imaging.getBufferedImage(png)), bmp, ImageFormats.BMP);
    return bmp.toByteArray();
  }
}
