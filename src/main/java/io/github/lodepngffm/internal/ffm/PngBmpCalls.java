package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.BmpFormat;
import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** From PNG to BMP: sizes first, then the conversion. */
public final class PngBmpCalls {
  private PngBmpCalls() {}

  /**
   * The sizes of a conversion, known from the header.
   *
   * @param info the header
   * @param bmpBytes exact bytes of the BMP
   * @param scratchBytes working memory with which the conversion allocates nothing, or as much of
   *     that as its budget allows
   */
  public record Plan(PngInfo info, long bmpBytes, long scratchBytes) {}

  /**
   * Plans a conversion.
   *
   * @param png the bytes of the PNG, native
   * @param options the limits to check
   * @return the sizes
   */
  public static Plan plan(MemorySegment png, ConvertOptions options) {
    return plan(png, png.byteSize(), options);
  }

  /**
   * The most that a conversion can need, known from the beginning of the PNG alone: for the classic
   * BMP the exact sizes, for other formats an upper bound, since what they need stands further on.
   *
   * @param header the first bytes of the PNG, at least 33 if it has as many; native or on the heap
   * @param pngBytes how many the whole PNG has
   * @param options the limits to check
   * @return sizes that are not exceeded
   */
  public static Plan bound(MemorySegment header, long pngBytes, ConvertOptions options) {
    return options.bmpFormat() == BmpFormat.CLASSIC
        ? plan(header, pngBytes, options)
        : boundOfAnyFormat(header, pngBytes, options);
  }

  private static Plan boundOfAnyFormat(
      MemorySegment header, long pngBytes, ConvertOptions options) {
    // the limits on the PNG hold whatever it becomes; that on the output is checked when it is
    // known
    DecodeOptions anyOutput =
        DecodeOptions.defaults()
            .withLimits(options.limits().withMaxOutputBytes(Limits.unlimited().maxOutputBytes()));
    PngPixelsCalls.Plan pixels =
        PngPixelsCalls.plan(header, pngBytes, PixelFormat.RGBA8, anyOutput);
    return new Plan(
        pixels.info(),
        Math.min(
            BmpBound.bmpBytes(pixels.info(), pngBytes, options), options.limits().maxOutputBytes()),
        pixels.scratchBytes());
  }

  private static Plan plan(MemorySegment header, long pngBytes, ConvertOptions options) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      Structure plan = Structure.allocate(Offsets.PLAN_SIZE, arena);
      MemorySegment settings = Options.of(options, 0, arena);
      // a file may have grown since its beginning was read: C reads as far as it is told
      long bytes = header.byteSize() < PngCalls.HEADER_BYTES ? header.byteSize() : pngBytes;
      int code =
          Functions.PLAN.call(PngCalls.headerOf(header, arena), bytes, settings, plan.segment());
      if (code != HeaderConstants.LPF_DONE) {
        throw NativeErrors.failure(
            code,
            plan.getLong(Offsets.PLAN_LIMIT),
            plan.getLong(Offsets.PLAN_WANTED),
            PngCalls.sizeOf(plan),
            header);
      }
      long scratchBytes = plan.getLong(Offsets.PLAN_SCRATCH_BYTES);
      return new Plan(
          PngCalls.infoOf(plan, Offsets.PLAN_INFO),
          plan.getLong(Offsets.PLAN_OUTPUT_BYTES),
          Math.min(scratchBytes, options.limits().maxMemoryBytes()));
    }
  }

  /**
   * Converts; blocks for as long as that takes.
   *
   * @param png the bytes of the PNG, native
   * @param options the limits to check
   * @param bmp where the BMP goes, native
   * @param scratch working memory, or {@link MemorySegment#NULL}
   * @param cancel an int that another thread may set, or {@link MemorySegment#NULL}
   * @param flags more {@code LPF_FLAG_} values than options and system properties ask for
   * @return what it did
   */
  public static ConversionReport convert(
      MemorySegment png,
      ConvertOptions options,
      MemorySegment bmp,
      MemorySegment scratch,
      MemorySegment cancel,
      int flags) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      int code =
          Functions.CONVERT.call(
              png,
              png.byteSize(),
              Options.of(options, flags, arena),
              bmp,
              bmp.byteSize(),
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

  /**
   * Refuses input before it is read or copied.
   *
   * @param bytes how many there are
   * @param limits whose limit on input bytes holds
   */
  public static void requireInputBytes(long bytes, Limits limits) {
    if (bytes > limits.maxInputBytes()) {
      NativeLibrary.require();
      throw NativeErrors.tooMuch(
          HeaderConstants.LPF_LIMIT_INPUT_BYTES, limits.maxInputBytes(), bytes, "");
    }
  }

  /**
   * The refusal of an image whose BMP the format cannot express.
   *
   * @param info the image
   * @return to be thrown
   */
  public static PngException bmpTooLarge(PngInfo info) {
    NativeLibrary.require();
    long bytes = BmpBound.classicBytes(info);
    String size = " (" + info.width() + " x " + info.height() + ")";
    return NativeErrors.tooMuch(HeaderConstants.LPF_BMP_TOO_LARGE, 0xFFFF_FFFFL, bytes, size);
  }

  /** Looked up when first used, which is after the library was loaded. */
  private static final class Functions {
    static final CodecFunction PLAN = CodecFunction.of("lpf_png_plan");
    static final CodecFunction CONVERT = CodecFunction.of("lpf_png_to_bmp");
  }
}
