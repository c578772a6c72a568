package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.Tolerance;
import io.github.lodepngffm.internal.generated.LodepngFfm;
import io.github.lodepngffm.internal.generated.lpf_options;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.OptionalInt;

/** {@link ConvertOptions} and {@link DecodeOptions} as the structure that native code reads. */
final class Options {
  /** {@code -Dlodepngffm.simd}: {@code off}, {@code avx2} or {@code avx512}, at most. */
  private static final int PROCESS_FLAGS = flagsOf(System.getProperty("lodepngffm.simd"));

  private Options() {}

  /** What of the processor's vector instructions is used. */
  static String simdOf(String processor) {
    if ((PROCESS_FLAGS & LodepngFfm.LPF_FLAG_SCALAR()) != 0) {
      return "scalar";
    }
    boolean isCapped = (PROCESS_FLAGS & LodepngFfm.LPF_FLAG_NO_AVX512()) != 0;
    return isCapped && processor.equals("avx512") ? "avx2" : processor;
  }

  static MemorySegment of(ConvertOptions options, int flags, Arena arena) {
    MemorySegment settings = of(options.limits(), options.tolerance(), flags, arena);
    lpf_options.bmp_format(settings, options.bmpFormat().ordinal());
    lpf_options.alpha(settings, LodepngFfm.LPF_ALPHA_STRAIGHT());
    lpf_options.background(settings, background(options.background()));
    return settings;
  }

  static MemorySegment of(DecodeOptions options, int flags, Arena arena) {
    MemorySegment settings = of(options.limits(), options.tolerance(), flags, arena);
    lpf_options.bmp_format(settings, LodepngFfm.LPF_BMP_CLASSIC());
    lpf_options.alpha(settings, options.alpha().ordinal());
    lpf_options.background(settings, background(options.background()));
    return settings;
  }

  private static MemorySegment of(Limits limits, Tolerance tolerance, int flags, Arena arena) {
    MemorySegment settings = lpf_options.allocate(arena);
    lpf_options.max_input_bytes(settings, limits.maxInputBytes());
    lpf_options.max_pixels(settings, limits.maxPixels());
    lpf_options.max_output_bytes(settings, limits.maxOutputBytes());
    lpf_options.max_memory_bytes(settings, limits.maxMemoryBytes());
    lpf_options.max_ancillary_bytes(settings, limits.maxAncillaryBytes());
    lpf_options.max_chunks(settings, limits.maxChunks());
    lpf_options.max_idat_ratio(settings, limits.maxIdatRatio());
    lpf_options.flags(settings, PROCESS_FLAGS | flagsOf(tolerance) | flags);
    return settings;
  }

  private static int background(OptionalInt rgb) {
    return rgb.isPresent()
        ? LodepngFfm.LPF_BACKGROUND() | rgb.getAsInt()
        : LodepngFfm.LPF_BACKGROUND_NONE();
  }

  private static int flagsOf(String simd) {
    return switch (simd == null ? "" : simd.toLowerCase(Locale.ROOT)) {
      case "off" -> LodepngFfm.LPF_FLAG_SCALAR();
      case "avx2" -> LodepngFfm.LPF_FLAG_NO_AVX512();
      default -> 0;
    };
  }

  private static int flagsOf(Tolerance tolerance) {
    return switch (tolerance) {
      case STRICT -> 0;
      case ANCILLARY_DAMAGE -> LodepngFfm.LPF_FLAG_TOLERATE_ANCILLARY();
      case TRUNCATED_DATA ->
          LodepngFfm.LPF_FLAG_TOLERATE_ANCILLARY() | LodepngFfm.LPF_FLAG_TOLERATE_TRUNCATION();
    };
  }
}
