package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.internal.generated.LodepngFfm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** From pixels to BMP: size first, then encoding. */
public final class BmpEncodeCalls {
  private BmpEncodeCalls() {}

  /**
   * The exact size of a BMP.
   *
   * @param pixels what it will show; not looked at
   * @param options the kind of BMP, and the limits
   * @return bytes
   */
  public static long bmpBytes(Pixels pixels, ConvertOptions options) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      Structure plan = Structure.allocate(Offsets.PLAN_SIZE, arena);
      int code =
          LodepngFfm.lpf_bmp_encode_plan(
              PngPixelsCalls.placeOf(pixels, arena),
              Options.of(options, 0, arena),
              plan.segment());
      check(code, plan.getLong(Offsets.PLAN_LIMIT), plan.getLong(Offsets.PLAN_WANTED), pixels);
      return plan.getLong(Offsets.PLAN_OUTPUT_BYTES);
    }
  }

  /**
   * Encodes; blocks for as long as that takes.
   *
   * @param pixels native
   * @param palette {@code 0xAARRGGBB} of indices, else empty
   * @param options the kind of BMP, and the limits
   * @param bmp where it goes, native, of its size
   */
  public static void encode(
      Pixels pixels, int[] palette, ConvertOptions options, MemorySegment bmp) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      int code =
          LodepngFfm.lpf_bmp_encode(
              pixels.memory(),
              pixels.memory().byteSize(),
              PngPixelsCalls.placeOf(pixels, arena),
              Palettes.rgba(palette, arena),
              palette.length,
              Options.of(options, 0, arena),
              bmp,
              bmp.byteSize(),
              MemorySegment.NULL,
              report.segment());
      check(
          code, report.getLong(Offsets.REPORT_LIMIT), report.getLong(Offsets.REPORT_WANTED), pixels);
    }
  }

  private static void check(int code, long limit, long wanted, Pixels pixels) {
    if (code != HeaderConstants.LPF_DONE) {
      String size = " (" + pixels.width() + " x " + pixels.height() + ")";
      throw BmpErrors.failure(code, limit, wanted, size, MemorySegment.NULL);
    }
  }
}
