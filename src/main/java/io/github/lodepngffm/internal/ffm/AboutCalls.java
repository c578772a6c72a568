package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.internal.generated.LodepngFfm;
import java.lang.foreign.MemorySegment;

/** What the library says of itself; each text is static in it. */
public final class AboutCalls {
  private AboutCalls() {}

  /**
   * The versions of what the library is made of.
   *
   * @return such as {@code LodePNG 20241228, libdeflate 1.23, avx2}
   */
  public static String version() {
    NativeLibrary.require();
    return "LodePNG "
        + text(LodepngFfm.lpf_lodepng_version())
        + ", libdeflate "
        + text(LodepngFfm.lpf_libdeflate_version())
        + ", "
        + Options.simdOf(text(LodepngFfm.lpf_simd_name()));
  }

  /** Not through the generated bindings: a first conversion may have a warning. */
  static String errorText(int code) {
    return text(Functions.ERROR_TEXT.callForPointer(code));
  }

  private static String text(MemorySegment staticText) {
    return staticText.reinterpret(Long.MAX_VALUE).getString(0);
  }

  /** Looked up when first used, which is after the library was loaded. */
  private static final class Functions {
    static final CodecFunction ERROR_TEXT = CodecFunction.of("lpf_error_text");
  }
}
