package io.github.lodepngffm.internal;

import io.github.lodepngffm.Limits;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Files to native memory and back, through channels. Nothing is ever mapped: if another process
 * truncated the file meanwhile, native code that touched the mapping would end the virtual machine.
 */
public final class FileConversion {
  /** One read or write call; segments may be larger than a ByteBuffer can be. */
  private static final long MOST_BYTES_AT_ONCE = 1 << 30;

  private static final long FIRST_BYTES_OF_A_STREAM = 1 << 20;

  private FileConversion() {}

  /**
   * Reads a whole file, or what comes out of a pipe or device.
   *
   * @param file what to read
   * @param limits whose limit on input bytes holds
   * @return its bytes, on loan
   * @throws IOException if it cannot be read
   */
  public static MemoryPool.Lease read(Path file, Limits limits) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (Files.isRegularFile(file)) {
        NativeCalls.requireInputBytes(channel.size(), limits);
        return read(channel, channel.size() + 1, limits);
      }
      return read(channel, FIRST_BYTES_OF_A_STREAM, limits);
    }
  }

  /**
   * Reads a channel to its end.
   *
   * @param channel what to read
   * @param limits whose limit on input bytes holds
   * @return its bytes, on loan
   * @throws IOException if it cannot be read
   */
  public static MemoryPool.Lease read(ReadableByteChannel channel, Limits limits)
      throws IOException {
    return read(channel, FIRST_BYTES_OF_A_STREAM, limits);
  }

  private static MemoryPool.Lease read(ReadableByteChannel channel, long expected, Limits limits)
      throws IOException {
    MemoryPool.Lease lease = MemoryPool.SHARED.lend(expected);
    try {
      long filled = 0;
      while (true) {
        if (filled == lease.segment().byteSize()) {
          lease = larger(lease);
        }
        ByteBuffer rest = window(lease.segment(), filled);
        int count = channel.read(rest);
        if (count < 0) {
          return lease.shortenedTo(filled);
        }
        filled += count;
        NativeCalls.requireInputBytes(filled, limits);
      }
    } catch (Throwable e) {
      lease.close();
      throw e;
    }
  }

  private static MemoryPool.Lease larger(MemoryPool.Lease full) {
    MemoryPool.Lease lease = MemoryPool.SHARED.lend(2 * full.segment().byteSize());
    MemorySegment.copy(full.segment(), 0, lease.segment(), 0, full.segment().byteSize());
    full.close();
    return lease;
  }

  /**
   * Writes a file whole or not at all: under another name in the same directory, then moved. What
   * is there but is no regular file, such as a pipe, is written to directly.
   *
   * @param file what to write, replaced if it exists
   * @param content its bytes
   * @throws IOException if it cannot be written; what was there is then still there
   */
  public static void writeWhole(Path file, MemorySegment content) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        write(channel, content);
      }
      return;
    }
    try (PendingFile pending = PendingFile.nextTo(file)) {
      write(pending.channel(), content);
      pending.complete();
    }
  }

  /**
   * Writes all of a segment.
   *
   * @param channel where to
   * @param content what
   * @throws IOException if it cannot be written
   */
  public static void write(WritableByteChannel channel, MemorySegment content)
      throws IOException {
    long written = 0;
    while (written < content.byteSize()) {
      ByteBuffer rest = window(content, written);
      while (rest.hasRemaining()) {
        written += channel.write(rest);
      }
    }
  }

  private static ByteBuffer window(MemorySegment segment, long from) {
    long bytes = Math.min(MOST_BYTES_AT_ONCE, segment.byteSize() - from);
    return segment.asSlice(from, bytes).asByteBuffer();
  }
}
