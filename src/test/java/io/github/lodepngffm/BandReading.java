package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.UnaryOperator;

/** Reads all bands of a PNG, for tests: each into memory of its own, which the next never sees. */
final class BandReading {
  private BandReading() {}

  /** All rows, one behind the other, read so many at a time. */
  static byte[] bytes(PngReader reader, PixelFormat format, int bandHeight) {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int read = 1; read > 0; ) {
      try (Arena arena = Arena.ofConfined()) {
        long bytes = (long) reader.width() * bandHeight * format.bytesPerPixel();
        Pixels band = Pixels.of(arena.allocate(bytes, 8), reader.width(), bandHeight, format);
        read = reader.readRows(band);
        rows.writeBytes(band.memory().asSlice(0, band.rowBytes() * read).toArray(JAVA_BYTE));
      }
    }
    return rows.toByteArray();
  }

  /** All that is selected of a PNG. */
  static byte[] bytes(
      MemorySegment png,
      DecodeOptions options,
      PixelFormat format,
      int bandHeight,
      UnaryOperator<PngReader> selection) {
    try (PngReader reader = selection.apply(Png.open(png, options))) {
      return bytes(reader, format, bandHeight);
    }
  }

  /** The whole picture. */
  static byte[] bytes(byte[] png, PixelFormat format, int bandHeight) {
    return bytes(
        MemorySegment.ofArray(png),
        DecodeOptions.defaults(),
        format,
        bandHeight,
        UnaryOperator.identity());
  }
}
