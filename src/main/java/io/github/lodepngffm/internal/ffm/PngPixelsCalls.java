package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.PngInfo;
import io.github.lodepngffm.internal.generated.LodepngFfm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** From PNG to pixels: sizes first, then decoding. */
public final class PngPixelsCalls {
  private PngPixelsCalls() {}

  /**
   * The sizes of decoding, known from the header.
   *
   * @param info the header
   * @param pixelBytes exact bytes of the pixels when nothing lies between their rows
   * @param scratchBytes working memory with which decoding allocates nothing, or as much of that as
   *     its budget allows
   */
  public record Plan(PngInfo info, long pixelBytes, long scratchBytes) {}

  /**
   * Plans decoding.
   *
   * @param png the bytes of the PNG, native
   * @param format of the pixels
   * @param options the limits to check
   * @return the sizes
   */
  public static Plan plan(MemorySegment png, PixelFormat format, DecodeOptions options) {
    return plan(png, png.byteSize(), format, options);
  }

  /**
   * Plans decoding of a PNG of which only the beginning is at hand.
   *
   * @param header the first bytes of the PNG, at least 33 if it has as many; native or on the heap
   * @param pngBytes how many the whole PNG has
   * @param format of the pixels
   * @param options the limits to check
   * @return the sizes
   */
  public static Plan plan(
      MemorySegment header, long pngBytes, PixelFormat format, DecodeOptions options) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      Structure plan = Structure.allocate(Offsets.PLAN_SIZE, arena);
      // a file may have grown since its beginning was read: C reads as far as it is told
      long bytes = header.byteSize() < PngCalls.HEADER_BYTES ? header.byteSize() : pngBytes;
      int code =
          LodepngFfm.lpf_png_decode_plan(
              PngCalls.headerOf(header, arena),
              bytes,
              Options.of(options, 0, arena),
              format.ordinal(),
              plan.segment());
      if (code != HeaderConstants.LPF_DONE) {
        throw NativeErrors.failure(
            code,
            plan.getLong(Offsets.PLAN_LIMIT),
            plan.getLong(Offsets.PLAN_WANTED),
            PngCalls.sizeOf(plan),
            header);
      }
      return new Plan(
          PngCalls.infoOf(plan, Offsets.PLAN_INFO),
          plan.getLong(Offsets.PLAN_OUTPUT_BYTES),
          Math.min(plan.getLong(Offsets.PLAN_SCRATCH_BYTES), options.limits().maxMemoryBytes()));
    }
  }

  /**
   * Reads the header, and checks the limits that follow from it whatever becomes of the pixels.
   *
   * @param png the bytes of the PNG, native or on the heap
   * @param options the limits to check
   * @return what it says
   */
  public static PngInfo header(MemorySegment png, DecodeOptions options) {
    DecodeOptions anyOutput =
        options.withLimits(
            options.limits().withMaxOutputBytes(Limits.unlimited().maxOutputBytes()));
    return plan(png, PixelFormat.RGBA8, anyOutput).info();
  }

  /**
   * Decodes; blocks for as long as that takes.
   *
   * @param png the bytes of the PNG, native
   * @param options the limits to check, and what becomes of transparency
   * @param pixels where the pixels go, native; of the size of the image
   * @param scratch working memory, or {@link MemorySegment#NULL}
   * @param cancel an int that another thread may set, or {@link MemorySegment#NULL}
   * @param flags more {@code LPF_FLAG_} values than options and system properties ask for
   * @return what it did
   */
  public static ConversionReport decode(
      MemorySegment png,
      DecodeOptions options,
      Pixels pixels,
      MemorySegment scratch,
      MemorySegment cancel,
      int flags) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      int code =
          LodepngFfm.lpf_png_decode(
              png,
              png.byteSize(),
              Options.of(options, flags, arena),
              pixels.memory(),
              pixels.memory().byteSize(),
              placeOf(pixels, arena),
              scratch,
              scratch.byteSize(),
              cancel,
              report.segment());
      if (code != HeaderConstants.LPF_DONE) {
        throw NativeErrors.failure(
            code,
            report.getLong(Offsets.REPORT_LIMIT),
            report.getLong(Offsets.REPORT_WANTED),
            "",
            png);
      }
      return PngCalls.reportOf(report);
    }
  }

  /** The structure that says where pixels are. */
  static MemorySegment placeOf(Pixels pixels, Arena arena) {
    Structure place = sizeOf(pixels.width(), pixels.height(), pixels.format(), arena);
    place.setLong(Offsets.PIXELS_FIRST_ROW, pixels.firstRow());
    place.setLong(Offsets.PIXELS_STRIDE, pixels.stride());
    return place.segment();
  }

  /** The same of pixels that are not there yet. */
  static MemorySegment placeOf(int width, int height, PixelFormat format, Arena arena) {
    return sizeOf(width, height, format, arena).segment();
  }

  private static Structure sizeOf(int width, int height, PixelFormat format, Arena arena) {
    Structure place = Structure.allocate(Offsets.PIXELS_SIZE, arena);
    place.setInt(Offsets.PIXELS_WIDTH, width);
    place.setInt(Offsets.PIXELS_HEIGHT, height);
    place.setInt(Offsets.PIXELS_FORMAT, format.ordinal());
    return place;
  }
}
