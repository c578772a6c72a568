package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.ColorType;
import io.github.lodepngffm.EncodeOptions;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.internal.metadata.MetadataChunks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a PNG says beside its pixels, as chunks for native code. They are made for the colour type
 * that the pixels have of themselves; where there is one that depends on it, native code keeps that
 * type.
 */
final class EncodedMetadata {
  private EncodedMetadata() {}

  /** The options, with the palette of the metadata where indices have no other. */
  static EncodeOptions complete(PixelFormat format, EncodeOptions options) {
    Objects.requireNonNull(options, "options");
    boolean indices = format == PixelFormat.INDEXED8;
    int[] found = options.metadata().palette();
    EncodeOptions complete =
        indices && options.palette().length == 0 && found.length != 0
            ? options.withPalette(found)
            : options;
    if (indices && complete.palette().length == 0) {
      throw new IllegalArgumentException(
          "pixels of INDEXED8 need a palette: EncodeOptions.withPalette");
    }
    if (!indices && complete.palette().length != 0) {
      throw new IllegalArgumentException("pixels of " + format + " have no use for a palette");
    }
    return complete;
  }

  /** All chunks. */
  static byte[] bytes(PixelFormat format, EncodeOptions options) {
    int depth = 8 * format.bytesPerSample();
    MetadataChunks chunks =
        MetadataChunks.of(options.metadata(), colorType(format), depth, options.palette());
    byte[] all =
        Arrays.copyOf(
            chunks.beforePalette(), chunks.beforePalette().length + chunks.afterPalette().length);
    System.arraycopy(
        chunks.afterPalette(),
        0,
        all,
        chunks.beforePalette().length,
        chunks.afterPalette().length);
    return all;
  }

  private static ColorType colorType(PixelFormat format) {
    if (format == PixelFormat.INDEXED8) {
      return ColorType.INDEXED;
    }
    if (format.isGray()) {
      return format.hasAlpha() ? ColorType.GRAYSCALE_ALPHA : ColorType.GRAYSCALE;
    }
    return format.hasAlpha() ? ColorType.TRUECOLOR_ALPHA : ColorType.TRUECOLOR;
  }

  /** All chunks in native memory. */
  static MemorySegment in(Arena arena, PixelFormat format, EncodeOptions options) {
    byte[] all = bytes(format, options);
    return all.length == 0
        ? MemorySegment.NULL
        : arena.allocateFrom(ValueLayout.JAVA_BYTE, all);
  }
}
