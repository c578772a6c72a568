package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.BmpFormat;
import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngInfo;
import io.github.lodepngffm.internal.generated.LodepngFfm;
import io.github.lodepngffm.internal.generated.lpf_info;
import io.github.lodepngffm.internal.generated.lpf_plan;
import io.github.lodepngffm.internal.generated.lpf_report;
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
        : BmpBound.of(header, pngBytes, options);
  }

  private static Plan plan(MemorySegment header, long pngBytes, ConvertOptions options) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment plan = lpf_plan.allocate(arena);
      MemorySegment settings = Options.of(options, 0, arena);
      // a file may have grown since its beginning was read: C reads as far as it is told
      long bytes = header.byteSize() < PngCalls.HEADER_BYTES ? header.byteSize() : pngBytes;
      int code = LodepngFfm.lpf_png_plan(PngCalls.headerOf(header, arena), bytes, settings, plan);
      NativeErrors.check(code, lpf_plan.limit(plan), lpf_plan.wanted(plan), sizeOf(plan));
      long scratchBytes = Math.min(lpf_plan.scratch_bytes(plan), options.limits().maxMemoryBytes());
      return new Plan(
          PngCalls.infoOf(lpf_plan.info(plan)), lpf_plan.output_bytes(plan), scratchBytes);
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
      MemorySegment report = lpf_report.allocate(arena);
      int code =
          LodepngFfm.lpf_png_to_bmp(
              png,
              png.byteSize(),
              Options.of(options, flags, arena),
              bmp,
              bmp.byteSize(),
              scratch,
              scratch.byteSize(),
              cancel,
              report);
      NativeErrors.check(code, lpf_report.limit(report), lpf_report.wanted(report), "");
      return reportOf(report);
    }
  }

  static ConversionReport reportOf(MemorySegment report) {
    return new ConversionReport(
        lpf_report.bytes_written(report),
        PngCalls.pathOf(lpf_report.decode_path(report)),
        lpf_report.peak_memory_bytes(report),
        Warnings.of(report),
        Integer.toUnsignedLong(lpf_report.warning_count(report)));
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
      throw NativeErrors.exception(
          ResultCodes.LIMIT_INPUT_BYTES, limits.maxInputBytes(), bytes, "");
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
    long bytes = 54 + (3L * info.width() + 3) / 4 * 4 * info.height();
    String size = " (" + info.width() + " x " + info.height() + ")";
    return NativeErrors.exception(ResultCodes.BMP_TOO_LARGE, 0xFFFF_FFFFL, bytes, size);
  }

  static String sizeOf(MemorySegment plan) {
    MemorySegment info = lpf_plan.info(plan);
    int width = lpf_info.width(info);
    return width == 0 ? "" : " (" + width + " x " + lpf_info.height(info) + ")";
  }
}
