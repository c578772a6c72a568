package io.github.lodepngffm.bench.peers;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageWriterSpi;
import io.github.lodepngffm.bench.Job;
import io.github.lodepngffm.bench.Peer;
import io.github.lodepngffm.bench.Picture;
import io.github.lodepngffm.bench.Work;

/**
 * The JDK's PNG reader with TwelveMonkeys' BMP writer, which takes no images but those with alpha,
 * and writes BMPs of 32 bits.
 */
public final class TwelveMonkeysPeer implements Peer {
  @Override
  public String id() {
    return "twelvemonkeys";
  }

  @Override
  public String title() {
    return "ImageIO + TwelveMonkeys BMP";
  }

  @Override
  public String version() {
    return Versions.ofJar(BMPImageWriterSpi.class);
  }

  @Override
  public boolean can(Work work) {
    return work == Work.CONVERT;
  }

  @Override
  public Job open(Picture picture, Work work) {
    byte[] png = picture.bytes();
    return new HeapJob(
        () -> ImageIoPeer.write(Bitmaps.withAlpha(ImageIoPeer.read(png)), new BMPImageWriterSpi()));
  }
}
