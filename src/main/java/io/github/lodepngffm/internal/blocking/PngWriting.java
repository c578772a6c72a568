package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.EncodeOptions;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.internal.ffm.PngEncodeCalls;
import io.github.lodepngffm.internal.ffm.PngEncodeCalls.Plan;
import io.github.lodepngffm.internal.ffm.PngEncodeCalls.Strip;
import io.github.lodepngffm.internal.ffm.PngEncodeCalls.Strips;
import io.github.lodepngffm.internal.files.FileConversion;
import io.github.lodepngffm.internal.files.PendingFile;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.WritableByteChannel;

/**
 * From bands of pixels to a channel, on the thread that brings them. Rows are gathered until there
 * are as many strips as threads; the last row before a strip stays, since it is filtered against
 * it.
 */
public final class PngWriting implements AutoCloseable {
  private final WritableByteChannel channel;
  private final PendingFile file;
  private final EncodeOptions options;
  private final int width;
  private final int height;
  private final PixelFormat format;
  private final MemoryPool.Lease planned;
  private final Plan plan;
  private final long rowBytes;
  private final int stripsAtOnce;

  /** The row before the first strip, and the strips' rows. */
  private final MemoryPool.Lease rows;

  private final MemoryPool.Lease room;
  private Strips strips = Strips.NONE;
  private int rowsTaken;
  private long bytesWritten;
  private boolean broken;
  private boolean closed;

  /**
   * Begins a PNG: plans it, and writes what comes before the image data.
   *
   * @param channel where to
   * @param file that gets its name in the end; or null
   * @param width of the image
   * @param height of the image
   * @param format of its pixels
   * @param options how it is done; not interlaced
   * @throws IOException if the channel cannot be written
   */
  public PngWriting(
      WritableByteChannel channel,
      PendingFile file,
      int width,
      int height,
      PixelFormat format,
      EncodeOptions options)
      throws IOException {
    this.channel = channel;
    this.file = file;
    this.options = EncodedMetadata.complete(format, options);
    this.width = width;
    this.height = height;
    this.format = format;
    this.planned = MemoryPool.SHARED.lend(PngEncodeCalls.PLAN_BYTES);
    MemoryPool.Lease lentRows = null;
    MemoryPool.Lease lentRoom = null;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment chunks = EncodedMetadata.in(arena, format, this.options);
      plan =
          PngEncodeCalls.plan(width, height, format, this.options, chunks, planned.segment());
      rowBytes = (long) width * format.bytesPerPixel();
      stripsAtOnce = Math.min(options.parallelism(), plan.stripCount());
      lentRows = MemoryPool.SHARED.lend((rowsAtOnce() + 1) * rowBytes);
      lentRoom =
          MemoryPool.SHARED.lend(
              Math.max(stripsAtOnce * plan.stripBytes(), plan.headerBytes()));
      rows = lentRows;
      room = lentRoom;
      write(PngEncodeCalls.header(plan, chunks, room.segment()), 0);
    } catch (Throwable e) {
      giveBack(lentRoom);
      giveBack(lentRows);
      planned.close();
      throw e;
    }
  }

  private static void giveBack(MemoryPool.Lease lease) {
    if (lease != null) {
      lease.close();
    }
  }

  private long rowsAtOnce() {
    return (long) stripsAtOnce * plan.stripRows();
  }

  private void write(long bytes, long from) throws IOException {
    PngEncodeCalls.requireOutputBytes(bytesWritten + bytes, options);
    FileConversion.write(channel, room.segment().asSlice(from, bytes));
    bytesWritten += bytes;
  }

  /**
   * How many rows there have been.
   *
   * @return from 0 to the height
   */
  public int rowsTaken() {
    return rowsTaken;
  }

  /**
   * How much has gone to the channel.
   *
   * @return bytes
   */
  public long bytesWritten() {
    return bytesWritten;
  }

  /**
   * Takes the next rows; with the last one the PNG is complete.
   *
   * @param band the caller's, any memory
   * @throws IOException if the channel cannot be written
   */
  public void writeRows(Pixels band) throws IOException {
    require(band);
    broken = true; // until all has gone well
    for (int y = 0; y < band.height(); y++) {
      MemorySegment.copy(
          band.memory(),
          band.firstRow() + y * band.stride(),
          rows.segment(),
          (rowsTaken % rowsAtOnce() + 1) * rowBytes,
          rowBytes);
      rowsTaken++;
      if (rowsTaken == height || rowsTaken % rowsAtOnce() == 0) {
        encode();
      }
    }
    if (rowsTaken == height) {
      complete();
    }
    broken = false;
  }

  private void require(Pixels band) {
    if (closed) {
      throw new IllegalStateException("the writer is closed");
    }
    if (broken) {
      throw new IllegalStateException("writing has failed before: what there is is no PNG");
    }
    if (band.width() != width || band.format() != format) {
      throw new IllegalArgumentException(
          "the band has %d pixels of %s in a row, the image %d of %s"
              .formatted(band.width(), band.format(), width, format));
    }
    if (band.height() > height - rowsTaken) {
      throw new IllegalArgumentException(
          "the band has %d rows, and of the image's %d only %d are left"
              .formatted(band.height(), height, height - rowsTaken));
    }
  }

  /** The rows that have been gathered are whole strips, or the last ones. */
  private void encode() throws IOException {
    int stripRows = plan.stripRows();
    int first = (int) ((rowsTaken - 1) / rowsAtOnce() * stripsAtOnce);
    int firstRow = first * stripRows;
    int count = (rowsTaken - firstRow + stripRows - 1) / stripRows;
    int before = first == 0 ? 0 : 1;
    Pixels band =
        new Pixels(
            rows.segment(),
            width,
            rowsTaken - firstRow + before,
            format,
            (1 - before) * rowBytes,
            rowBytes);
    Strip[] done =
        StripEncoding.run(plan, options, band, firstRow - before, first, count, room.segment());
    for (int i = 0; i < count; i++) {
      strips = strips.and(done[i].strips());
      write(done[i].bytes(), i * plan.stripBytes());
    }
    long last = (long) (rowsTaken - firstRow) * rowBytes;
    MemorySegment.copy(rows.segment(), last, rows.segment(), 0, rowBytes);
  }

  private void complete() throws IOException {
    write(PngEncodeCalls.end(plan, strips, room.segment()), 0);
    if (file != null) {
      file.complete();
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (file) {
      room.close();
      rows.close();
      planned.close();
    }
  }
}
