package io.github.lodepngffm.internal;

import io.github.lodepngffm.ColorType;
import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.DecodePath;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngInfo;
import io.github.lodepngffm.PngWarning;
import io.github.lodepngffm.Tolerance;
import io.github.lodepngffm.internal.generated.LodepngFfm;
import io.github.lodepngffm.internal.generated.lpf_info;
import io.github.lodepngffm.internal.generated.lpf_options;
import io.github.lodepngffm.internal.generated.lpf_plan;
import io.github.lodepngffm.internal.generated.lpf_report;
import io.github.lodepngffm.internal.generated.lpf_warning;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * The one funnel of native calls: the only class that knows the generated bindings, and with {@link
 * NativeLoader} the only one that uses restricted methods. Each method turns Java values into the C
 * ones and codes into exceptions; the contract is lodepng_ffm.h. Every segment goes down as a
 * segment argument, never as a bare address, since only then its arena stays open during the call.
 */
public final class NativeCalls {
  /** Longer heap segments are passed in slices: a critical call holds up every collector. */
  private static final long CRITICAL_BYTES = 1 << 20;

  static final int HEADER_BYTES = 33;

  /** {@code -Dlodepngffm.simd=off}: no vector instructions beyond the platform's baseline. */
  private static final int PROCESS_FLAGS =
      "off".equalsIgnoreCase(System.getProperty("lodepngffm.simd"))
          ? LodepngFfm.LPF_FLAG_SCALAR()
          : 0;

  private NativeCalls() {}

  /**
   * The sizes of a conversion, known from the header.
   *
   * @param info the header
   * @param bmpBytes exact bytes of the BMP
   * @param scratchBytes working memory with which the conversion allocates nothing, or as much of
   *     that as its budget allows
   */
  public record Plan(PngInfo info, long bmpBytes, long scratchBytes) {}

  static int abiVersionOfLibrary() {
    return LodepngFfm.lpf_abi_version();
  }

  static int abiVersionOfBindings() {
    return LodepngFfm.LPF_ABI_VERSION();
  }

