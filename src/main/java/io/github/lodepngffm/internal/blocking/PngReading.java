package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.PngInfo;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.ffm.NativeErrors;
import io.github.lodepngffm.internal.ffm.PngCalls;
import io.github.lodepngffm.internal.ffm.PngPixelsCalls;
import io.github.lodepngffm.internal.ffm.PngReaderCalls;
import io.github.lodepngffm.internal.ffm.PngReaderCalls.Selection;
import io.github.lodepngffm.internal.files.PngWindow;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.ReadableByteChannel;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * From PNG to bands of pixels, on the threads that ask, one at a time. Memory is borrowed with the
 * first band, which says what format the pixels have, and given back by {@link #close()}; or when
 * the garbage collector finds that nobody can call it any more.
 */
public final class PngReading implements AutoCloseable {
  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

  private final DecodeOptions options;
  private final PngInfo info;
  private final ReentrantLock lock = new ReentrantLock();
  private final Borrowed borrowed;

  /**
   * What native code looks at while it works. With this view goes the last one who could call, and
   * then what is borrowed is given back; each native call has it, which keeps it until it returns.
   */
  private final MemorySegment cancel;

  /** The caller's PNG; null where it comes out of a channel. */
  private final MemorySegment png;

  private volatile boolean closed;
  private Selection selection;
  private PixelFormat format;
  private boolean opened;
  private int rowsDone;

  /** The band that waits for more of the PNG; null where none does. */
  private Pixels begun;

  /** Rows that were read already, and come first when reading has started over. */
  private int toSkip;

  private ConversionReport report;

  /**
   * Reads the header.
   *
   * @param png the caller's bytes
   * @param options how pixels are decoded
   */
  public PngReading(MemorySegment png, DecodeOptions options) {
    this.png = Objects.requireNonNull(png, "png");
    this.options = Objects.requireNonNull(options, "options");
    this.info = PngPixelsCalls.header(png, options);
    this.selection = new Selection(0, 0, info.width(), info.height(), 1, 1);
    this.borrowed = new Borrowed();
    this.cancel = MemoryCalls.watchedView(borrowed.flag(), borrowed::giveBack);
  }

  /**
   * Reads the header.
   *
   * @param channel gives the PNG, of which no more is read than is needed
   * @param options how pixels are decoded
   * @throws IOException if it cannot be read
   */
  public PngReading(ReadableByteChannel channel, DecodeOptions options) throws IOException {
    this.png = null;
    this.options = Objects.requireNonNull(options, "options");
    Objects.requireNonNull(channel, "png");
    PngWindow window = new PngWindow(channel, options.limits(), PngCalls.HEADER_BYTES);
    try {
      this.info = PngPixelsCalls.header(window.segment(), options);
      this.selection = new Selection(0, 0, info.width(), info.height(), 1, 1);
      this.borrowed = new Borrowed();
      this.cancel = MemoryCalls.watchedView(borrowed.flag(), borrowed::giveBack);
      borrowed.take(window);
    } catch (Throwable e) {
      window.close();
      throw e;
    }
  }

  /**
   * The header.
   *
   * @return what it says
   */
  public PngInfo info() {
    return info;
  }

  /**
   * What is read.
   *
   * @return which pixels
   */
  public Selection selection() {
    return selection;
  }

  /**
   * Changes what is read.
   *
   * @param newSelection checked to lie within the image
   * @throws IllegalStateException if reading has begun
   */
  public void select(Selection newSelection) {
    enter();
    try {
      if (format != null) {
        throw new IllegalStateException("what is read is chosen before the first rows are read");
      }
      selection = newSelection;
    } finally {
      lock.unlock();
    }
  }

  private void enter() {
    if (!lock.tryLock()) {
      throw new IllegalStateException(
          closed ? "the reader is closed" : "another thread is using the reader at this moment");
    }
    if (closed) {
      lock.unlock();
      throw new IllegalStateException("the reader is closed");
    }
  }

  /**
   * Reads the next rows.
   *
   * @param band where they go
   * @return how many there were
   */
  public int readRows(Pixels band) {
    enter();
    try {
      requireFits(band);
      Segments.requireOutput(band, png == null ? borrowed.bytes() : png);
      PngReaderCalls.Band read = readOrStartOver(band);
      rowsDone += read.rows();
      report = read.report();
      return read.rows();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  private void requireFits(Pixels band) {
    if (begun != null && !begun.equals(band)) {
      throw new IllegalArgumentException(
          "the channel failed in the middle of a band: reading goes on with that band, or not at"
              + " all");
    }
    if (band.width() != selection.columns()) {
      throw new IllegalArgumentException(
          "the rows that are read have %d pixels, the band is laid out for %d: use Pixels.region"
              .formatted(selection.columns(), band.width()));
    }
    if (format != null && band.format() != format) {
      throw new IllegalArgumentException(
          "the first band had the format %s, this one has %s: all have the same"
              .formatted(format, band.format()));
    }
  }

  /** What LodePNG would have to judge is read as a whole, if that can be had. */
  private PngReaderCalls.Band readOrStartOver(Pixels band) throws IOException {
    try {
      return read(band);
    } catch (PngException e) {
      begun = null;
      boolean mayBeOtherwise =
          NativeErrors.asksForTheWhole(e) || e.kind() == PngException.Kind.MALFORMED;
      if (!mayBeOtherwise || !borrowed.becomesWhole()) {
        throw e;
      }
    }
    opened = false;
    toSkip = rowsDone;
    return read(band);
  }

  /** Reads once more what was read out of pieces. */
  private void skip(PixelFormat ofFormat) throws IOException {
    try (MemoryPool.Lease memory =
        MemoryPool.SHARED.lend((long) selection.columns() * ofFormat.bytesPerPixel())) {
      Pixels row = Pixels.of(memory.segment(), selection.columns(), 1, ofFormat);
      while (toSkip > 0) {
        toSkip -= readNow(row).rows();
      }
    }
  }

  private PngReaderCalls.Band read(Pixels band) throws IOException {
    if (!opened) {
      open(band.format());
    }
    if (toSkip > 0) {
      skip(band.format());
    }
    return readNow(band);
  }

  private PngReaderCalls.Band readNow(Pixels band) throws IOException {
    PngReaderCalls.Band read;
    do {
      read =
          PngReaderCalls.rows(borrowed.state(), borrowed.bytes(), borrowed.piece(), band, cancel);
      begun = read == null ? band : null;
    } while (!borrowed.movesOn(read != null));
    return read;
  }

  private void open(PixelFormat newFormat) throws IOException {
    if (png != null) {
      borrowed.take(Segments.input(png, options.limits()));
    }
    long pngBytes =
        borrowed.piece() == null ? borrowed.bytes().byteSize() : options.limits().maxInputBytes();
    borrowed.takeState(
        PngReaderCalls.stateBytes(borrowed.bytes(), pngBytes, newFormat, selection, options));
    boolean isOpen;
    do {
      isOpen =
          PngReaderCalls.open(
              borrowed.bytes(),
              borrowed.piece(),
              newFormat,
              selection,
              options,
              borrowed.state(),
              cancel);
      if (isOpen) {
        borrowed.isOpen();
      }
    } while (!borrowed.movesOn(isOpen));
    opened = true;
    format = newFormat;
  }

  /**
   * How far it is.
   *
   * @return rows read so far
   */
  public int rowsDone() {
    return rowsDone;
  }

  /**
   * What reading did.
   *
   * @return the report
   * @throws IllegalStateException before the last row
   */
  public ConversionReport report() {
    if (rowsDone < selection.rows()) {
      throw new IllegalStateException(
          "%d of %d rows have been read: the report is complete with the last one"
              .formatted(rowsDone, selection.rows()));
    }
    return report;
  }

  /** May be called by any thread at any time; one that reads is stopped first. */
  @Override
  public void close() {
    closed = true;
    INT.setVolatile(cancel, 0L, 1);
    lock.lock();
    try {
      borrowed.giveBack();
    } finally {
      lock.unlock();
    }
  }
}
