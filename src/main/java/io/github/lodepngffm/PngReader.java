package io.github.lodepngffm;

import io.github.lodepngffm.internal.blocking.PngReading;
import io.github.lodepngffm.internal.ffm.PngReaderCalls.Selection;
import java.lang.foreign.MemorySegment;

/**
 * Reads a PNG band by band, in memory that does not grow with the height of the image: thumbnails,
 * tiles, or pixels on their way to somewhere else.
 *
 * {@snippet :
 * MemorySegment png = MemorySegment.ofArray(Files.readAllBytes(Path.of("picture.png")));
 * try (Arena arena = Arena.ofConfined();
 *     PngReader reader = Png.open(png, DecodeOptions.defaults())) {
 *   int width = reader.width();
 *   Pixels band = Pixels.of(arena.allocate(64L * width * 4), width, 64, PixelFormat.RGBA8);
 *   for (int rows = reader.readRows(band); rows > 0; rows = reader.readRows(band)) {
 *     System.out.println(reader.rowsDone() + " of " + reader.height() + " rows");
 *   }
 *   System.out.println(reader.report().warnings());
 * }
 * }
 *
 * <p><b>Memory.</b> At most 5 MiB, plus a few rows. An {@linkplain PngInfo#interlaced() interlaced}
 * image has its last rows early in the file and its first ones late (PNG, clause 8): it is decoded
 * whole when the first rows are read, into native memory of the reader's own. A file in which
 * something is not in order goes to LodePNG, whole as well. Both take what they need within {@link
 * Limits#maxMemoryBytes()}. A PNG on the heap, as above, or in a mapped file is copied to native
 * memory, too. All of it is given back by {@link #close()}, or when the garbage collector finds a
 * reader that nobody has closed.
 *
 * <p><b>Damage.</b> The chunks of the file are checked before the first row is read. What is wrong
 * within the compressed image data shows only where reading gets there: the exception, with the
 * code that {@link Png#decode(MemorySegment, Pixels, DecodeOptions)} would give, comes with the
 * band at that place, and the rows that were read before are those of the undamaged image. With the
 * last row of the image all of the file has been checked. Of a region that ends above it, what is
 * behind it is not inflated, and damage there not seen.
 *
 * <p><b>Channels.</b> Of a PNG out of a {@linkplain Png#open(java.nio.channels.ReadableByteChannel,
 * DecodeOptions) channel} no more is read than the rows need, and hardly more is held than one
 * read. Chunks are checked as they pass by, so that damage behind the image data shows with the
 * last row. Where the whole file is needed all the same, it is read into native memory, within
 * {@link Limits#maxInputBytes()}: interlaced images, other {@linkplain DecodeOptions#tolerance()
 * tolerances} than the default, and files that LodePNG has to judge. The last is possible only as
 * long as nothing was dropped, or with a {@link java.nio.channels.FileChannel}, which can be read
 * again; from any other channel such a file ends with a {@link PngException} of kind {@code
 * MALFORMED}.
 *
 * <p><b>Threads.</b> Used by one thread at a time, not always the same one; a second one gets an
 * {@link IllegalStateException}. {@link #close()} may be called by any thread at any time, and ends
 * a band that is being read. On virtual threads a band holds its carrier thread.
 */
public final class PngReader implements AutoCloseable {
  private final PngReading reading;

  PngReader(PngReading reading) {
    this.reading = reading;
  }

  /**
   * The header of the PNG.
   *
   * @return what it says; of the whole image, also where a region is read
   */
  public PngInfo info() {
    return reading.info();
  }

  /**
   * Reads a rectangle of the image only. What stands above it has to be inflated all the same, what
   * is below it is not.
   *
   * @param x columns to its left, not negative
   * @param y rows above it, not negative
   * @param width its columns, at least 1
   * @param height its rows, at least 1
   * @return this
   * @throws IllegalArgumentException if it does not lie within the image
   * @throws IllegalStateException if rows have been read, or the reader is closed
   */
  public PngReader region(int x, int y, int width, int height) {
    PngInfo info = reading.info();
    if (x < 0
        || y < 0
        || width < 1
        || height < 1
        || width > info.width() - x
        || height > info.height() - y) {
      throw new IllegalArgumentException(
          "a region of %d x %d pixels at (%d, %d) does not lie within %d x %d"
              .formatted(width, height, x, y, info.width(), info.height()));
    }
    Selection now = reading.selection();
    reading.select(new Selection(x, y, width, height, now.stepX(), now.stepY()));
    return this;
  }

  /**
   * Reads every so many-th column and row only, from the left and uppermost of the region on. No
   * pixels are averaged: that is the quickest thumbnail there is, and not the finest.
   *
   * @param columns from a column to the next that is read, at least 1
   * @param rows from a row to the next that is read, at least 1
   * @return this
   * @throws IllegalArgumentException if a number is not positive
   * @throws IllegalStateException if rows have been read, or the reader is closed
   */
  public PngReader subsample(int columns, int rows) {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "every %d-th column and every %d-th row: at least every first".formatted(columns, rows));
    }
    Selection now = reading.selection();
    reading.select(new Selection(now.x(), now.y(), now.width(), now.height(), columns, rows));
    return this;
  }

  /**
   * Pixels in each row that is read.
   *
   * @return of the region, every so many-th
   */
  public int width() {
    return reading.selection().columns();
  }

  /**
   * Rows that are read in all.
   *
   * @return of the region, every so many-th
   */
  public int height() {
    return reading.selection().rows();
  }

  /**
   * Reads the next rows: as many as the band has, or fewer when no more are left. Rows of the band
   * beyond those stay as they are. The first band says which format the pixels have; the others
   * have the same.
   *
   * @param band native memory for rows of {@link #width()} pixels; another one each time, or the
   *     same again
   * @return how many rows were read; 0 behind the last
   * @throws PngException if the PNG is malformed or over a limit; of kind {@code UNSUPPORTED} if
   *     the format is gray and the image has colours, or the format is INDEXED8 and it has no
   *     palette; of kind {@code CANCELLED} if another thread has closed the reader meanwhile. Of
   *     kind {@code OUT_OF_MEMORY} if there is none. Further calls throw again
   * @throws IllegalArgumentException if the band has another width, another format than the first
   *     one, or memory that cannot be used
   * @throws IllegalStateException if the reader is closed, or another thread is using it
   * @throws java.io.UncheckedIOException if the channel that the PNG comes from cannot be read; a
   *     further call may go on, with the same band
   */
  public int readRows(Pixels band) {
    return reading.readRows(band);
  }

  /**
   * How many rows have been read.
   *
   * @return from 0 to {@link #height()}
   */
  public int rowsDone() {
    return reading.rowsDone();
  }

  /**
   * What reading did: bytes, memory, and the damage that was passed over.
   *
   * @return the same that decoding gives; {@link ConversionReport#bytesWritten()} of all bands
   * @throws IllegalStateException before the last row has been read
   */
  public ConversionReport report() {
    return reading.report();
  }

  /**
   * Gives all memory back, wherever reading stands. May be called again, and by any thread: one
   * that is reading gets a {@link PngException} of kind {@code CANCELLED}, and this waits until it
   * has.
   */
  @Override
  public void close() {
    reading.close();
  }
}
