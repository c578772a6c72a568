package io.github.lodepngffm.bench.peers;

import ar.com.hjg.pngj.ImageInfo;
import ar.com.hjg.pngj.ImageLineInt;
import ar.com.hjg.pngj.PngReader;
import ar.com.hjg.pngj.chunks.PngChunkPLTE;
import io.github.lodepngffm.bench.Job;
import io.github.lodepngffm.bench.Peer;
import io.github.lodepngffm.bench.Picture;
import io.github.lodepngffm.bench.Work;
import java.io.ByteArrayInputStream;

/** PNGJ, a PNG library in plain Java that reads line by line. It has no BMP writer. */
public final class PngjPeer implements Peer {
  @Override
  public String id() {
    return "pngj";
  }

  @Override
  public String title() {
    return "PNGJ";
  }

  @Override
  public String version() {
    return Versions.ofJar(PngReader.class);
  }

  @Override
  public boolean can(Work work) {
    return work == Work.CONVERT;
  }

  @Override
  public Job open(Picture picture, Work work) {
    return new HeapJob(() -> convert(picture.bytes()));
  }

  private static byte[] convert(byte[] png) {
    PngReader reader = new PngReader(new ByteArrayInputStream(png));
    try {
      ImageInfo info = reader.imgInfo;
      BmpRows rows = new BmpRows(info.cols, info.rows);
      int[] palette = info.indexed ? palette(reader) : null;
      for (int y = 0; y < info.rows; y++) {
        int[] line = ((ImageLineInt) reader.readRow()).getScanline();
        if (palette != null) {
          indexed(line, info.cols, palette, rows.bytes(), rows.row(y));
        } else {
          direct(line, info, rows.bytes(), rows.row(y));
        }
      }
      return rows.bytes();
    } finally {
      reader.end();
    }
  }

  private static int[] palette(PngReader reader) {
    PngChunkPLTE chunk = reader.getMetadata().getPLTE();
    int[] colours = new int[256];
    for (int i = 0; i < chunk.getNentries(); i++) {
      colours[i] = chunk.getEntry(i);
    }
    return colours;
  }

  private static void indexed(int[] line, int width, int[] palette, byte[] bmp, int start) {
    int at = start;
    for (int x = 0; x < width; x++) {
      int colour = palette[line[x]];
      bmp[at++] = (byte) colour;
      bmp[at++] = (byte) (colour >> 8);
      bmp[at++] = (byte) (colour >> 16);
    }
  }

  private static void direct(int[] line, ImageInfo info, byte[] bmp, int start) {
    int channels = info.channels;
    int green = channels < 3 ? 0 : 1;
    int blue = channels < 3 ? 0 : 2;
    int scale = info.bitDepth < 8 ? 255 / ((1 << info.bitDepth) - 1) : 1;
    int shift = info.bitDepth == 16 ? 8 : 0;
    int at = start;
    for (int i = 0; i < info.cols * channels; i += channels) {
      bmp[at++] = (byte) (line[i + blue] * scale >> shift);
      bmp[at++] = (byte) (line[i + green] * scale >> shift);
      bmp[at++] = (byte) (line[i] * scale >> shift);
    }
  }
}
