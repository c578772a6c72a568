package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.ColorType;
import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.DecodePath;
import io.github.lodepngffm.PngInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What a PNG is, without its pixels. */
public final class PngCalls {
  /** How much of a PNG the calls read that are about its header: signature and IHDR. */
  public static final int HEADER_BYTES = 33;

  private PngCalls() {}

  /**
   * Reads the header of a PNG.
   *
   * @param png its bytes, native or on the heap
   * @return the header
   */
  public static PngInfo readInfo(MemorySegment png) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      Structure info = Structure.allocate(Offsets.INFO_SIZE, arena);
      MemorySegment header = headerOf(png, arena);
      int code = Functions.INFO.call(header, header.byteSize(), info.segment(), MemorySegment.NULL);
      if (code != HeaderConstants.LPF_DONE) {
        throw NativeErrors.failure(code, 0, 0, "", png);
      }
      return infoOf(info, 0);
    }
  }

  /** The first bytes of a PNG, which is all that header functions read, in native memory. */
  static MemorySegment headerOf(MemorySegment png, Arena arena) {
    if (MemoryCalls.isForNativeCode(png)) {
      return png;
    }
    long bytes = Math.min(HEADER_BYTES, png.byteSize());
    return arena.allocate(Math.max(bytes, 1)).asSlice(0, bytes).copyFrom(png.asSlice(0, bytes));
  }

  /** What the lpf_info says that lies so many bytes behind the beginning of a structure. */
  static PngInfo infoOf(Structure structure, int offset) {
    return new PngInfo(
        structure.getInt(offset + Offsets.INFO_WIDTH),
        structure.getInt(offset + Offsets.INFO_HEIGHT),
        structure.getInt(offset + Offsets.INFO_BIT_DEPTH),
        ColorType.of(structure.getInt(offset + Offsets.INFO_COLOR_TYPE)),
        structure.getInt(offset + Offsets.INFO_INTERLACE_METHOD) == 1,
        pathOf(structure.getInt(offset + Offsets.INFO_DECODE_PATH)));
  }

  /** What an lpf_report says of a conversion that is done. */
  static ConversionReport reportOf(Structure report) {
    return new ConversionReport(
        report.getLong(Offsets.REPORT_BYTES_WRITTEN),
        pathOf(report.getInt(Offsets.REPORT_DECODE_PATH)),
        report.getLong(Offsets.REPORT_PEAK_MEMORY_BYTES),
        Warnings.of(report),
        Integer.toUnsignedLong(report.getInt(Offsets.REPORT_WARNING_COUNT)));
  }

  /** The size of a plan's image for messages, such as {@code " (3 x 4)"}; empty if unknown. */
  static String sizeOf(Structure plan) {
    int width = plan.getInt(Offsets.PLAN_INFO + Offsets.INFO_WIDTH);
    int height = plan.getInt(Offsets.PLAN_INFO + Offsets.INFO_HEIGHT);
    return width == 0 ? "" : " (" + width + " x " + height + ")";
  }

  private static DecodePath pathOf(int path) {
    return path == HeaderConstants.LPF_PATH_FAST ? DecodePath.FAST : DecodePath.LODEPNG;
  }

  /** Looked up when first used, which is after the library was loaded. */
  private static final class Functions {
    static final CodecFunction INFO = CodecFunction.of("lpf_png_info");
  }
}
