package io.github.lodepngffm.internal.files;

import io.github.lodepngffm.Limits;
import io.github.lodepngffm.internal.ffm.Piece;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/**
 * What is at hand of a PNG that comes out of a channel: a window that moves along with what native
 * code has used. It is as large as one read, or as a chunk beside the image data that has to be
 * there whole.
 */
public final class PngWindow implements AutoCloseable {
  private static final long BYTES = 256 << 10;

  private final ReadableByteChannel channel;
  private final Limits limits;

  /** Where the PNG begins in a file, which can be read again; -1 where nothing can. */
  private final long start;

  private final Piece piece = new Piece();
  private MemoryPool.Lease lease;
  private long begin;
  private long end;
  private long dropped;
  private boolean ended;

  /**
   * Reads the beginning.
   *
   * @param channel blocking; stays open
   * @param limits whose limit on input bytes holds
   * @param leastBytes how many are wanted at first, if there are as many
   * @throws IOException if it cannot be read
   */
  public PngWindow(ReadableByteChannel channel, Limits limits, long leastBytes)
      throws IOException {
    FileConversion.requireBlocking(channel, "read from");
    this.channel = channel;
    this.limits = limits;
    this.start = channel instanceof FileChannel file ? file.position() : -1;
    this.lease = MemoryPool.SHARED.lend(BYTES);
    try {
      fill(leastBytes);
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /**
   * What is at hand.
   *
   * @return native memory, until something else is done with the window
   */
  public MemorySegment segment() {
    return lease.segment().asSlice(begin, end - begin);
  }

  /**
   * For native calls about what is at hand.
   *
   * @return says whether more follows
   */
  public Piece piece() {
    piece.isLast(ended);
    return piece;
  }

  /** After a native call: what it has used is not needed any more. */
  public void moveOn() {
    begin += piece.used();
    dropped += piece.used();
  }

  /**
   * After a native call that wants more.
   *
   * @throws IOException if nothing can be read
   */
  public void readMore() throws IOException {
    moveOn();
    fill(Math.max(piece.wanted(), end - begin + 1));
  }

  /**
   * Whether all of the PNG can be had at one time.
   *
   * @return true as long as nothing is dropped, and of files
   */
  public boolean canBeWhole() {
    return dropped == 0 || start >= 0;
  }

  /**
   * Reads all of the PNG, from its beginning on.
   *
   * @return its bytes, on loan; the window has none any more
   * @throws IOException if it cannot be read
   */
  public MemoryPool.Lease whole() throws IOException {
    if (dropped != 0) {
      ((FileChannel) channel).position(start);
      begin = 0;
      end = 0;
      dropped = 0;
      ended = false;
    }
    while (!ended) {
      fill(Math.max(2 * (end - begin), BYTES));
    }
    compact();
    MemoryPool.Lease all = lease.shortenedTo(end);
    lease = null;
    return all;
  }

  private void compact() {
    MemorySegment block = lease.segment();
    MemorySegment.copy(block, begin, block, 0, end - begin);
    end -= begin;
    begin = 0;
  }

  /** Until there are that many bytes at hand, or all. */
  private void fill(long bytes) throws IOException {
    if (bytes > lease.segment().byteSize()) {
      MemoryPool.Lease larger = MemoryPool.SHARED.lend(bytes);
      MemorySegment.copy(lease.segment(), begin, larger.segment(), 0, end - begin);
      lease.close();
      lease = larger;
      end -= begin;
      begin = 0;
    } else if (begin > 0) {
      compact();
    }
    while (end < bytes && !ended) {
      ByteBuffer rest = FileConversion.window(lease.segment(), end);
      int count = channel.read(rest);
      if (count == 0) {
        throw FileConversion.nonBlocking("read from");
      }
      ended = count < 0;
      end += Math.max(count, 0);
      FileConversion.letOthersRun();
      PngBmpCalls.requireInputBytes(dropped + end, limits);
    }
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    if (lease != null) {
      lease.close();
      lease = null;
    }
  }
}
