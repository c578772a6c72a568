package io.github.lodepngffm;

import io.github.lodepngffm.internal.ffm.BuffersCalls;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Objects;

/**
 * Memory shared with native code, in its smallest form: native loops over a segment's bytes, in
 * place. For {@code jshell}, for learning, and as the shortest test that the binding works.
 *
 * {@snippet :
 * try (Arena arena = Arena.ofConfined()) {
 *   MemorySegment text = arena.allocateFrom("ABC");
 *   Buffers.rotate(text.asSlice(0, 3), 13);
 *   System.out.println(text.getString(0)); // NOP
 * }
 * }
 *
 * <p>Safe from any thread on distinct segments. Heap segments are worked on where they are, a
 * megabyte at a time, since garbage collection waits meanwhile.
 */
public final class Buffers {
  private Buffers() {}

  /**
   * Adds a number to each byte, modulo 256, in place.
   *
   * @param bytes any writable segment
   * @param by the number, of either sign
   * @throws IllegalArgumentException if {@code bytes} is read-only or a mapped file
   */
  public static void rotate(MemorySegment bytes, int by) {
    requireWritable(bytes);
    BuffersCalls.rotate(bytes, by);
  }

  /**
   * Adds a number to each byte, modulo 256, in place, and returns native-owned memory with each
   * original byte minus that number. "ABC" and 13 become "NOP", and "456" is returned.
   *
   * @param bytes any writable segment
   * @param by the number, of either sign
   * @param arena frees the returned memory: when it is closed, or, with {@link Arena#ofAuto()},
   *     once nobody refers to the memory any more
   * @return as many bytes as {@code bytes} has
   * @throws IllegalArgumentException if {@code bytes} is read-only or a mapped file
   * @throws OutOfMemoryError if there is no native memory; {@code bytes} is then unchanged
   */
  public static MemorySegment rotateBoth(MemorySegment bytes, int by, Arena arena) {
    requireWritable(bytes);
    Objects.requireNonNull(arena, "arena");
    return BuffersCalls.rotateBoth(bytes, by, arena);
  }

  /**
   * Adds a number to each double, in place.
   *
   * @param doubles any writable segment, of doubles in the machine's byte order
   * @param by the number
   * @throws IllegalArgumentException if {@code doubles} is read-only or a mapped file, or its size
   *     is no multiple of 8
   */
  public static void increment(MemorySegment doubles, double by) {
    requireWritable(doubles);
    if (doubles.byteSize() % Double.BYTES != 0) {
      throw new IllegalArgumentException(
          "a segment of doubles has a multiple of 8 bytes, this one has " + doubles.byteSize());
    }
    BuffersCalls.increment(doubles, by);
  }

  /**
   * An allocator of native memory whose content is undefined. Arenas fill what they allocate with
   * zeros, which for a large image takes longer than converting it; use this for memory that will
   * be written whole, such as the result of {@link Png#toBmp}.
   *
   * @param arena frees the memory when it is closed, or, with {@link Arena#ofAuto()}, when the
   *     collector finds it unused
   * @return allocates in {@code arena}, aligned to 16 bytes; it throws {@link OutOfMemoryError}
   *     when there is no memory, and {@link IllegalArgumentException} for a larger alignment or a
   *     negative size
   */
  public static SegmentAllocator uninitialized(Arena arena) {
    Objects.requireNonNull(arena, "arena");
    return (byteSize, byteAlignment) -> {
      if (byteSize < 0) {
        throw new IllegalArgumentException("memory of " + byteSize + " bytes");
      }
      if (byteAlignment > 16) {
        throw new IllegalArgumentException(
            "this allocator aligns to 16 bytes, not to " + byteAlignment);
      }
      return MemoryCalls.allocate(byteSize, arena);
    };
  }

  private static void requireWritable(MemorySegment segment) {
    if (segment.isReadOnly()) {
      throw new IllegalArgumentException(
          "the segment of " + segment.byteSize() + " bytes is read-only");
    }
    if (segment.isMapped()) {
      throw new IllegalArgumentException(
          "the segment is a mapped file: native code that touches it ends the virtual machine when"
              + " the file is truncated; read the file into memory instead");
    }
  }
}
