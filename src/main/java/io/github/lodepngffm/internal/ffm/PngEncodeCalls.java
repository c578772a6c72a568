package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.EncodeOptions;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.internal.generated.LodepngFfm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** From pixels to PNG: a plan first, then all in one call, or header, strips and end. */
public final class PngEncodeCalls {
  /** Bytes of memory that a plan takes. */
  public static final int PLAN_BYTES = Offsets.ENCODE_PLAN_SIZE;

  /** The most that {@link #end} writes. */
  public static final int END_BYTES = HeaderConstants.LPF_ENCODE_END_BYTES;

  private PngEncodeCalls() {}

  /**
   * What native code has decided about an image, and the sizes that follow.
   *
   * @param segment the plan itself, for native code; native
   * @param outputBytes the PNG is never longer
   * @param headerBytes nor what is before the image data
   * @param stripBytes nor a strip
   * @param scratchBytes working memory with which a strip allocates nothing, or as much of that as
   *     its budget allows
   * @param stripCount strips of the image
   * @param stripRows rows of each but the last; of interlaced images scanlines
   */
  public record Plan(
      MemorySegment segment,
      long outputBytes,
      long headerBytes,
      long stripBytes,
      long scratchBytes,
      int stripCount,
      int stripRows) {}

  /**
   * The most bytes that the PNG of such an image has.
   *
   * @param width of the image
   * @param height of the image
   * @param format of its pixels
   * @param options how it is encoded
   * @param chunkBytes of the ancillary chunks
   * @return bytes
   */
  public static long bound(
      int width, int height, PixelFormat format, EncodeOptions options, long chunkBytes) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      return LodepngFfm.lpf_png_encode_bound(
          width, height, format.ordinal(), Options.of(options, arena), chunkBytes);
    }
  }

  /**
   * Looks at the pixels, and plans.
   *
   * @param pixels native
   * @param options the limits to check, and how it is encoded
   * @param chunks ancillary chunks, native; or {@link MemorySegment#NULL}
   * @param cancel an int that another thread may set, or {@link MemorySegment#NULL}
   * @param memory for the plan, {@link #PLAN_BYTES} of native memory
   * @return the plan
   */
  public static Plan plan(
      Pixels pixels,
      EncodeOptions options,
      MemorySegment chunks,
      MemorySegment cancel,
      MemorySegment memory) {
    try (Arena arena = Arena.ofConfined()) {
      return plan(
          pixels.memory(), PngPixelsCalls.placeOf(pixels, arena), options, chunks, cancel, memory);
    }
  }

  /**
   * Plans for pixels that are still to come.
   *
   * @param width of the image
   * @param height of the image
   * @param format of its pixels
   * @param options the limits to check, and how it is encoded
   * @param chunks ancillary chunks, native; or {@link MemorySegment#NULL}
   * @param memory for the plan, {@link #PLAN_BYTES} of native memory
   * @return the plan
   */
  public static Plan plan(
      int width,
      int height,
      PixelFormat format,
      EncodeOptions options,
      MemorySegment chunks,
      MemorySegment memory) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = PngPixelsCalls.placeOf(width, height, format, arena);
      return plan(MemorySegment.NULL, place, options, chunks, MemorySegment.NULL, memory);
    }
  }

  private static Plan plan(
      MemorySegment pixels,
      MemorySegment place,
      EncodeOptions options,
      MemorySegment chunks,
      MemorySegment cancel,
      MemorySegment memory) {
    NativeLibrary.require();
    MemorySegment segment = memory.asSlice(0, PLAN_BYTES);
    ByteBuffer fields = segment.asByteBuffer().order(ByteOrder.nativeOrder());
    int[] palette = options.palette();
    try (Arena arena = Arena.ofConfined()) {
      int code =
          LodepngFfm.lpf_png_encode_plan(
              pixels,
              pixels.byteSize(),
              place,
              Options.of(options, arena),
              rgba(palette, arena),
              palette.length,
              chunks,
              chunks.byteSize(),
              cancel,
              segment);
      check(
          code,
          fields.getLong(Offsets.ENCODE_PLAN_LIMIT),
          fields.getLong(Offsets.ENCODE_PLAN_WANTED));
    }
    return new Plan(
        segment,
        fields.getLong(Offsets.ENCODE_PLAN_OUTPUT_BYTES),
        fields.getLong(Offsets.ENCODE_PLAN_HEADER_BYTES),
        fields.getLong(Offsets.ENCODE_PLAN_STRIP_BYTES),
        Math.min(
            fields.getLong(Offsets.ENCODE_PLAN_SCRATCH_BYTES), options.limits().maxMemoryBytes()),
        fields.getInt(Offsets.ENCODE_PLAN_STRIP_COUNT),
        fields.getInt(Offsets.ENCODE_PLAN_STRIP_SCANLINES));
  }

  /** R, G, B, A of each entry. */
  private static MemorySegment rgba(int[] palette, Arena arena) {
    if (palette.length == 0) {
      return MemorySegment.NULL;
    }
    MemorySegment rgba = arena.allocate(4L * palette.length);
    for (int i = 0; i < palette.length; i++) {
      int argb = palette[i];
      rgba.set(ValueLayout.JAVA_BYTE, 4L * i, (byte) (argb >> 16));
      rgba.set(ValueLayout.JAVA_BYTE, 4L * i + 1, (byte) (argb >> 8));
      rgba.set(ValueLayout.JAVA_BYTE, 4L * i + 2, (byte) argb);
      rgba.set(ValueLayout.JAVA_BYTE, 4L * i + 3, (byte) (argb >> 24));
    }
    return rgba;
  }

  /**
   * Encodes; blocks for as long as that takes.
   *
   * @param plan of these pixels
   * @param pixels native
   * @param options those of the plan
   * @param chunks those of the plan
   * @param png where the PNG goes, native, at least {@link Plan#outputBytes}
   * @param scratch working memory, or {@link MemorySegment#NULL}
   * @param cancel an int that another thread may set, or {@link MemorySegment#NULL}
   * @return bytes written
   */
  public static long encode(
      Plan plan,
      Pixels pixels,
      EncodeOptions options,
      MemorySegment chunks,
      MemorySegment png,
      MemorySegment scratch,
      MemorySegment cancel) {
    try (Arena arena = Arena.ofConfined()) {
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      int code =
          LodepngFfm.lpf_png_encode(
              plan.segment(),
              pixels.memory(),
              pixels.memory().byteSize(),
              PngPixelsCalls.placeOf(pixels, arena),
              Options.of(options, arena),
              chunks,
              chunks.byteSize(),
              png,
              png.byteSize(),
              scratch,
              scratch.byteSize(),
              cancel,
              report.segment());
      return bytesWritten(code, report);
    }
  }

  /**
   * What is known of encoded strips that follow each other.
   *
   * @param scanlineBytes of all, filtered
   * @param count of strips
   * @param adler32 of those bytes
   */
  public record Strips(long scanlineBytes, int count, int adler32) {
    /** No strips. */
    public static final Strips NONE = new Strips(0, 0, 0);

    private static Strips of(Structure strips) {
      return new Strips(
          strips.getLong(Offsets.STRIPS_SCANLINE_BYTES),
          strips.getInt(Offsets.STRIPS_COUNT),
          strips.getInt(Offsets.STRIPS_ADLER32));
    }

    private Structure in(Arena arena) {
      Structure strips = Structure.allocate(Offsets.STRIPS_SIZE, arena);
      strips.setLong(Offsets.STRIPS_SCANLINE_BYTES, scanlineBytes);
      strips.setInt(Offsets.STRIPS_COUNT, count);
      strips.setInt(Offsets.STRIPS_ADLER32, adler32);
      return strips;
    }

    /**
     * These strips and those that follow.
     *
     * @param following behind these
     * @return all of them
     */
    public Strips and(Strips following) {
      try (Arena arena = Arena.ofConfined()) {
        Structure strips = in(arena);
        check(
            LodepngFfm.lpf_png_encode_join(strips.segment(), following.in(arena).segment()), 0, 0);
        return of(strips);
      }
    }
  }

  /**
   * A strip that has been encoded.
   *
   * @param bytes how many it has
   * @param strips what is known of it
   */
  public record Strip(long bytes, Strips strips) {}

  /**
   * Writes what comes before the image data.
   *
   * @param plan of the image
   * @param chunks those of the plan
   * @param output native, at least {@link Plan#headerBytes}
   * @return bytes written
   */
  public static long header(Plan plan, MemorySegment chunks, MemorySegment output) {
    try (Arena arena = Arena.ofConfined()) {
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      int code =
          LodepngFfm.lpf_png_encode_header(
              plan.segment(), chunks, chunks.byteSize(), output, output.byteSize(), report.segment());
      return bytesWritten(code, report);
    }
  }

  /**
   * Encodes a strip; any thread may, on memory of its own.
   *
   * @param plan of the image
   * @param index which one
   * @param band pixels, with the strip's rows and the one before them
   * @param top which row of the image the band's first one is
   * @param options those of the plan
   * @param output native, at least {@link Plan#stripBytes}
   * @param scratch working memory, or {@link MemorySegment#NULL}
   * @param cancel an int that another thread may set, or {@link MemorySegment#NULL}
   * @return its size, and what {@link #end} wants to know
   */
  public static Strip strip(
      Plan plan,
      int index,
      Pixels band,
      int top,
      EncodeOptions options,
      MemorySegment output,
      MemorySegment scratch,
      MemorySegment cancel) {
    try (Arena arena = Arena.ofConfined()) {
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      Structure strips = Structure.allocate(Offsets.STRIPS_SIZE, arena);
      int code =
          LodepngFfm.lpf_png_encode_strip(
              plan.segment(),
              index,
              band.memory(),
              band.memory().byteSize(),
              PngPixelsCalls.placeOf(band, arena),
              top,
              Options.of(options, arena),
              output,
              output.byteSize(),
              scratch,
              scratch.byteSize(),
              cancel,
              strips.segment(),
              report.segment());
      return new Strip(bytesWritten(code, report), Strips.of(strips));
    }
  }

  /**
   * Writes what comes behind the last strip.
   *
   * @param plan of the image
   * @param strips all of them
   * @param output native, at least {@link #END_BYTES}
   * @return bytes written
   */
  public static long end(Plan plan, Strips strips, MemorySegment output) {
    try (Arena arena = Arena.ofConfined()) {
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      int code =
          LodepngFfm.lpf_png_encode_end(
              plan.segment(),
              strips.in(arena).segment(),
              output,
              output.byteSize(),
              report.segment());
      return bytesWritten(code, report);
    }
  }

  /**
   * Refuses a PNG that has become too long.
   *
   * @param bytes of what there is so far
   * @param options whose limit holds
   */
  public static void requireOutputBytes(long bytes, EncodeOptions options) {
    long limit = options.limits().maxOutputBytes();
    if (bytes > limit) {
      throw NativeErrors.tooMuch(HeaderConstants.LPF_LIMIT_OUTPUT_BYTES, limit, bytes, "");
    }
  }

  private static long bytesWritten(int code, Structure report) {
    check(code, report.getLong(Offsets.REPORT_LIMIT), report.getLong(Offsets.REPORT_WANTED));
    return report.getLong(Offsets.REPORT_BYTES_WRITTEN);
  }

  private static void check(int code, long limit, long wanted) {
    if (code != HeaderConstants.LPF_DONE) {
      throw NativeErrors.failure(code, limit, wanted, "", MemorySegment.NULL);
    }
  }
}
