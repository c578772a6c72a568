package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.BmpFormat;
import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngInfo;
import io.github.lodepngffm.Tolerance;
import io.github.lodepngffm.internal.ffm.BmpBound;
import io.github.lodepngffm.internal.ffm.Piece;
import io.github.lodepngffm.internal.ffm.PngBmpBandsCalls;
import io.github.lodepngffm.internal.ffm.PngCalls;
import io.github.lodepngffm.internal.ffm.PngReaderCalls;
import io.github.lodepngffm.internal.files.PngWindow;
import io.github.lodepngffm.internal.jfr.ObservedConversion;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** From PNG to a BMP that is never in memory as a whole, on the thread that asks. */
public final class PngBmpBanding {
  /**
   * From so many bytes of BMP on. Below, the whole is quicker to make and write, and the memory for
   * it is there from the conversion before; there is less of it than of the virtual machine itself.
   */
  private static final long LEAST_BMP_BYTES = 64L << 20;

  /** From so many bytes of PNG on it is not worth the memory to hold them. */
  static final long LEAST_PNG_BYTES = 8L << 20;

  /** Enough for the system to write at full speed, and small enough to stay in a processor's cache. */
  private static final long BAND_BYTES = 2L << 20;

  private PngBmpBanding() {}

  /** Where the parts of a BMP go. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes a part.
     *
     * @param bytes lent until this returns
     * @param at bytes of the BMP before it
     * @throws IOException if it cannot be written
     */
    void write(MemorySegment bytes, long at) throws IOException;
  }

  /**
   * Whether converting in bands is worth it. Not for interlaced images, which are decoded whole
   * anyway.
   *
   * @param png native
   * @param options how it is done
   * @return false if the BMP is made whole
   */
  public static boolean pays(MemoryPool.Lease png, ConvertOptions options) {
    return pays(PngCalls.readInfo(png.segment()), png.segment().byteSize(), options);
  }

  /**
   * Whether a file is so large that it is not held in memory either. Not for what needs all of the
   * PNG: other tolerances, and formats that depend on chunks.
   *
   * @param info the header of the PNG
   * @param pngBytes of the file
   * @param options how it is done
   * @return false if the file is read as a whole
   */
  public static boolean paysInPieces(PngInfo info, long pngBytes, ConvertOptions options) {
    BmpFormat format = options.bmpFormat();
    return pngBytes >= LEAST_PNG_BYTES
        && pays(info, pngBytes, options)
        && options.tolerance() == Tolerance.ANCILLARY_DAMAGE
        && format != BmpFormat.BGRA
        && format != BmpFormat.MATCH;
  }

  private static boolean pays(PngInfo info, long pngBytes, ConvertOptions options) {
    return !info.interlaced() && BmpBound.bmpBytes(info, pngBytes, options) >= LEAST_BMP_BYTES;
  }

  /**
   * Converts what was read, and hands the BMP on in parts, the last rows of the file first.
   *
   * @param png native
   * @param options how it is done
   * @param sink gets each byte of the BMP once, unless something fails
   * @return what it did
   * @throws IOException if the sink fails
   */
  public static ConversionReport convert(
      MemoryPool.Lease png, ConvertOptions options, Sink sink) throws IOException {
    MemorySegment bytes = png.segment();
    PngBmpBandsCalls.Plan plan = PngBmpBandsCalls.plan(bytes, bytes.byteSize(), options);
    return ObservedConversion.inBands(
        bytes.byteSize(), plan.info(), () -> convert(new Whole(bytes), options, plan, sink));
  }

  /**
   * Converts what comes out of a file, as {@link #convert(MemoryPool.Lease, ConvertOptions, Sink)}
   * does.
   *
   * @param png at the beginning of the PNG
   * @param pngBytes how many it has
   * @param options how it is done
   * @param sink gets each byte of the BMP once, unless something fails
   * @return what it did; empty if all of the PNG has to be read at one time: what the sink has got
   *     until then is worth nothing
   * @throws IOException if the sink fails, or the file cannot be read
   */
  public static Optional<ConversionReport> convert(
      PngWindow png, long pngBytes, ConvertOptions options, Sink sink) throws IOException {
    try {
      PngBmpBandsCalls.Plan plan = PngBmpBandsCalls.plan(png.segment(), pngBytes, options);
      return Optional.of(
          ObservedConversion.inBands(
              pngBytes, plan.info(), () -> convert(new InPieces(png), options, plan, sink)));
    } catch (PngException e) {
      if (e.kind() == PngException.Kind.MALFORMED) {
        return Optional.empty(); // LodePNG has the last word
      }
      throw e;
    }
  }

  /** Where the PNG is for native code. */
  private interface Source {
    MemorySegment bytes();

    Piece piece();

    /** After a native call; returns whether it is done. */
    boolean movesOn(boolean done) throws IOException;
  }

  private record Whole(MemorySegment bytes) implements Source {
    @Override
    public Piece piece() {
      return null;
    }

    @Override
    public boolean movesOn(boolean done) {
      return done;
    }
  }

  private record InPieces(PngWindow window) implements Source {
    @Override
    public MemorySegment bytes() {
      return window.segment();
    }

    @Override
    public Piece piece() {
      return window.piece();
    }

    @Override
    public boolean movesOn(boolean done) throws IOException {
      if (done) {
        window.moveOn();
      } else {
        window.readMore();
      }
      return done;
    }
  }

  private static ConversionReport convert(
      Source png, ConvertOptions options, PngBmpBandsCalls.Plan plan, Sink sink)
      throws IOException {
    long bandRows = Math.clamp(BAND_BYTES / plan.rowBytes(), 1, plan.info().height());
    long endBytes = plan.pixelsAt() + plan.profileBytes();
    try (MemoryPool.Lease state = MemoryPool.SHARED.lend(plan.stateBytes());
        MemoryPool.Lease band =
            MemoryPool.SHARED.lend(Math.max(bandRows * plan.rowBytes(), endBytes))) {
      open(png, options, state.segment());
      try {
        writeRows(png, plan, state.segment(), band.segment(), sink);
        MemorySegment ends = band.segment().asSlice(0, endBytes);
        ConversionReport report =
            PngBmpBandsCalls.ends(state.segment(), png.bytes(), png.piece(), ends);
        sink.write(ends.asSlice(plan.pixelsAt()), plan.bmpBytes() - plan.profileBytes());
        sink.write(ends.asSlice(0, plan.pixelsAt()), 0);
        return report;
      } finally {
        PngReaderCalls.close(state.segment());
      }
    }
  }

  private static void open(Source png, ConvertOptions options, MemorySegment state)
      throws IOException {
    boolean isOpen = false;
    try {
      while (!isOpen) {
        isOpen = PngBmpBandsCalls.open(png.bytes(), png.piece(), options, state);
        png.movesOn(isOpen);
      }
    } catch (Throwable e) {
      if (isOpen) {
        PngReaderCalls.close(state);
      }
      throw e;
    }
  }

  private static int makeRows(Source png, MemorySegment state, MemorySegment band)
      throws IOException {
    while (true) {
      int rows = PngBmpBandsCalls.rows(state, png.bytes(), png.piece(), band);
      if (png.movesOn(rows != PngBmpBandsCalls.WANTS_INPUT)) {
        return rows;
      }
    }
  }

  private static void writeRows(
      Source png,
      PngBmpBandsCalls.Plan plan,
      MemorySegment state,
      MemorySegment band,
      Sink sink)
      throws IOException {
    long at = plan.pixelsAt() + plan.rowBytes() * plan.info().height();
    for (int rows = makeRows(png, state, band); rows > 0; rows = makeRows(png, state, band)) {
      long bytes = rows * plan.rowBytes();
      at -= bytes;
      sink.write(band.asSlice(0, bytes), at);
    }
  }
}
