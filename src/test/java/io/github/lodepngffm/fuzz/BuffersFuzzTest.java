package io.github.lodepngffm.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.lodepngffm.Buffers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The buffer primer on slices of any size and place, against the same loops in Java. */
class BuffersFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void loopsStayInsideTheirSlice(FuzzedDataProvider data) {
    int by = data.consumeInt();
    boolean onHeap = data.consumeBoolean();
    int offset = data.consumeInt(0, 20);
    int what = data.consumeInt(0, 2);
    byte[] before = data.consumeRemainingAsBytes();
    offset = Math.min(offset, before.length);
    int length = (before.length - offset) / (what == 2 ? Double.BYTES : 1);
    length *= what == 2 ? Double.BYTES : 1;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory =
          onHeap
              ? MemorySegment.ofArray(before.clone())
              : arena.allocate(before.length + 1L).asSlice(0, before.length);
      memory.copyFrom(MemorySegment.ofArray(before));
      MemorySegment slice = memory.asSlice(offset, length);
      byte[] other = null;
      switch (what) {
        case 0 -> Buffers.rotate(slice, by);
        case 1 -> other = Buffers.rotateBoth(slice, by, arena).toArray(ValueLayout.JAVA_BYTE);
        default -> Buffers.increment(slice, by);
      }
      MemorySegment expected = MemorySegment.ofArray(before.clone());
      if (what == 2) {
        for (long at = offset; at < offset + length; at += Double.BYTES) {
          double value = expected.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at);
          expected.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, value + by);
        }
      } else {
        for (int at = offset; at < offset + length; at++) {
          expected.set(ValueLayout.JAVA_BYTE, at, (byte) (before[at] + by));
          if (other != null) {
            assertThat(other[at - offset]).isEqualTo((byte) (before[at] - by));
          }
        }
      }
      if (what == 2) {
        assertSameDoubles(memory, expected, offset, length);
      } else {
        assertThat(memory.mismatch(expected)).isEqualTo(-1);
      }
    }
  }

  /** A sum that is not a number may have any of its bit patterns. */
  private static void assertSameDoubles(
      MemorySegment found, MemorySegment expected, int offset, int length) {
    for (long at = 0; at < found.byteSize(); at++) {
      if (at < offset || at >= offset + length) {
        assertThat(found.get(ValueLayout.JAVA_BYTE, at))
            .isEqualTo(expected.get(ValueLayout.JAVA_BYTE, at));
      } else if ((at - offset) % Double.BYTES == 0) {
        double value = found.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at);
        double sum = expected.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at);
        assertThat(Double.compare(value, sum)).as("%s and %s", value, sum).isZero();
      }
    }
  }
}
