package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.Tolerance;
import io.github.lodepngffm.internal.generated.LodepngFfm;
import io.github.lodepngffm.internal.generated.lpf_options;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@link ConvertOptions} as the structure that native code reads. */
final class Options {
  /** {@code -Dlodepngffm.simd=off}: no vector instructions beyond the platform's baseline. */
  private static final int PROCESS_FLAGS =
      "off".equalsIgnoreCase(System.getProperty("lodepngffm.simd"))
          ? LodepngFfm.LPF_FLAG_SCALAR()
          : 0;

  private Options() {}

  static boolean isScalar() {
    return PROCESS_FLAGS != 0;
  }

  static MemorySegment of(ConvertOptions options, int flags, Arena arena) {
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
}
