package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.PngInfo;
import io.github.lodepngffm.internal.generated.LodepngFfm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** From PNG to BMP, a band of rows at a time. {@link PngReaderCalls#close} closes what is opened. */
public final class PngBmpBandsCalls {
  /** In place of a number of rows: more input is wanted first. */
  public static final int WANTS_INPUT = -1;

  private PngBmpBandsCalls() {}

  /**
   * The sizes of a conversion in bands.
   *
   * @param info the header
   * @param bmpBytes exact bytes of the BMP
   * @param pixelsAt bytes of it that stand before the pixel array
   * @param rowBytes of a row with its padding
   * @param profileBytes bytes of it that stand behind the pixel array
   * @param stateBytes working memory with which the conversion allocates nothing, or as much of that
   *     as its budget allows
   */
  public record Plan(
      PngInfo info,
      long bmpBytes,
      long pixelsAt,
      long rowBytes,
      long profileBytes,
      long stateBytes) {}

  /**
   * Plans a conversion.
   *
   * @param png the bytes of the PNG, native; or the first of them, at least 33, for the formats whose
   *     size follows from the header
   * @param pngBytes how many the whole PNG has
   * @param options the limits to check
   * @return the sizes
   */
  public static Plan plan(MemorySegment png, long pngBytes, ConvertOptions options) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      Structure plan = Structure.allocate(Offsets.PLAN_SIZE, arena);
      Structure bands = Structure.allocate(Offsets.BANDS_SIZE, arena);
      int code =
          LodepngFfm.lpf_png_bmp_bands_plan(
              png,
              png.byteSize() < PngCalls.HEADER_BYTES ? png.byteSize() : pngBytes,
              Options.of(options, 0, arena),
              plan.segment(),
              bands.segment());
      if (code != HeaderConstants.LPF_DONE) {
        throw NativeErrors.failure(
            code,
            plan.getLong(Offsets.PLAN_LIMIT),
            plan.getLong(Offsets.PLAN_WANTED),
            PngCalls.sizeOf(plan),
            png);
      }
      return new Plan(
          PngCalls.infoOf(plan, Offsets.PLAN_INFO),
          plan.getLong(Offsets.PLAN_OUTPUT_BYTES),
          bands.getLong(Offsets.BANDS_PIXELS_AT),
          bands.getLong(Offsets.BANDS_ROW_BYTES),
          bands.getLong(Offsets.BANDS_PROFILE_BYTES),
          Math.min(
              bands.getLong(Offsets.BANDS_STATE_BYTES), options.limits().maxMemoryBytes()));
    }
  }

  /**
   * Opens a conversion; blocks for as long as it takes to walk through the chunks. Unless it throws,
   * or wants input, it is to be {@linkplain PngReaderCalls#close closed}.
   *
   * @param png the bytes of the PNG, native
   * @param piece null where these are all of them
   * @param options the limits to check
   * @param state working memory, which must stay as it is until the conversion is closed
   * @return false if it wants more input, from the beginning on
   */
  public static boolean open(
      MemorySegment png, Piece piece, ConvertOptions options, MemorySegment state) {
    try (Arena arena = Arena.ofConfined()) {
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      Structure place = Piece.structureOf(piece, arena);
      int code =
          LodepngFfm.lpf_png_bmp_bands_open(
              png,
              png.byteSize(),
              place.segment(),
              Options.of(options, 0, arena),
              state,
              state.byteSize(),
              MemorySegment.NULL,
              report.segment());
      Piece.read(piece, place);
      return PngReaderCalls.isDone(code, report, png, piece);
    }
  }

  /**
   * Makes the next rows, the uppermost last; blocks for as long as that takes.
   *
   * @param state where the conversion was opened
   * @param png the same bytes as then, or what follows those that have been used
   * @param piece null where these are all of them
   * @param band gets as many as it has room for, native
   * @return how many; 0 behind the last; {@link #WANTS_INPUT}
   */
  public static int rows(MemorySegment state, MemorySegment png, Piece piece, MemorySegment band) {
    try (Arena arena = Arena.ofConfined()) {
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      Structure place = Piece.structureOf(piece, arena);
      MemorySegment rows = arena.allocate(ValueLayout.JAVA_INT);
      int code =
          LodepngFfm.lpf_png_bmp_bands_rows(
              state,
              png,
              png.byteSize(),
              place.segment(),
              band,
              band.byteSize(),
              MemorySegment.NULL,
              rows,
              report.segment());
      Piece.read(piece, place);
      return PngReaderCalls.isDone(code, report, png, piece)
          ? rows.get(ValueLayout.JAVA_INT, 0)
          : WANTS_INPUT;
    }
  }

  /**
   * Makes what stands before and behind the pixel array, once all rows are made.
   *
   * @param state where the conversion was opened
   * @param png the same bytes as then, or what follows those that have been used
   * @param piece null where these are all of them
   * @param ends gets the one, and behind it the other, native
   * @return what the conversion did
   */
  public static ConversionReport ends(
      MemorySegment state, MemorySegment png, Piece piece, MemorySegment ends) {
    try (Arena arena = Arena.ofConfined()) {
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      Structure place = Piece.structureOf(piece, arena);
      int code =
          LodepngFfm.lpf_png_bmp_bands_ends(
              state,
              png,
              png.byteSize(),
              place.segment(),
              ends,
              ends.byteSize(),
              report.segment());
      PngReaderCalls.isDone(code, report, png, piece);
      return PngCalls.reportOf(report);
    }
  }
}
