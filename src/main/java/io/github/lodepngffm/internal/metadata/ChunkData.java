package io.github.lodepngffm.internal.metadata;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The numbers and texts in the data of a chunk (PNG, 7.1: the byte that counts most comes first).
 *
 * @param bytes the data
 */
record ChunkData(MemorySegment bytes) {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  long size() {
    return bytes.byteSize();
  }

  int unsigned8(long at) {
    return Byte.toUnsignedInt(bytes.get(JAVA_BYTE, at));
  }

  int unsigned16(long at) {
    return unsigned8(at) << 8 | unsigned8(at + 1);
  }

  long unsigned32(long at) {
    return Integer.toUnsignedLong(bytes.get(INT, at));
  }

  /** The rest, which is empty where it would begin behind the end. */
  MemorySegment from(long at) {
    return bytes.asSlice(Math.min(at, size()));
  }

  /** Where the zero is that ends a text, or the end of the data. */
  long endOfText(long at) {
    long end = Math.min(at, size());
    while (end < size() && bytes.get(JAVA_BYTE, end) != 0) {
      end++;
    }
    return end;
  }

  /** A text that a zero, or the end of the data, ends. */
  MemorySegment textBytes(long at) {
    long from = Math.min(at, size());
    return bytes.asSlice(from, endOfText(from) - from);
  }

  String text(long at, Charset charset) {
    return new String(textBytes(at).toArray(JAVA_BYTE), charset);
  }

  static String latin1(MemorySegment text) {
    return new String(text.toArray(JAVA_BYTE), StandardCharsets.ISO_8859_1);
  }

  static String utf8(MemorySegment text) {
    return new String(text.toArray(JAVA_BYTE), StandardCharsets.UTF_8);
  }
}
