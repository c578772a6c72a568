package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.BmpCompression;
import io.github.lodepngffm.BmpInfo;
import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.internal.generated.LodepngFfm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** From BMP to pixels: headers and palette, sizes, then decoding. */
public final class BmpCalls {
  private static final int PALETTE_ENTRIES = 256;

  private BmpCalls() {}

  /**
   * The sizes of decoding, known from headers and palette.
   *
   * @param info the headers
   * @param pixelBytes exact bytes of the pixels when nothing lies between their rows
   * @param scratchBytes working memory with which decoding allocates nothing, or as much of that as
   *     its budget allows
   */
  public record Plan(BmpInfo info, long pixelBytes, long scratchBytes) {}

  /**
   * Reads the headers.
   *
   * @param bmp a BMP or its beginning, native or on the heap
   * @return what they say
   */
  public static BmpInfo readInfo(MemorySegment bmp) {
    try (Arena arena = Arena.ofConfined()) {
      return infoOf(readHeaders(bmp, arena));
    }
  }

  /** An lpf_bmp_info. */
  private static Structure readHeaders(MemorySegment bmp, Arena arena) {
    NativeLibrary.require();
    Structure info = Structure.allocate(Offsets.BMPINFO_SIZE, arena);
    Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
    MemorySegment header = headerOf(bmp, arena);
    int code =
        LodepngFfm.lpf_bmp_read_info(
            header,
            header.byteSize(),
            Options.of(DecodeOptions.defaults(), 0, arena),
            info.segment(),
            report.segment());
    check(code, report, bmp);
    return info;
  }

  /**
   * Finds the ICC profile.
   *
   * @param bmp the bytes of the BMP, native
   * @return its bytes, a slice of {@code bmp}; empty if there is none, or not all of it
   */
  public static MemorySegment profileOf(MemorySegment bmp) {
    try (Arena arena = Arena.ofConfined()) {
      Structure info = readHeaders(bmp, arena);
      long at = info.getLong(Offsets.BMPINFO_PROFILE_AT); // both are below 2^33
      long bytes = info.getLong(Offsets.BMPINFO_PROFILE_BYTES);
      return at + bytes <= bmp.byteSize() ? bmp.asSlice(at, bytes) : MemorySegment.NULL;
    }
  }

