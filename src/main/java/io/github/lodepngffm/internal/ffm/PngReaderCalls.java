package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.internal.generated.LodepngFfm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** From PNG to pixels, a band of rows at a time. */
public final class PngReaderCalls {
  private PngReaderCalls() {}

  /**
   * Which pixels of an image are read: a rectangle, and of that every so many-th column and row.
   *
   * @param x columns to its left
   * @param y rows above it
   * @param width its columns
   * @param height its rows
   * @param stepX columns from a pixel to the next
   * @param stepY rows from a row to the next
   */
  public record Selection(int x, int y, int width, int height, int stepX, int stepY) {
    /**
     * How many pixels of each row are read.
     *
     * @return at least 1
     */
    public int columns() {
      return (width - 1) / stepX + 1;
    }

    /**
     * How many rows are read.
     *
     * @return at least 1
     */
    public int rows() {
      return (height - 1) / stepY + 1;
    }
  }

  /**
   * What came of reading a band.
   *
   * @param rows how many were read
   * @param report about all bands so far
   */
  public record Band(int rows, ConversionReport report) {}

  /**
   * The working memory that a reader needs, or as much of that as its budget allows.
   *
   * @param png the bytes of the PNG, native, or the first of them
   * @param pngBytes how many the whole PNG has, or may have at most
   * @param format of the pixels
   * @param selection which of them
   * @param options the limits to check
   * @return bytes
   */
  public static long stateBytes(
      MemorySegment png,
      long pngBytes,
      PixelFormat format,
      Selection selection,
      DecodeOptions options) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      Structure plan = Structure.allocate(Offsets.PLAN_SIZE, arena);
      int code =
          LodepngFfm.lpf_png_reader_plan(
              png,
              png.byteSize() < PngCalls.HEADER_BYTES ? png.byteSize() : pngBytes,
              Options.of(options, 0, arena),
              format.ordinal(),
              structureOf(selection, arena),
              plan.segment());
      if (code != HeaderConstants.LPF_DONE) {
        throw NativeErrors.failure(
            code,
            plan.getLong(Offsets.PLAN_LIMIT),
            plan.getLong(Offsets.PLAN_WANTED),
            PngCalls.sizeOf(plan),
            png);
      }
      return Math.min(plan.getLong(Offsets.PLAN_SCRATCH_BYTES), options.limits().maxMemoryBytes());
    }
  }

  /**
   * Opens a reader; blocks for as long as it takes to walk through the chunks, and of an interlaced
   * image to decode it. Unless it throws, or wants input, the reader is to be {@linkplain #close
   * closed}.
   *
   * @param png the bytes of the PNG, native
   * @param piece null where these are all of them
   * @param format of the pixels
   * @param selection which of them
   * @param options the limits to check, and what becomes of transparency
   * @param state working memory, which must stay as it is until the reader is closed
   * @param cancel an int that another thread may set
   * @return false if it wants more input, from the beginning on
   */
  public static boolean open(
      MemorySegment png,
      Piece piece,
      PixelFormat format,
      Selection selection,
      DecodeOptions options,
      MemorySegment state,
      MemorySegment cancel) {
    NativeLibrary.require();
    try (Arena arena = Arena.ofConfined()) {
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      Structure place = Piece.structureOf(piece, arena);
      int code =
          LodepngFfm.lpf_png_reader_open(
              png,
              png.byteSize(),
              place.segment(),
              Options.of(options, 0, arena),
              format.ordinal(),
              structureOf(selection, arena),
              state,
              state.byteSize(),
              cancel,
              report.segment());
      Piece.read(piece, place);
      return isDone(code, report, png, piece);
    }
  }

  /**
   * Reads the next rows; blocks for as long as that takes.
   *
   * @param state where the reader was opened
   * @param png the same bytes as then, or what follows those that have been used
   * @param piece null where these are all of them
   * @param band where the pixels go, native
   * @param cancel an int that another thread may set
   * @return how many rows, and the report; null if it wants more input
   */
  public static Band rows(
      MemorySegment state, MemorySegment png, Piece piece, Pixels band, MemorySegment cancel) {
    try (Arena arena = Arena.ofConfined()) {
      Structure report = Structure.allocate(Offsets.REPORT_SIZE, arena);
      Structure place = Piece.structureOf(piece, arena);
      MemorySegment rows = arena.allocate(ValueLayout.JAVA_INT);
      int code =
          LodepngFfm.lpf_png_reader_rows(
              state,
              png,
              png.byteSize(),
              place.segment(),
              band.memory(),
              band.memory().byteSize(),
              PngPixelsCalls.placeOf(band, arena),
              cancel,
              rows,
              report.segment());
      Piece.read(piece, place);
      return isDone(code, report, png, piece)
          ? new Band(rows.get(ValueLayout.JAVA_INT, 0), PngCalls.reportOf(report))
          : null;
    }
  }

  /**
   * Closes a reader, wherever it stands.
   *
   * @param state where it was opened
   */
  public static void close(MemorySegment state) {
    LodepngFfm.lpf_png_reader_close(state);
  }

  /** False if more input is wanted; throws what any other code means that is not "done". */
  static boolean isDone(int code, Structure report, MemorySegment png, Piece piece) {
    if (code == HeaderConstants.LPF_WANTS_INPUT) {
      return false;
    }
    if (code != HeaderConstants.LPF_DONE) {
      throw NativeErrors.failure(
          code,
          report.getLong(Offsets.REPORT_LIMIT),
          report.getLong(Offsets.REPORT_WANTED),
          "",
          piece == null ? png : null);
    }
    return true;
  }

  private static MemorySegment structureOf(Selection selection, Arena arena) {
    Structure structure = Structure.allocate(Offsets.SELECTION_SIZE, arena);
    structure.setInt(Offsets.SELECTION_X, selection.x());
    structure.setInt(Offsets.SELECTION_Y, selection.y());
    structure.setInt(Offsets.SELECTION_WIDTH, selection.width());
    structure.setInt(Offsets.SELECTION_HEIGHT, selection.height());
    structure.setInt(Offsets.SELECTION_STEP_X, selection.stepX());
    structure.setInt(Offsets.SELECTION_STEP_Y, selection.stepY());
    return structure.segment();
  }
}
