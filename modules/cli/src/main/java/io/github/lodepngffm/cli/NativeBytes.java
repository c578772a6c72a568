package io.github.lodepngffm.cli;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Channels to native memory and back, past the Java heap. */
final class NativeBytes {
  private static final long FIRST_BYTES_OF_A_STREAM = 1 << 20;

  /** A ByteBuffer cannot be as large as a segment, and an interrupt is heard between two calls. */
  private static final long MOST_BYTES_AT_ONCE = 1 << 20;

  private NativeBytes() {}

  /**
   * All that a channel gives until its end, but no more than one byte too many: so that who looks
   * at limits sees that there is too much.
   *
   * @param mostBytes what the limits allow
   */
  static MemorySegment readAll(ReadableByteChannel channel, long mostBytes, SegmentAllocator memory)
      throws IOException {
    long most = mostBytes == Long.MAX_VALUE ? mostBytes : mostBytes + 1;
    long expected =
        channel instanceof SeekableByteChannel file && file.size() > 0
            ? file.size() + 1
            : FIRST_BYTES_OF_A_STREAM;
    MemorySegment bytes = memory.allocate(Math.min(expected, most));
    long filled = 0;
    while (true) {
      filled += read(channel, bytes.asSlice(filled));
      if (filled < bytes.byteSize() || filled == most) {
        return bytes.asSlice(0, filled);
      }
      MemorySegment larger = memory.allocate(Math.min(2 * filled, most));
      MemorySegment.copy(bytes, 0, larger, 0, filled);
      bytes = larger;
    }
  }

  /** The first bytes that a channel gives, or fewer if it ends before. */
  static MemorySegment readSome(ReadableByteChannel channel, long count, SegmentAllocator memory)
      throws IOException {
    MemorySegment bytes = memory.allocate(count);
    return bytes.asSlice(0, read(channel, bytes));
  }

  /** Fills a segment as far as the channel goes, and returns how many bytes there were. */
  private static long read(ReadableByteChannel channel, MemorySegment target) throws IOException {
    long filled = 0;
    while (filled < target.byteSize()) {
      int count = channel.read(window(target, filled));
      if (count < 0) {
        return filled;
      }
      filled += count;
    }
    return filled;
  }

  /** Writes all of a segment. */
  static void write(WritableByteChannel channel, MemorySegment content) throws IOException {
    long written = 0;
    while (written < content.byteSize()) {
      written += channel.write(window(content, written));
    }
  }

  private static ByteBuffer window(MemorySegment segment, long from) {
    long bytes = Math.min(MOST_BYTES_AT_ONCE, segment.byteSize() - from);
    return segment.asSlice(from, bytes).asByteBuffer();
  }
}
