package io.github.lodepngffm.internal.files;

import io.github.lodepngffm.Limits;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.ffm.PngCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Files to native memory and back, through channels. Nothing is ever mapped: if another process
 * truncated the file meanwhile, native code that touched the mapping would end the virtual machine.
 */
public final class FileConversion {
  /**
   * One read or write call: segments may be larger than a ByteBuffer can be, and in between other
   * virtual threads get their turn, and whoever does not want the rest any more is heard.
   */
  private static final long MOST_BYTES_AT_ONCE = 1 << 20;

  private static final long FIRST_BYTES_OF_A_STREAM = 1 << 20;

  private FileConversion() {}

  /**
   * The beginning of a file.
   *
   * @param bytes the first ones, as many as a PNG's header has, on the heap
   * @param fileBytes how many the file has
   */
  public record Header(MemorySegment bytes, long fileBytes) {}

  /**
   * Reads the beginning of a file.
   *
   * @param file what to read
   * @param limits whose limit on input bytes holds
   * @return null if it is a pipe or device, of which nothing can be read twice
   * @throws IOException if it cannot be read
   */
  public static Header header(Path file, Limits limits) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return null;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      PngBmpCalls.requireInputBytes(channel.size(), limits);
      byte[] bytes = new byte[PngCalls.HEADER_BYTES];
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      return new Header(MemorySegment.ofArray(bytes).asSlice(0, buffer.position()), channel.size());
    }
  }

  /**
   * Reads a whole file, or what comes out of a pipe or device.
   *
   * @param file what to read
   * @param limits whose limit on input bytes holds
   * @return its bytes, on loan
   * @throws IOException if it cannot be read
   */
  public static MemoryPool.Lease read(Path file, Limits limits) throws IOException {
    return read(file, limits, MemoryPool.SHARED::lend);
  }

  /**
   * Reads a whole file, or what comes out of a pipe or device.
   *
   * @param file what to read
   * @param limits whose limit on input bytes holds
   * @param lender of the memory
   * @return its bytes, on loan
   * @throws IOException if it cannot be read
   */
  public static MemoryPool.Lease read(Path file, Limits limits, MemoryPool.Lender lender)
      throws IOException {
    if (Files.isDirectory(file)) { // which can be opened, and would fail without its name
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    MemoryPool.Lease lease = null;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long expected = FIRST_BYTES_OF_A_STREAM;
      if (Files.isRegularFile(file)) {
        PngBmpCalls.requireInputBytes(channel.size(), limits);
        expected = channel.size() + 1;
      }
      lease = read(channel, expected, limits, lender);
    } catch (Throwable e) { // closing the channel may fail, too
      if (lease != null) {
        lease.close();
      }
      throw e;
    }
    return lease;
  }

  /**
   * Reads a channel to its end.
   *
   * @param channel what to read, blocking
   * @param limits whose limit on input bytes holds
   * @return its bytes, on loan
   * @throws IOException if it cannot be read
   * @throws IllegalBlockingModeException if it is not blocking
   */
  public static MemoryPool.Lease read(ReadableByteChannel channel, Limits limits)
      throws IOException {
    return read(channel, FIRST_BYTES_OF_A_STREAM, limits, MemoryPool.SHARED::lend);
  }

  private static MemoryPool.Lease read(
      ReadableByteChannel channel, long expected, Limits limits, MemoryPool.Lender lender)
      throws IOException {
    requireBlocking(channel, "read from");
    MemoryPool.Lease lease = lender.lend(expected);
    try {
      long filled = 0;
      while (true) {
        if (filled == lease.segment().byteSize()) {
          lease = larger(lease, lender);
        }
        ByteBuffer rest = window(lease.segment(), filled);
        int count = channel.read(rest);
        if (count < 0) {
          return lease.shortenedTo(filled);
        }
        if (count == 0) { // only where it has nothing now, and does not wait until it has
          throw new NonBlockingException("read from");
        }
        filled += count;
        letOthersRun();
        PngBmpCalls.requireInputBytes(filled, limits);
      }
    } catch (Throwable e) {
      lease.close();
      throw e;
    }
  }

  /**
   * Refuses an output that takes only what it has room for now.
   *
   * @param channel where something shall be written to
   * @throws IllegalBlockingModeException if it is not blocking
   */
  public static void requireBlocking(WritableByteChannel channel) {
    requireBlocking(channel, "written to");
  }

  static void requireBlocking(Channel channel, String what) {
    if (channel instanceof SelectableChannel selectable && !selectable.isBlocking()) {
      throw new NonBlockingException(what);
    }
  }

  /** For a channel that has nothing now, and does not wait until it has. */
  static IllegalBlockingModeException nonBlocking(String what) {
    return new NonBlockingException(what);
  }

  /** With a message, which the exception of the JDK has not. */
  private static final class NonBlockingException extends IllegalBlockingModeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    NonBlockingException(String what) {
      this.what = what;
    }

    @Override
    public String getMessage() {
      return "the channel to be "
          + what
          + " is in non-blocking mode, where nobody can wait for it: call its"
          + " configureBlocking(true) first";
    }
  }

  private static MemoryPool.Lease larger(MemoryPool.Lease full, MemoryPool.Lender lender) {
    MemoryPool.Lease lease = lender.lend(2 * full.segment().byteSize());
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
    writeWhole(file, content, () -> false, () -> true);
  }

  /**
   * Writes a file whole or not at all, as {@link #writeWhole(Path, MemorySegment)} does, unless
   * somebody no longer wants it.
   *
   * @param file what to write, replaced if it exists
   * @param content its bytes
   * @param unwanted asked now and then; once true, what was written goes away
   * @param mayComplete asked once, before the file gets its name or the first byte goes into a pipe
   * @throws IOException if it cannot be written; what was there is then still there
   */
  public static void writeWhole(
      Path file, MemorySegment content, BooleanSupplier unwanted, BooleanSupplier mayComplete)
      throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      if (mayComplete.getAsBoolean()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          write(channel, content);
        }
      }
      return;
    }
    try (PendingFile pending = PendingFile.nextTo(file)) {
      // what is not whole gets no name, whatever somebody says he wants in the end
      if (write(pending.channel(), content, unwanted) && mayComplete.getAsBoolean()) {
        pending.complete();
      }
    }
  }

  /**
   * Whether a file can be written in parts of any order: not what is there and is no regular file,
   * such as a pipe.
   *
   * @param file what would be written
   * @return false if it has to be written from beginning to end
   */
  public static boolean takesParts(Path file) {
    return !Files.exists(file) || Files.isRegularFile(file);
  }

  /**
   * What makes the parts of a file.
   *
   * @param <R> what is told of it
   */
  @FunctionalInterface
  public interface PartsMaker<R> {
    /**
     * Makes all of them.
     *
     * @param parts to be called for each
     * @return whatever is to be told of it; empty if there shall be no such file
     * @throws IOException if a part cannot be written
     */
    Optional<R> make(Parts parts) throws IOException;
  }

  /** Where parts of a file go. */
  @FunctionalInterface
  public interface Parts {
    /**
     * Writes one.
     *
     * @param content its bytes
     * @param at bytes of the file before it
     * @throws IOException if it cannot be written
     */
    void write(MemorySegment content, long at) throws IOException;
  }

  /**
   * Writes a file {@linkplain #takesParts in parts}, whole or not at all, as {@link #writeWhole(Path,
   * MemorySegment)} does.
   *
   * @param <R> what is told of it
   * @param file what to write, replaced if it exists
   * @param maker makes its parts, in any order
   * @return what the maker says; if that is nothing, what was there is still there
   * @throws IOException if it cannot be written; what was there is then still there
   */
  public static <R> Optional<R> writeParts(Path file, PartsMaker<R> maker) throws IOException {
    try (PendingFile pending = PendingFile.nextTo(file)) {
      FileChannel channel = pending.channel();
      Optional<R> result = maker.make((content, at) -> writeAt(channel, content, at));
      if (result.isPresent()) {
        pending.complete();
      }
      return result;
    }
  }

  private static void writeAt(FileChannel channel, MemorySegment content, long at)
      throws IOException {
    long written = 0;
    while (written < content.byteSize()) {
      ByteBuffer rest = window(content, written);
      while (rest.hasRemaining()) {
        written += channel.write(rest, at + written);
      }
      letOthersRun();
    }
  }

  /**
   * Writes all of a segment.
   *
   * @param channel where to, blocking
   * @param content what
   * @throws IOException if it cannot be written
   * @throws IllegalBlockingModeException if the channel is not blocking
   */
  public static void write(WritableByteChannel channel, MemorySegment content) throws IOException {
    write(channel, content, () -> false);
  }

  /** False if it was unwanted before all was written. */
  private static boolean write(
      WritableByteChannel channel, MemorySegment content, BooleanSupplier unwanted)
      throws IOException {
    long written = 0;
    while (written < content.byteSize()) {
      if (unwanted.getAsBoolean()) {
        return false;
      }
      ByteBuffer rest = window(content, written);
      while (rest.hasRemaining()) {
        requireBlocking(channel); // again: somebody may have changed it
        int count = channel.write(rest);
        if (count == 0) {
          throw new NonBlockingException("written to"); // or it would spin
        }
        written += count;
      }
      letOthersRun();
    }
    return true;
  }

  /** A virtual thread keeps its carrier while the system copies what it reads or writes. */
  static void letOthersRun() {
    if (Thread.currentThread().isVirtual()) {
      Thread.yield();
    }
  }

  static ByteBuffer window(MemorySegment segment, long from) {
    long bytes = Math.min(MOST_BYTES_AT_ONCE, segment.byteSize() - from);
    return segment.asSlice(from, bytes).asByteBuffer();
  }
}