  /**
   * Reads the palette.
   *
   * @param bmp a BMP or its beginning, native or on the heap
   * @return {@code 0xFFRRGGBB} for each entry
   */
  public static int[] readPalette(MemorySegment bmp) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rgba = arena.allocate(PALETTE_ENTRIES * 4L);
      MemorySegment entries = arena.allocate(ValueLayout.JAVA_INT);
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      MemorySegment header = headerOf(bmp, arena);
      int code =
          LodepngFfm.lpf_bmp_palette(
              header,
              header.byteSize(),
              Options.of(DecodeOptions.defaults().withLimits(Limits.unlimited()), 0, arena),
              rgba,
              entries,
              report.segment());
      check(code, report, bmp);
      return Palettes.of(rgba, entries.get(ValueLayout.JAVA_INT, 0));
    }
  }

  /** The first bytes of a BMP, which are all that the headers and the palette can be. */
  private static MemorySegment headerOf(MemorySegment bmp, Arena arena) {
    if (MemoryCalls.isForNativeCode(bmp)) {
      return bmp;
    }
    long bytes = Math.min(HeaderConstants.LPF_BMP_HEADER_BYTES, bmp.byteSize());
    return arena.allocate(Math.max(bytes, 1)).asSlice(0, bytes).copyFrom(bmp.asSlice(0, bytes));
  }

  /**
   * Plans decoding.
   *
   * @param bmp the bytes of the BMP, native
   * @param format of the pixels
   * @param options the limits to check
   * @return the sizes
   */
  public static Plan plan(MemorySegment bmp, PixelFormat format, DecodeOptions options) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      Structure plan = Structure.allocate(Offsets.BMPPLAN_SIZE, arena);
      int code =
          LodepngFfm.lpf_bmp_decode_plan(
              bmp, bmp.byteSize(), Options.of(options, 0, arena), format.ordinal(), plan.segment());
      if (code != HeaderConstants.LPF_DONE) {
        throw BmpErrors.failure(
            code,
            plan.getLong(Offsets.BMPPLAN_LIMIT),
            plan.getLong(Offsets.BMPPLAN_WANTED),
            sizeOf(plan),
            bmp);
      }
      return new Plan(
          infoOf(plan),
          plan.getLong(Offsets.BMPPLAN_OUTPUT_BYTES),
          Math.min(plan.getLong(Offsets.BMPPLAN_SCRATCH_BYTES), options.limits().maxMemoryBytes()));
    }
  }

  /**
   * Decodes; blocks for as long as that takes.
   *
   * @param bmp the bytes of the BMP, native
   * @param options the limits to check, and what becomes of transparency
   * @param pixels where the pixels go, native; of the size of the image
   * @param scratch working memory, or {@link MemorySegment#NULL}
   * @param cancel an int that another thread may set, or {@link MemorySegment#NULL}
   * @return what it did
   */
  public static ConversionReport decode(
      MemorySegment bmp,
      DecodeOptions options,
      Pixels pixels,
      MemorySegment scratch,
      MemorySegment cancel) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      int code =
          LodepngFfm.lpf_bmp_decode(
              bmp,
              bmp.byteSize(),
              Options.of(options, 0, arena),
              pixels.memory(),
              pixels.memory().byteSize(),
              PngPixelsCalls.placeOf(pixels, arena),
              scratch,
              scratch.byteSize(),
              cancel,
              report.segment());
      check(code, report, bmp);
      return PngCalls.reportOf(report);
    }
  }

  /**
   * Refuses a BMP that is too long to be copied for native code.
   *
   * @param bytes of the BMP
   * @param limits what it may have
   */
  public static void requireInputBytes(long bytes, Limits limits) {
    if (bytes > limits.maxInputBytes()) {
      NativeLibrary.require();
      throw BmpErrors.failure(
          HeaderConstants.LPF_LIMIT_INPUT_BYTES,
          limits.maxInputBytes(),
          bytes,
          "",
          MemorySegment.NULL);
    }
  }

  private static void check(int code, Structure report, MemorySegment bmp) {
    if (code != HeaderConstants.LPF_DONE) {
      throw BmpErrors.failure(
          code,
          report.getLong(Offsets.REPORT_LIMIT),
          report.getLong(Offsets.REPORT_WANTED),
          "",
          bmp);
    }
  }

  /** What the lpf_bmp_info says with which a structure begins. */
  private static BmpInfo infoOf(Structure structure) {
    return new BmpInfo(
        structure.getInt(Offsets.BMPINFO_WIDTH),
        structure.getInt(Offsets.BMPINFO_HEIGHT),
        structure.getInt(Offsets.BMPINFO_BIT_COUNT),
        sampleBitsOf(structure),
        compressionOf(structure.getInt(Offsets.BMPINFO_COMPRESSION)),
        structure.getInt(Offsets.BMPINFO_TOP_DOWN) == 1,
        structure.getInt(Offsets.BMPINFO_ALPHA_MASK) != 0,
        structure.getInt(Offsets.BMPINFO_PALETTE_ENTRIES),
        structure.getInt(Offsets.BMPINFO_GRAY_PALETTE) == 1,
        structure.getInt(Offsets.BMPINFO_HEADER_BYTES),
        structure.getInt(Offsets.BMPINFO_HORIZONTAL_PIXELS_PER_METRE),
        structure.getInt(Offsets.BMPINFO_VERTICAL_PIXELS_PER_METRE));
  }

  private static int sampleBitsOf(Structure structure) {
    int most = 0;
    for (int at = Offsets.BMPINFO_RED_MASK; at <= Offsets.BMPINFO_ALPHA_MASK; at += 4) {
      most = Math.max(most, Integer.bitCount(structure.getInt(at)));
    }
    return most == 0 ? 8 : most; // a palette has 8, and so have 24-bit pixels
  }

  private static BmpCompression compressionOf(int compression) {
    return switch (compression) {
      case HeaderConstants.LPF_BI_RGB -> BmpCompression.RGB;
      case HeaderConstants.LPF_BI_RLE8 -> BmpCompression.RLE8;
      case HeaderConstants.LPF_BI_RLE4 -> BmpCompression.RLE4;
      case HeaderConstants.LPF_BI_BITFIELDS -> BmpCompression.BITFIELDS;
      case HeaderConstants.LPF_BI_ALPHABITFIELDS -> BmpCompression.ALPHABITFIELDS;
      case HeaderConstants.LPF_BI_RLE24 -> BmpCompression.RLE24;
      default -> throw new IllegalStateException("unknown LPF_BI_ " + compression);
    };
  }

  /** The size of a plan's image for messages, such as {@code " (3 x 4)"}; empty if unknown. */
  private static String sizeOf(Structure plan) {
    int width = plan.getInt(Offsets.BMPINFO_WIDTH);
    int height = plan.getInt(Offsets.BMPINFO_HEIGHT);
    return width == 0 ? "" : " (" + width + " x " + height + ")";
  }
}
