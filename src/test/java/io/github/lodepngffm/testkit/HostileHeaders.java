package io.github.lodepngffm.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Hostile files that are sound but for their IHDR: none of them can be decoded. */
final class HostileHeaders {

  private final List<HostilePng> files = new ArrayList<>();

  private HostileHeaders() {}

  static List<HostilePng> all() {
    HostileHeaders made = new HostileHeaders();
    made.fields();
    made.lengths();
    return made.files;
  }

  private void add(String name, PngFile file) {
    files.add(new HostilePng(name, file.bytes(), HostilePng.Fate.REJECTED));
  }

  private void fields() {
    header("width 0", 0, 7, 8, 2, 0, 0, 0);
    header("height 0", 9, 0, 8, 2, 0, 0, 0);
    header("width 2^31 - 1", Integer.MAX_VALUE, 7, 8, 2, 0, 0, 0);
    header("height 2^31 - 1", 9, Integer.MAX_VALUE, 8, 2, 0, 0, 0);
    header("width and height 2^31 - 1", Integer.MAX_VALUE, Integer.MAX_VALUE, 16, 6, 0, 0, 0);
    header("width 2^31", Integer.MIN_VALUE, 7, 8, 2, 0, 0, 0);
    header("width 2^32 - 1", -1, 7, 8, 2, 0, 0, 0);
    header("height 2^32 - 1", 9, -1, 8, 2, 0, 0, 0);
    header("60000x60000", 60_000, 60_000, 8, 2, 0, 0, 0);
    header("60000x60000 interlaced", 60_000, 60_000, 1, 0, 0, 0, 1);
    header("65536x65536, whose product is 2^32", 65_536, 65_536, 8, 0, 0, 0, 0);
    header("one row more than there is data for", 9, 8, 8, 2, 0, 0, 0);
    header("interlaced, but the data is not", 9, 7, 8, 2, 0, 0, 1);
    for (int bitDepth : new int[] {0, 1, 2, 3, 4, 5, 7, 9, 17, 32, 128, 255}) {
      header("RGB of bit depth " + bitDepth, 9, 7, bitDepth, 2, 0, 0, 0);
    }
    header("palette of bit depth 16", 9, 7, 16, 3, 0, 0, 0);
    for (int colorType : new int[] {1, 5, 7, 8, 255}) {
      header("colour type " + colorType, 9, 7, 8, colorType, 0, 0, 0);
    }
    header("compression method 1", 9, 7, 8, 2, 1, 0, 0);
    header("filter method 1", 9, 7, 8, 2, 0, 1, 0);
    header("filter method 64 (MNG's)", 9, 7, 8, 2, 0, 64, 0);
    header("interlace method 2", 9, 7, 8, 2, 0, 0, 2);
    header("interlace method 255", 9, 7, 8, 2, 0, 0, 255);
  }

  private void lengths() {
    PngFile file = HostilePngs.sound();
    byte[] data = file.chunks().getFirst().data();
    for (int length : new int[] {0, 1, 12, 14}) {
      byte[] resized = Arrays.copyOf(data, length);
      add("IHDR of " + length + " bytes", file.change("IHDR", chunk -> chunk.withData(resized)));
    }
  }

  /** Puts another IHDR, with a right checksum, in front of the same data. */
  private void header(
      String name,
      int width,
      int height,
      int bitDepth,
      int colorType,
      int compression,
      int filter,
      int interlace) {
    PngChunk header =
        PngWriter.header(width, height, bitDepth, colorType, compression, filter, interlace);
    add("IHDR: " + name, HostilePngs.sound().change("IHDR", chunk -> header));
  }
}
