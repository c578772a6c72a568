package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.EncodeOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.Tolerance;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.OptionalInt;

/** {@link ConvertOptions}, {@link DecodeOptions} and {@link EncodeOptions} as native code reads them. */
final class Options {
  /** {@code -Dlodepngffm.simd}: {@code off}, {@code avx2} or {@code avx512}, at most. */
  private static final int PROCESS_FLAGS = flagsOf(System.getProperty("lodepngffm.simd"));

  private Options() {}

  /** What of the processor's vector instructions is used. */
  static String simdOf(String processor) {
    if ((PROCESS_FLAGS & HeaderConstants.LPF_FLAG_SCALAR) != 0) {
      return "scalar";
    }
    boolean isCapped = (PROCESS_FLAGS & HeaderConstants.LPF_FLAG_NO_AVX512) != 0;
    return isCapped && processor.equals("avx512") ? "avx2" : processor;
  }

  static MemorySegment of(ConvertOptions options, int flags, Arena arena) {
    Structure settings = of(options.limits(), options.tolerance(), flags, arena);
    settings.setInt(Offsets.OPTIONS_BMP_FORMAT, options.bmpFormat().ordinal());
    settings.setInt(Offsets.OPTIONS_ALPHA, HeaderConstants.LPF_ALPHA_STRAIGHT);
    settings.setInt(Offsets.OPTIONS_BACKGROUND, background(options.background()));
    return settings.segment();
  }

  static MemorySegment of(DecodeOptions options, int flags, Arena arena) {
    Structure settings = of(options.limits(), options.tolerance(), flags, arena);
    settings.setInt(Offsets.OPTIONS_BMP_FORMAT, HeaderConstants.LPF_BMP_CLASSIC);
    settings.setInt(Offsets.OPTIONS_ALPHA, options.alpha().ordinal());
    settings.setInt(Offsets.OPTIONS_BACKGROUND, background(options.background()));
    return settings.segment();
  }

  static MemorySegment of(EncodeOptions options, Arena arena) {
    Limits limits = options.limits();
    int flags =
        (options.interlaced() ? HeaderConstants.LPF_FLAG_INTERLACED : 0)
            | (options.reductions() ? 0 : HeaderConstants.LPF_FLAG_NO_REDUCTIONS);
    Structure settings = Structure.allocate(Offsets.ENCODE_OPTIONS_SIZE, arena);
    settings.setLong(Offsets.ENCODE_OPTIONS_MAX_PIXELS, limits.maxPixels());
    settings.setLong(Offsets.ENCODE_OPTIONS_MAX_OUTPUT_BYTES, limits.maxOutputBytes());
    settings.setLong(Offsets.ENCODE_OPTIONS_MAX_MEMORY_BYTES, limits.maxMemoryBytes());
    settings.setInt(Offsets.ENCODE_OPTIONS_FLAGS, PROCESS_FLAGS | flags);
    settings.setInt(Offsets.ENCODE_OPTIONS_EFFORT, options.effort().ordinal());
    return settings.segment();
  }

  private static Structure of(Limits limits, Tolerance tolerance, int flags, Arena arena) {
    Structure settings = Structure.allocate(Offsets.OPTIONS_SIZE, arena);
    settings.setLong(Offsets.OPTIONS_MAX_INPUT_BYTES, limits.maxInputBytes());
    settings.setLong(Offsets.OPTIONS_MAX_PIXELS, limits.maxPixels());
    settings.setLong(Offsets.OPTIONS_MAX_OUTPUT_BYTES, limits.maxOutputBytes());
    settings.setLong(Offsets.OPTIONS_MAX_MEMORY_BYTES, limits.maxMemoryBytes());
    settings.setLong(Offsets.OPTIONS_MAX_ANCILLARY_BYTES, limits.maxAncillaryBytes());
    settings.setLong(Offsets.OPTIONS_MAX_CHUNKS, limits.maxChunks());
    settings.setLong(Offsets.OPTIONS_MAX_IDAT_RATIO, limits.maxIdatRatio());
    settings.setInt(Offsets.OPTIONS_FLAGS, PROCESS_FLAGS | flagsOf(tolerance) | flags);
    return settings;
  }

  private static int background(OptionalInt rgb) {
    return rgb.isPresent()
        ? HeaderConstants.LPF_BACKGROUND | rgb.getAsInt()
        : HeaderConstants.LPF_BACKGROUND_NONE;
  }

  private static int flagsOf(String simd) {
    return switch (simd == null ? "" : simd.toLowerCase(Locale.ROOT)) {
      case "off" -> HeaderConstants.LPF_FLAG_SCALAR;
      case "avx2" -> HeaderConstants.LPF_FLAG_NO_AVX512;
      default -> 0;
    };
  }

  private static int flagsOf(Tolerance tolerance) {
    if (tolerance == Tolerance.STRICT) {
      return 0;
    }
    return tolerance == Tolerance.ANCILLARY_DAMAGE
        ? HeaderConstants.LPF_FLAG_TOLERATE_ANCILLARY
        : HeaderConstants.LPF_FLAG_TOLERATE_ANCILLARY
            | HeaderConstants.LPF_FLAG_TOLERATE_TRUNCATION;
  }
}
