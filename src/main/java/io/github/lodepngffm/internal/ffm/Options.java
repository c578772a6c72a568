package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.Tolerance;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@link ConvertOptions} as the structure that native code reads. */
final class Options {
  /** {@code -Dlodepngffm.simd=off}: no vector instructions beyond the platform's baseline. */
  private static final int PROCESS_FLAGS =
      "off".equalsIgnoreCase(System.getProperty("lodepngffm.simd"))
          ? HeaderConstants.LPF_FLAG_SCALAR
          : 0;

  private Options() {}

  static boolean isScalar() {
    return PROCESS_FLAGS != 0;
  }

  static MemorySegment of(ConvertOptions options, int flags, Arena arena) {
    Limits limits = options.limits();
    Structure settings = Structure.allocate(Offsets.OPTIONS_SIZE, arena);
    settings.setLong(Offsets.OPTIONS_MAX_INPUT_BYTES, limits.maxInputBytes());
    settings.setLong(Offsets.OPTIONS_MAX_PIXELS, limits.maxPixels());
    settings.setLong(Offsets.OPTIONS_MAX_OUTPUT_BYTES, limits.maxOutputBytes());
    settings.setLong(Offsets.OPTIONS_MAX_MEMORY_BYTES, limits.maxMemoryBytes());
    settings.setLong(Offsets.OPTIONS_MAX_ANCILLARY_BYTES, limits.maxAncillaryBytes());
    settings.setLong(Offsets.OPTIONS_MAX_CHUNKS, limits.maxChunks());
    settings.setLong(Offsets.OPTIONS_MAX_IDAT_RATIO, limits.maxIdatRatio());
    int all = PROCESS_FLAGS | flagsOf(options.tolerance()) | flags;
    settings.setInt(Offsets.OPTIONS_FLAGS, all);
    return settings.segment();
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
