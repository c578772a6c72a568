package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.PngInfo;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.ffm.PngPixelsCalls;
import io.github.lodepngffm.internal.ffm.PngReaderCalls;
import io.github.lodepngffm.internal.ffm.PngReaderCalls.Selection;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * From PNG to bands of pixels, on the threads that ask, one at a time. Memory is borrowed with the
 * first band, which says what format the pixels have, and given back by {@link #close()}; or when
 * the garbage collector finds that nobody can call it any more.
 */
public final class PngReading implements AutoCloseable {
  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

  private final MemorySegment png;
  private final DecodeOptions options;
  private final PngInfo info;
  private final ReentrantLock lock = new ReentrantLock();

  /** What native code looks at while it works. */
  private final MemorySegment cancel = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);

  private volatile boolean closed;
  private Selection selection;
  private PixelFormat format;
  private Borrowed borrowed;
  private MemorySegment state;
  private int rowsDone;
  private ConversionReport report;

  /** What a reader has to give back; it must not reach the reading, which would never end then. */
  private static final class Borrowed {
    private final Segments.Input input;
    private final MemoryPool.Lease memory;
    private boolean opened;
    private boolean returned;

    Borrowed(Segments.Input input, MemoryPool.Lease memory) {
      this.input = input;
      this.memory = memory;
    }

    synchronized void giveBack() {
      if (returned) {
        return;
      }
      returned = true;
      try (input;
          memory) {
        if (opened) {
          PngReaderCalls.close(memory.segment());
        }
      }
    }
  }

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
      Segments.requireOutput(band, png);
      if (state == null) {
        open(band.format());
      }
      PngReaderCalls.Band read = PngReaderCalls.rows(state, borrowed.input.segment(), band, cancel);
      rowsDone += read.rows();
      report = read.report();
      return read.rows();
    } finally {
      lock.unlock();
    }
  }

  private void requireFits(Pixels band) {
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

  private void open(PixelFormat newFormat) {
    Segments.Input input = Segments.input(png, options.limits());
    Borrowed taken = null;
    try {
      long bytes = PngReaderCalls.stateBytes(input.segment(), newFormat, selection, options);
      taken = new Borrowed(input, MemoryPool.SHARED.lend(bytes));
      MemorySegment view = MemoryCalls.watchedView(taken.memory.segment(), taken::giveBack);
      PngReaderCalls.open(input.segment(), newFormat, selection, options, view, cancel);
      taken.opened = true;
      borrowed = taken;
      format = newFormat;
      state = view;
    } finally {
      if (state == null) {
        if (taken == null) {
          input.close();
        } else {
          taken.giveBack();
        }
      }
    }
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
      if (borrowed != null) {
        borrowed.giveBack();
        state = null;
        borrowed = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
