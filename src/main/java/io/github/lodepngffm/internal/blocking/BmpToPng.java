package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.BmpInfo;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.EncodeOptions;
import io.github.lodepngffm.IccProfile;
import io.github.lodepngffm.PhysicalDimensions;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.PngMetadata;
import io.github.lodepngffm.internal.ffm.BmpCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;

/**
 * From BMP to PNG, on the thread that asks: decoded into working memory, in the format that keeps
 * all of it, and encoded from there.
 */
public final class BmpToPng {
  private static final String PROFILE_NAME = "ICC profile";

  private BmpToPng() {}

  /** What becomes of the pixels. */
  @FunctionalInterface
  public interface Encoding<T, E extends Exception> {
    /**
     * Encodes.
     *
     * @param pixels in working memory, which is given back afterwards
     * @param options with palette and metadata of the BMP
     * @return what came of it
     * @throws E if that fails
     */
    T of(Pixels pixels, EncodeOptions options) throws E;
  }

  /**
   * Converts.
   *
   * @param bmp the caller's bytes
   * @param options how it is encoded, within which limits
   * @param encoding what takes the pixels
   * @param <T> what comes of it
   * @param <E> why it fails
   * @return what the encoding returned
   * @throws E if the encoding does
   */
  public static <T, E extends Exception> T convert(
      MemorySegment bmp, EncodeOptions options, Encoding<T, E> encoding) throws E {
    Objects.requireNonNull(options, "options");
    DecodeOptions decoding = DecodeOptions.defaults().withLimits(options.limits());
    try (Segments.Input input = BmpDecoding.input(bmp, decoding)) {
      MemorySegment file = input.segment();
      BmpInfo info = BmpCalls.readInfo(file);
      PngMetadata metadata = metadataOf(file, info, options.metadata());
      PixelFormat format = formatOf(info, metadata.iccProfile().isPresent());
      BmpCalls.Plan plan = BmpCalls.plan(file, format, decoding);
      try (MemoryPool.Lease room = MemoryPool.SHARED.lend(plan.pixelBytes())) {
        Pixels pixels = Pixels.of(room.segment(), info.width(), info.height(), format);
        BmpDecoding.decode(file, pixels, decoding);
        return encoding.of(pixels, withContentOf(file, info, format, options, metadata));
      }
    }
  }

  /** The format that keeps everything; reductions make less of it where they may. */
  private static PixelFormat formatOf(BmpInfo info, boolean hasProfile) {
    if (info.bitCount() <= 8) {
      boolean whole = info.paletteEntries() == 1 << info.bitCount();
      boolean gray = info.hasGrayPalette() && whole && !hasProfile;
      return gray ? PixelFormat.GRAY8 : PixelFormat.INDEXED8;
    }
    boolean wide = info.sampleBits() > 8;
    if (info.hasAlpha()) {
      return wide ? PixelFormat.RGBA16 : PixelFormat.RGBA8;
    }
    return wide ? PixelFormat.RGB16 : PixelFormat.RGB8;
  }

  private static EncodeOptions withContentOf(
      MemorySegment file,
      BmpInfo info,
      PixelFormat format,
      EncodeOptions options,
      PngMetadata metadata) {
    EncodeOptions result = options.withMetadata(metadata);
    if (format == PixelFormat.INDEXED8) {
      // what the palette lacks is transparent black, as everywhere
      return result.withPalette(Arrays.copyOf(BmpCalls.readPalette(file), 1 << info.bitCount()));
    }
    // a profile of RGB colour must not stand in a PNG of grays (PNG, 11.3.2.3)
    return metadata.iccProfile().isPresent() ? result.withReductions(false) : result;
  }

  /** What the caller says comes first. */
  private static PngMetadata metadataOf(MemorySegment file, BmpInfo info, PngMetadata asked) {
    PngMetadata metadata = asked;
    int horizontal = info.horizontalPixelsPerMetre();
    int vertical = info.verticalPixelsPerMetre();
    if (asked.physicalDimensions().isEmpty() && horizontal > 0 && vertical > 0) {
      metadata =
          metadata.withPhysicalDimensions(
              new PhysicalDimensions(horizontal, vertical, PhysicalDimensions.Unit.METRE));
    }
    MemorySegment profile = BmpCalls.profileOf(file);
    if (asked.iccProfile().isEmpty() && profile.byteSize() > 0) {
      byte[] bytes = profile.toArray(ValueLayout.JAVA_BYTE);
      metadata = metadata.withIccProfile(new IccProfile(PROFILE_NAME, bytes));
    }
    return metadata;
  }
}
