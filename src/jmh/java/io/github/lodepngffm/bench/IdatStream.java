package io.github.lodepngffm.bench;

import io.github.lodepngffm.PngInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/** The image data of a PNG as a zlib stream of its own: all IDAT chunks, joined (PNG, 10.1). */
public final class IdatStream {
  private static final int IDAT = 0x49444154;
  private static final int[] PASS_X = {0, 4, 0, 2, 0, 1, 0};
  private static final int[] PASS_Y = {0, 0, 4, 0, 2, 0, 1};
  private static final int[] STEP_X = {8, 8, 4, 4, 2, 2, 1};
  private static final int[] STEP_Y = {8, 8, 8, 4, 4, 2, 2};

  private IdatStream() {}

  /** The zlib stream of a picture, in native memory. */
  public static MemorySegment of(Picture picture, Arena arena) {
    ByteBuffer png = ByteBuffer.wrap(picture.bytes());
    MemorySegment stream = arena.allocate(picture.bytes().length);
    long size = 0;
    for (int at = 8; at + 12 <= png.limit(); at += 12 + png.getInt(at)) {
      if (png.getInt(at + 4) == IDAT) {
        int length = png.getInt(at);
        MemorySegment.copy(picture.bytes(), at + 8, stream, ValueLayout.JAVA_BYTE, size, length);
        size += length;
      }
    }
    return stream.asSlice(0, size);
  }

  /** How many bytes it inflates to: each scanline of each pass, with its filter byte. */
  public static long inflatedSize(Picture picture) {
    PngInfo info = picture.info();
    if (!info.interlaced()) {
      return scanlines(info, info.width(), info.height());
    }
    long size = 0;
    for (int pass = 0; pass < 7; pass++) {
      int width = (info.width() - PASS_X[pass] + STEP_X[pass] - 1) / STEP_X[pass];
      int height = (info.height() - PASS_Y[pass] + STEP_Y[pass] - 1) / STEP_Y[pass];
      size += width == 0 ? 0 : scanlines(info, width, height);
    }
    return size;
  }

  private static long scanlines(PngInfo info, int width, int height) {
    int channels =
        switch (info.colorType()) {
          case GRAYSCALE, INDEXED -> 1;
          case GRAYSCALE_ALPHA -> 2;
          case TRUECOLOR -> 3;
          case TRUECOLOR_ALPHA -> 4;
        };
    return (1 + ((long) channels * info.bitDepth() * width + 7) / 8) * height;
  }
}
