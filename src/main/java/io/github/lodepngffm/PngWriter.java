package io.github.lodepngffm;

import io.github.lodepngffm.internal.blocking.PngWriting;
import java.io.IOException;

/**
 * Writes a PNG band by band, in memory that does not grow with the height of the image.
 *
 * {@snippet :
 * try (Arena arena = Arena.ofConfined();
 *     PngWriter writer =
 *         Png.create(Path.of("tall.png"), 640, 48_000, PixelFormat.RGB8, EncodeOptions.defaults())) {
 *   Pixels band = Pixels.of(arena.allocate(640 * 100 * 3), 640, 100, PixelFormat.RGB8);
 *   for (int row = 0; row < writer.height(); row += band.height()) {
 *     band.memory().fill((byte) (row / 200)); // where the pixels come from
 *     writer.writeRows(band);
 *   }
 * }
 * }
 *
 * <p>With the last row the PNG is complete. A writer that is closed earlier leaves a file that was
 * there as it was, and no new one; a channel has then got a part of a PNG.
 *
 * <p><b>What is written.</b> The colour type and the bit depth of the format: whether an image
 * needs less would be known only behind its last row. There is no interlacing, for which the last
 * row would have to be there with the first ones. Otherwise the bytes are those of {@link
 * Png#encode(Pixels, java.lang.foreign.SegmentAllocator, EncodeOptions)} without reductions.
 *
 * <p><b>Memory.</b> For each thread ({@link EncodeOptions#withParallelism}) a few megabytes; with
 * {@link Effort#SMALL} about forty.
 *
 * <p><b>Threads.</b> Used by one thread at a time, not always the same one. On virtual threads a
 * band holds its carrier thread.
 */
public final class PngWriter implements AutoCloseable {
  private final PngWriting writing;
  private final int height;

  PngWriter(PngWriting writing, int height) {
    this.writing = writing;
    this.height = height;
  }

  /**
   * Writes the next rows, any number that is not more than are left. The band is copied: its memory
   * may be used again at once.
   *
   * @param band rows of the image's width and format, in any memory
   * @throws IOException if the channel or the file cannot be written
   * @throws PngException if a limit was in the way, or there is no memory
   * @throws IllegalArgumentException if the band has another width, another format or too many
   *     rows, or an index is beyond the palette
   * @throws IllegalStateException if the writer is closed, or has failed before
   */
  public void writeRows(Pixels band) throws IOException {
    writing.writeRows(band);
  }

  /**
   * How many rows have been written.
   *
   * @return from 0 to {@link #height()}; then the PNG is complete
   */
  public int rowsDone() {
    return writing.rowsTaken();
  }

  /**
   * How many rows the image has.
   *
   * @return as many as the writer was made for
   */
  public int height() {
    return height;
  }

  /**
   * How many bytes have been written so far.
   *
   * @return those of the PNG once all rows are done
   */
  public long bytesWritten() {
    return writing.bytesWritten();
  }

  /**
   * Gives the memory back. A file of which rows are missing goes away; a channel stays open. May be
   * called again.
   *
   * @throws IOException if the unfinished file cannot be deleted
   */
  @Override
  public void close() throws IOException {
    writing.close();
  }
}