  /**
   * Reads the header of a PNG.
   *
   * @param png its bytes, native or on the heap
   * @return the header
   */
  public static PngInfo readInfo(MemorySegment png) {
    NativeLoader.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = lpf_info.allocate(arena);
      MemorySegment header = headerOf(png, arena);
      NativeErrors.check(LodepngFfm.lpf_png_info(header, header.byteSize(), info), 0, 0, "");
      return infoOf(info);
    }
  }

  /**
   * Plans a conversion.
   *
   * @param png the bytes of the PNG, native or on the heap
   * @param options the limits to check
   * @return the sizes
   */
  public static Plan plan(MemorySegment png, ConvertOptions options) {
    return plan(png, png.byteSize(), options);
  }

  /**
   * Plans a conversion whose PNG is not in memory yet.
   *
   * @param header the first bytes of the PNG, at least 33 if it has as many; native or on the heap
   * @param pngBytes how many the whole PNG has
   * @param options the limits to check
   * @return the sizes
   */
  public static Plan plan(MemorySegment header, long pngBytes, ConvertOptions options) {
    NativeLoader.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment plan = lpf_plan.allocate(arena);
      MemorySegment settings = settings(options, 0, arena);
      // a file may have grown since its beginning was read: C reads as far as it is told
      long bytes = header.byteSize() < HEADER_BYTES ? header.byteSize() : pngBytes;
      int code = LodepngFfm.lpf_png_plan(headerOf(header, arena), bytes, settings, plan);
      NativeErrors.check(code, lpf_plan.limit(plan), lpf_plan.wanted(plan), sizeOf(plan));
      long scratchBytes = Math.min(lpf_plan.scratch_bytes(plan), options.limits().maxMemoryBytes());
      return new Plan(infoOf(lpf_plan.info(plan)), lpf_plan.bmp_bytes(plan), scratchBytes);
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
    NativeLoader.require();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment report = lpf_report.allocate(arena);
      int code =
          LodepngFfm.lpf_png_to_bmp(
              png,
              png.byteSize(),
              settings(options, flags, arena),
              bmp,
              bmp.byteSize(),
              scratch,
              scratch.byteSize(),
              cancel,
              report);
      NativeErrors.check(code, lpf_report.limit(report), lpf_report.wanted(report), "");
      return new ConversionReport(
          lpf_report.bytes_written(report),
          pathOf(lpf_report.decode_path(report)),
          lpf_report.peak_memory_bytes(report),
          warningsOf(report),
          Integer.toUnsignedLong(lpf_report.warning_count(report)));
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
      NativeLoader.require();
      throw NativeErrors.exception(Code.LIMIT_INPUT_BYTES, limits.maxInputBytes(), bytes, "");
    }
  }

  /**
   * The refusal of an image whose BMP the format cannot express.
   *
   * @param info the image
   * @return to be thrown
   */
  public static PngException bmpTooLarge(PngInfo info) {
    NativeLoader.require();
    long bytes = 54 + (3L * info.width() + 3) / 4 * 4 * info.height();
    String size = " (" + info.width() + " x " + info.height() + ")";
    return NativeErrors.exception(Code.BMP_TOO_LARGE, 0xFFFF_FFFFL, bytes, size);
  }

  /**
   * Allocates native memory with undefined content, freed when the arena closes.
   *
   * @param bytes not negative
   * @param arena owns the memory
   * @return exactly that many bytes
   * @throws OutOfMemoryError if there is none
   */
  public static MemorySegment allocate(long bytes, Arena arena) {
    return ownedBy(arena, allocate(bytes));
  }

  /** Ties memory to an arena; one that is closed, or another thread's, must not leak it. */
  private static MemorySegment ownedBy(Arena arena, MemorySegment memory) {
    try {
      return memory.reinterpret(arena, NativeCalls::free);
    } catch (Throwable e) {
      free(memory);
      throw e;
    }
  }

  /** As the above, but belongs to the caller, who frees it. */
  static MemorySegment allocate(long bytes) {
    NativeLoader.require();
    return sized(LodepngFfm.lpf_memory_allocate(bytes), bytes);
  }

  /** Frees what {@link #allocate(long)} returned, whole. */
  static void free(MemorySegment memory) {
    LodepngFfm.lpf_memory_free(memory, memory.byteSize());
  }

  private static MemorySegment sized(MemorySegment memory, long bytes) {
    if (memory.equals(MemorySegment.NULL)) {
      throw new OutOfMemoryError("no native memory for " + bytes + " bytes");
    }
    return memory.reinterpret(bytes);
  }

  /**
   * Another view of a segment, which can only be used until an arena closes.
   *
   * @param segment outlives the arena
   * @param arena what the view's life depends on
   * @return the same bytes
   */
  public static MemorySegment viewUntilClosed(MemorySegment segment, Arena arena) {
    return segment.reinterpret(segment.byteSize(), arena, null);
  }

  /**
   * Whether a thread may use what an arena allocates.
   *
   * @param thread any, started or not
   * @param arena open
   * @return false if the arena is confined to another thread
   */
  public static boolean isAccessibleBy(Thread thread, Arena arena) {
    try {
      return MemorySegment.NULL.reinterpret(0, arena, null).isAccessibleBy(thread);
    } catch (WrongThreadException e) {
      return false; // nor by the calling thread
    }
  }

  /**
   * How many native allocations are alive, those of idle pools included.
   *
   * @return a count
   */
  public static long liveAllocations() {
    NativeLoader.require();
    return LodepngFfm.lpf_live_allocations();
  }

  /**
   * The bytes of the native allocations that are alive.
   *
   * @return bytes
   */
  public static long liveBytes() {
    NativeLoader.require();
    return LodepngFfm.lpf_live_bytes();
  }

  /**
   * Adds {@code by} to each byte, in place.
   *
   * @param bytes native or on the heap
   * @param by any number
   */
  public static void rotate(MemorySegment bytes, int by) {
    NativeLoader.require();
    if (bytes.isNative()) {
      NativeErrors.check(LodepngFfm.lpf_rotate(bytes, bytes.byteSize(), by), 0, 0, "");
      return;
    }
    for (long at = 0; at < bytes.byteSize(); at += CRITICAL_BYTES) {
      MemorySegment slice = sliceFrom(bytes, at);
      try {
        NativeErrors.check(
            (int) Critical.ROTATE.invokeExact(slice, slice.byteSize(), by), 0, 0, "");
      } catch (Throwable e) {
        throw NativeErrors.unexpected(e);
      }
    }
  }

  /**
   * Adds {@code by} to each byte, in place, and returns new memory with each byte minus it.
   *
   * @param bytes native or on the heap
   * @param by any number
   * @param arena owns the new memory
   * @return as many bytes
   */
  public static MemorySegment rotateBoth(MemorySegment bytes, int by, Arena arena) {
    NativeLoader.require();
    if (bytes.isNative()) {
      arena.allocate(0); // refuses an arena that could not own the result, before bytes change
      MemorySegment rotatedBack = LodepngFfm.lpf_rotate_both(bytes, bytes.byteSize(), by);
      return ownedBy(arena, sized(rotatedBack, bytes.byteSize()));
    }
    MemorySegment rotatedBack = allocate(bytes.byteSize(), arena);
    rotatedBack.copyFrom(bytes);
    rotate(rotatedBack, -by);
    rotate(bytes, by);
    return rotatedBack;
  }

  /**
   * Adds {@code by} to each double, in place.
   *
   * @param doubles native or on the heap, a multiple of 8 bytes
   * @param by any number
   */
  public static void increment(MemorySegment doubles, double by) {
    NativeLoader.require();
    if (doubles.isNative()) {
      long count = doubles.byteSize() / Double.BYTES;
      NativeErrors.check(LodepngFfm.lpf_increment(doubles, count, by), 0, 0, "");
      return;
    }
    for (long at = 0; at < doubles.byteSize(); at += CRITICAL_BYTES) {
      MemorySegment slice = sliceFrom(doubles, at);
      try {
        NativeErrors.check(
            (int) Critical.INCREMENT.invokeExact(slice, slice.byteSize() / Double.BYTES, by),
            0,
            0,
            "");
      } catch (Throwable e) {
        throw NativeErrors.unexpected(e);
      }
    }
  }

  /**
   * The versions of what the library is made of.
   *
   * @return such as {@code LodePNG 20241228, libdeflate 1.23, avx2}
   */
  public static String version() {
    NativeLoader.require();
    return "LodePNG "
        + text(LodepngFfm.lpf_lodepng_version())
        + ", libdeflate "
        + text(LodepngFfm.lpf_libdeflate_version())
        + ", "
        + (PROCESS_FLAGS == 0 ? text(LodepngFfm.lpf_simd_name()) : "scalar");
  }

  static String errorText(int code) {
    return text(LodepngFfm.lpf_error_text(code));
  }

  private static String text(MemorySegment staticText) {
    return staticText.reinterpret(Long.MAX_VALUE).getString(0);
  }

  private static MemorySegment sliceFrom(MemorySegment segment, long at) {
    return segment.asSlice(at, Math.min(CRITICAL_BYTES, segment.byteSize() - at));
  }

  /** The first bytes of a PNG, which is all that header functions read, in native memory. */
  private static MemorySegment headerOf(MemorySegment png, Arena arena) {
    if (Segments.isForNativeCode(png)) {
      return png;
    }
    long bytes = Math.min(HEADER_BYTES, png.byteSize());
    return arena.allocate(Math.max(bytes, 1)).asSlice(0, bytes).copyFrom(png.asSlice(0, bytes));
  }

  private static MemorySegment settings(ConvertOptions options, int flags, Arena arena) {
    Limits limits = options.limits();
    MemorySegment settings = lpf_options.allocate(arena);
    lpf_options.max_input_bytes(settings, limits.maxInputBytes());
    lpf_options.max_pixels(settings, limits.maxPixels());
    lpf_options.max_output_bytes(settings, limits.maxOutputBytes());
    lpf_options.max_memory_bytes(settings, limits.maxMemoryBytes());
    lpf_options.max_ancillary_bytes(settings, limits.maxAncillaryBytes());
    lpf_options.max_chunks(settings, limits.maxChunks());
    lpf_options.max_idat_ratio(settings, limits.maxIdatRatio());
    lpf_options.flags(settings, PROCESS_FLAGS | flagsOf(options.tolerance()) | flags);
    return settings;
  }

  private static int flagsOf(Tolerance tolerance) {
    return switch (tolerance) {
      case STRICT -> 0;
      case ANCILLARY_DAMAGE -> LodepngFfm.LPF_FLAG_TOLERATE_ANCILLARY();
      case TRUNCATED_DATA ->
          LodepngFfm.LPF_FLAG_TOLERATE_ANCILLARY() | LodepngFfm.LPF_FLAG_TOLERATE_TRUNCATION();
    };
  }

  private static List<PngWarning> warningsOf(MemorySegment report) {
    int count = lpf_report.warning_count(report);
    if (count == 0) {
      return List.of();
    }
    int held =
        Integer.compareUnsigned(count, LodepngFfm.LPF_WARNING_CAPACITY()) < 0
            ? count
            : LodepngFfm.LPF_WARNING_CAPACITY();
    MemorySegment warnings = lpf_report.warnings(report);
    List<PngWarning> list = new ArrayList<>(held);
    for (int i = 0; i < held; i++) {
      MemorySegment warning = lpf_warning.asSlice(warnings, i);
      int code = lpf_warning.code(warning);
      list.add(
          new PngWarning(
              code,
              letters(lpf_warning.chunk_type(warning)),
              lpf_warning.offset(warning),
              errorText(code)));
    }
    return list;
  }

  private static String letters(int chunkType) {
    StringBuilder letters = new StringBuilder(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      char letter = (char) (chunkType >>> shift & 0xff);
      boolean ascii = letter >= 'A' && letter <= 'Z' || letter >= 'a' && letter <= 'z';
      letters.append(ascii ? letter : '?');
    }
    return letters.toString();
  }

  private static String sizeOf(MemorySegment plan) {
    MemorySegment info = lpf_plan.info(plan);
    int width = lpf_info.width(info);
    return width == 0 ? "" : " (" + width + " x " + lpf_info.height(info) + ")";
  }

  private static PngInfo infoOf(MemorySegment info) {
    return new PngInfo(
        lpf_info.width(info),
        lpf_info.height(info),
        lpf_info.bit_depth(info),
        ColorType.of(lpf_info.color_type(info)),
        lpf_info.interlace_method(info) == 1,
        pathOf(lpf_info.decode_path(info)));
  }

  private static DecodePath pathOf(int path) {
    return path == LodepngFfm.LPF_PATH_FAST() ? DecodePath.FAST : DecodePath.LODEPNG;
  }

  /** The result codes, for the classes that may not know the generated ones. */
  static final class Code {
    static final int DONE = LodepngFfm.LPF_DONE();
    static final int INVALID_ARGUMENT = LodepngFfm.LPF_INVALID_ARGUMENT();
    static final int LIMIT_INPUT_BYTES = LodepngFfm.LPF_LIMIT_INPUT_BYTES();
    static final int LIMIT_PIXELS = LodepngFfm.LPF_LIMIT_PIXELS();
    static final int LIMIT_OUTPUT_BYTES = LodepngFfm.LPF_LIMIT_OUTPUT_BYTES();
    static final int LIMIT_MEMORY_BYTES = LodepngFfm.LPF_LIMIT_MEMORY_BYTES();
    static final int LIMIT_CHUNKS = LodepngFfm.LPF_LIMIT_CHUNKS();
    static final int LIMIT_ANCILLARY_BYTES = LodepngFfm.LPF_LIMIT_ANCILLARY_BYTES();
    static final int BMP_TOO_LARGE = LodepngFfm.LPF_BMP_TOO_LARGE();
    static final int OUTPUT_TOO_SMALL = LodepngFfm.LPF_OUTPUT_TOO_SMALL();
    static final int CANCELLED = LodepngFfm.LPF_CANCELLED();
    static final int TOO_MANY_BLOCKS = LodepngFfm.LPF_TOO_MANY_BLOCKS();

    private Code() {}
  }

  /** The calls that may see heap memory, made when first used: jextract cannot make them. */
  private static final class Critical {
    static final MethodHandle ROTATE =
        critical(LodepngFfm.lpf_rotate$address(), LodepngFfm.lpf_rotate$descriptor());
    static final MethodHandle INCREMENT =
        critical(LodepngFfm.lpf_increment$address(), LodepngFfm.lpf_increment$descriptor());

    private static MethodHandle critical(MemorySegment address, FunctionDescriptor descriptor) {
      return Linker.nativeLinker()
          .downcallHandle(address, descriptor, Linker.Option.critical(true));
    }
  }
}
