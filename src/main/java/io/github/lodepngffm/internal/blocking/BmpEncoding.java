package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.BmpFormat;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.internal.ffm.BmpEncodeCalls;
import io.github.lodepngffm.internal.memory.Segments;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Objects;

/** From pixels to BMP, on the thread that asks. */
public final class BmpEncoding {
  private BmpEncoding() {}

  /**
   * Encodes into memory that is asked for once the size is known.
   *
   * @param pixels the caller's
   * @param palette {@code 0xAARRGGBB} of indices, else empty
   * @param out gives the memory
   * @param format what kind of BMP it shall be
   * @return exactly the BMP
   */
  public static MemorySegment encode(
      Pixels pixels, int[] palette, SegmentAllocator out, BmpFormat format) {
    Objects.requireNonNull(out, "out");
    Segments.requireInput(pixels);
    ConvertOptions options =
        ConvertOptions.defaults().withLimits(Limits.unlimited()).withBmpFormat(format);
    long bytes = BmpEncodeCalls.bmpBytes(pixels, options);
    MemorySegment bmp = out.allocate(bytes);
    Segments.requireOutput(bmp, bytes, pixels.bytes());
    BmpEncodeCalls.encode(pixels, palette, options, bmp);
    return bmp.asSlice(0, bytes);
  }
}
