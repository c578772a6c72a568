package io.github.lodepngffm.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.lodepngffm.Buffers;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.PngException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Segments of every kind, size and place as input and output: the same BMP, or an exception. */
class SegmentsFuzzTest {
  private static final byte UNTOUCHED = 0x5a;

  @FuzzTest(maxDuration = "1m")
  void anySegmentIsConvertedOrRefused(FuzzedDataProvider data) {
    byte[] png = Choices.png(data);
    ConvertOptions options = Choices.options(data);
    byte[] expected = expected(png, options);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = input(png, data, arena);
      byte[] found = null;
      try {
        found =
            data.consumeBoolean()
                ? intoAllocator(input, options, data, arena)
                : intoPlace(input, options, expected, data, arena);
      } catch (PngException e) {
        assertThat(expected).as("%s", e).isNull();
        assertThat(e.errorCode()).isPositive();
        assertThat(e).hasMessageMatching("(?s).{10,}");
      }
      assertThat(found).isEqualTo(expected);
    }
  }

  /** The BMP by the plainest way, or null. */
  private static byte[] expected(byte[] png, ConvertOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocate(Math.max(1, png.length)).asSlice(0, png.length);
      MemorySegment bmp = Png.toBmp(input.copyFrom(MemorySegment.ofArray(png)), arena, options);
      assertThat(bmp.byteSize()).isEqualTo(Png.bmpSize(Png.readInfo(input)));
      return bmp.toArray(ValueLayout.JAVA_BYTE);
    } catch (PngException e) {
      return null;
    }
  }

  private static MemorySegment input(byte[] png, FuzzedDataProvider data, Arena arena) {
    int offset = data.consumeInt(0, 9);
    byte[] shifted = new byte[offset + png.length + data.consumeInt(0, 9)];
    System.arraycopy(png, 0, shifted, offset, png.length);
    MemorySegment segment =
        switch (data.consumeInt(0, 4)) {
          case 0 -> MemorySegment.ofArray(shifted);
          case 1 -> MemorySegment.ofBuffer(ByteBuffer.wrap(shifted));
          case 2 ->
              MemorySegment.ofBuffer(ByteBuffer.allocateDirect(shifted.length).put(0, shifted));
          case 3 -> MemorySegment.ofArray(new int[shifted.length / 4 + 1]);
          default -> arena.allocate(Math.max(1, shifted.length));
        };
    MemorySegment.copy(shifted, 0, segment, ValueLayout.JAVA_BYTE, 0, shifted.length);
    segment = segment.asSlice(offset, png.length);
    return data.consumeBoolean() ? segment.asReadOnly() : segment;
  }

  private static byte[] intoAllocator(
      MemorySegment input, ConvertOptions options, FuzzedDataProvider data, Arena arena) {
    int more = data.consumeInt(0, 100);
    boolean usable = true;
    SegmentAllocator allocator;
    switch (data.consumeInt(0, 5)) {
      case 0 -> allocator = Buffers.uninitialized(arena);
      case 1 -> allocator = (size, alignment) -> arena.allocate(size + more, alignment);
      case 2 -> allocator = SegmentAllocator.slicingAllocator(arena.allocate(100_000));
      case 3 -> {
        allocator = (size, alignment) -> MemorySegment.ofArray(new byte[(int) size + more]);
        usable = false;
      }
      case 4 -> {
        allocator = (size, alignment) -> arena.allocate(size - 1 - Math.min(more, size - 1));
        usable = false;
      }
      default -> allocator = arena;
    }
    try {
      byte[] bmp = Png.toBmp(input, allocator, options).toArray(ValueLayout.JAVA_BYTE);
      assertThat(usable).isTrue();
      return bmp;
    } catch (IllegalArgumentException e) {
      assertThat(usable).as("%s", e).isFalse();
      return expected(input.toArray(ValueLayout.JAVA_BYTE), options);
    }
  }

  private static byte[] intoPlace(
      MemorySegment input,
      ConvertOptions options,
      byte[] expected,
      FuzzedDataProvider data,
      Arena arena) {
    int room = data.consumeInt(0, 3000);
    int offset = data.consumeInt(0, 63);
    MemorySegment memory = arena.allocate(offset + room + 64L).fill(UNTOUCHED);
    MemorySegment bmp = memory.asSlice(offset, room);
    boolean readOnly = data.consumeInt(0, 9) == 0;
    try {
      long bytes = Png.toBmp(input, readOnly ? bmp.asReadOnly() : bmp, options);
      assertThat(readOnly).isFalse();
      byte[] all = memory.toArray(ValueLayout.JAVA_BYTE);
      for (int i = 0; i < all.length; i++) {
        if (i < offset || i >= offset + bytes) {
          assertThat(all[i]).as("byte %d", i).isEqualTo(UNTOUCHED);
        }
      }
      return Arrays.copyOfRange(all, offset, offset + (int) bytes);
    } catch (IllegalArgumentException e) {
      assertThat(readOnly || expected == null || room < expected.length).as("%s", e).isTrue();
      return expected; // refused before the file was looked at more closely
    }
  }
}
