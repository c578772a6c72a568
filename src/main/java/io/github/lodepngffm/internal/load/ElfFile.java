package io.github.lodepngffm.internal.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A look at a shared library of Linux before it is loaded. The dynamic linker maps the segments
 * that the file's headers name without asking whether the file is that long, and touching what is
 * missing ends the virtual machine (SIGBUS). Whatever else may be wrong with a library, the linker
 * says.
 */
final class ElfFile {
  // offsets and sizes of the 64-bit format: Elf64_Ehdr, Elf64_Phdr
  private static final int MAGIC = 0x7f454c46; // DEL, "ELF"
  private static final int CLASS = 4;
  private static final byte CLASS_64_BITS = 2;
  private static final int DATA = 5;
  private static final byte DATA_LITTLE_ENDIAN = 1;
  private static final int HEADER_BYTES = 64;
  private static final int SEGMENTS_OFFSET = 32;
  private static final int SEGMENT_HEADER_BYTES = 54;
  private static final int SEGMENT_COUNT = 56;
  private static final int SEGMENT_TYPE = 0;
  private static final int SEGMENT_TYPE_LOAD = 1;
  private static final int SEGMENT_FILE_OFFSET = 8;
  private static final int SEGMENT_FILE_BYTES = 32;
  private static final int SMALLEST_SEGMENT_HEADER = 56;

  private ElfFile() {}

  /**
   * Refuses a library that was cut off.
   *
   * @param library any file
   * @throws IOException with both sizes if the file ends before its last segment does
   */
  static void requireWhole(Path library) throws IOException {
    try (FileChannel file = FileChannel.open(library, StandardOpenOption.READ)) {
      long needed = bytesNeeded(file);
      if (needed > file.size()) {
        throw new IOException(
            "is cut off: it has " + file.size() + " bytes, its segments end at byte " + needed);
      }
    }
  }

  /** Where the last segment ends; 0 for what is no 64-bit ELF file. */
  private static long bytesNeeded(FileChannel file) throws IOException {
    ByteBuffer header = read(file, 0, HEADER_BYTES);
    if (header.remaining() < HEADER_BYTES
        || header.getInt(0) != MAGIC
        || header.get(CLASS) != CLASS_64_BITS) {
      return 0;
    }
    ByteOrder order =
        header.get(DATA) == DATA_LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    header.order(order);
    int size = Short.toUnsignedInt(header.getShort(SEGMENT_HEADER_BYTES));
    int count = Short.toUnsignedInt(header.getShort(SEGMENT_COUNT));
    long start = header.getLong(SEGMENTS_OFFSET);
    if (size < SMALLEST_SEGMENT_HEADER || start < 0) {
      return 0;
    }
    ByteBuffer segments = read(file, start, size * count).order(order);
    if (segments.remaining() < size * count) {
      return start + (long) size * count;
    }
    long needed = 0;
    for (int at = 0; at < size * count; at += size) {
      if (segments.getInt(at + SEGMENT_TYPE) == SEGMENT_TYPE_LOAD) {
        long end =
            segments.getLong(at + SEGMENT_FILE_OFFSET) + segments.getLong(at + SEGMENT_FILE_BYTES);
        needed = Math.max(needed, end);
      }
    }
    return needed;
  }

  private static ByteBuffer read(FileChannel file, long from, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) >= 0) {}
    return buffer.flip();
  }
}
