package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory shared with native loops: five ways to make it, change it in place, and give it back. */
class BuffersTest {
  private static final int LARGER_THAN_ONE_CRITICAL_CALL = (2 << 20) + 8 * 5;

  @Test
  void memoryIsMadeInFiveWaysAndNativeCodeSeesEach(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("abc.txt"), "ABC");
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(file)) {
      MemorySegment bySize = arena.allocate(3);
      MemorySegment filled = arena.allocate(3).fill((byte) 7);
      MemorySegment fromBytes = arena.allocateFrom(JAVA_BYTE, (byte) 1, (byte) 2, (byte) 255);
      MemorySegment fromString = arena.allocateFrom("ABC");
      MemorySegment fromFile = arena.allocate(channel.size());
      assertThat(channel.read(fromFile.asByteBuffer())).isEqualTo(3);
      for (MemorySegment segment : List.of(bySize, filled, fromBytes, fromFile)) {
        Buffers.rotate(segment, 1);
      }
      Buffers.rotate(fromString.asSlice(0, 3), 1);
      assertThat(bySize.toArray(JAVA_BYTE)).containsExactly(1, 1, 1);
      assertThat(filled.toArray(JAVA_BYTE)).containsExactly(8, 8, 8);
      assertThat(fromBytes.toArray(JAVA_BYTE)).containsExactly(2, 3, 0);
      assertThat(fromString.getString(0)).isEqualTo("BCD");
      assertThat(new String(fromFile.toArray(JAVA_BYTE), StandardCharsets.US_ASCII))
          .isEqualTo("BCD");
    }
  }

  @Test
  void rotatingAbcBy13GivesNopInPlace() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom("ABC");
      Buffers.rotate(text.asSlice(0, 3), 13);
      assertThat(text.getString(0)).isEqualTo("NOP");
      Buffers.rotate(text.asSlice(0, 3), -13);
      assertThat(text.getString(0)).isEqualTo("ABC");
    }
  }

  @Test
  void rotatingBothWaysGivesNopInPlaceAnd456InNativeMemory() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(JAVA_BYTE, "ABC".getBytes(StandardCharsets.US_ASCII));
      MemorySegment back = Buffers.rotateBoth(text, 13, arena);
      assertThat(text.toArray(JAVA_BYTE)).containsExactly('N', 'O', 'P');
      assertThat(back.toArray(JAVA_BYTE)).containsExactly('4', '5', '6');
      assertThat(back.isNative()).isTrue();
      byte[] array = {'A', 'B', 'C'};
      MemorySegment ofArray = Buffers.rotateBoth(MemorySegment.ofArray(array), 13, arena);
      assertThat(array).containsExactly('N', 'O', 'P');
      assertThat(ofArray.toArray(JAVA_BYTE)).containsExactly('4', '5', '6');
      assertThat(ofArray.isNative()).isTrue();
    }
  }

  @Test
  void rotationIsModulo256ForEveryNumberOfEitherSign() {
    for (int by : new int[] {0, 1, 255, 256, 1000, -1, -1000, Integer.MIN_VALUE}) {
      byte[] array = {0, 100, -1, -128};
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment segment = arena.allocateFrom(JAVA_BYTE, array);
        Buffers.rotate(segment, by);
        Buffers.rotate(MemorySegment.ofArray(array), by);
        byte[] expected = {(byte) by, (byte) (100 + by), (byte) (by - 1), (byte) (by - 128)};
        assertThat(segment.toArray(JAVA_BYTE)).isEqualTo(expected);
        assertThat(array).isEqualTo(expected);
      }
    }
  }

  @Test
  void doublesAreIncrementedInPlaceAtAnyAlignment() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocateFrom(JAVA_DOUBLE, 1.2, 2.3, 3.4);
      Buffers.increment(numbers, 100);
      assertThat(numbers.toArray(JAVA_DOUBLE)).containsExactly(1.2 + 100, 2.3 + 100, 3.4 + 100);
      MemorySegment odd = arena.allocate(17).asSlice(1);
      odd.set(JAVA_DOUBLE_UNALIGNED, 8, 5);
      Buffers.increment(odd, 0.5);
      assertThat(odd.get(JAVA_DOUBLE_UNALIGNED, 0)).isEqualTo(0.5);
      assertThat(odd.get(JAVA_DOUBLE_UNALIGNED, 8)).isEqualTo(5.5);
      double[] array = {1.5, -2.5};
      Buffers.increment(MemorySegment.ofArray(array), 100);
      assertThat(array).containsExactly(101.5, 97.5);
    }
  }

  @Test
  void arraysLongerThanOneCriticalCallAreWorkedOnWhole() {
    byte[] bytes = new byte[LARGER_THAN_ONE_CRITICAL_CALL];
    Buffers.rotate(MemorySegment.ofArray(bytes), 3);
    assertThat(bytes).containsOnly(3);
    double[] doubles = new double[LARGER_THAN_ONE_CRITICAL_CALL / Double.BYTES];
    Buffers.increment(MemorySegment.ofArray(doubles), 3);
    assertThat(doubles).containsOnly(3);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment back = Buffers.rotateBoth(MemorySegment.ofArray(bytes), 1, arena);
      assertThat(bytes).containsOnly(4);
      assertThat(back.toArray(JAVA_BYTE)).containsOnly(2);
    }
  }

  @Test
  void nothingIsAlsoSomethingToWorkOn() {
    try (Arena arena = Arena.ofConfined()) {
      Buffers.rotate(arena.allocate(0), 1);
      Buffers.rotate(MemorySegment.ofArray(new byte[0]), 1);
      Buffers.increment(arena.allocate(0), 1);
      assertThat(Buffers.rotateBoth(arena.allocate(0), 1, arena).byteSize()).isZero();
    }
  }

  @Test
  void closingTheArenaFreesNativeOwnedMemory() {
    MemoryPool.SHARED.releaseIdle();
    long allocations = MemoryCalls.liveAllocations();
    MemorySegment back;
    try (Arena arena = Arena.ofConfined()) {
      back = Buffers.rotateBoth(arena.allocateFrom("ABC").asSlice(0, 3), 13, arena);
      assertThat(MemoryCalls.liveAllocations()).isEqualTo(allocations + 1);
    }
    assertThat(MemoryCalls.liveAllocations()).isEqualTo(allocations);
    assertThatIllegalStateException().isThrownBy(() -> back.get(JAVA_BYTE, 0));
  }

  @Test
  void theCollectorFreesNativeOwnedMemoryOfAnAutomaticArena() throws InterruptedException {
    MemoryPool.SHARED.releaseIdle();
    long allocations = MemoryCalls.liveAllocations();
    byte[] text = {'A', 'B', 'C'};
    MemorySegment back = Buffers.rotateBoth(MemorySegment.ofArray(text), 13, Arena.ofAuto());
    System.gc();
    assertThat(MemoryCalls.liveAllocations()).as("in use").isEqualTo(allocations + 1);
    assertThat(back.toArray(JAVA_BYTE)).containsExactly('4', '5', '6');
    back = null;
    for (int i = 0; i < 500 && MemoryCalls.liveAllocations() > allocations; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(MemoryCalls.liveAllocations()).as("not in use any more").isEqualTo(allocations);
  }

  @Test
  void readOnlyMemoryAndPartsOfDoublesAreRefusedWithNumbers() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment readOnly = arena.allocate(16).asReadOnly();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Buffers.rotate(readOnly, 1))
          .withMessageContaining("16 bytes is read-only");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Buffers.rotateBoth(readOnly, 1, arena))
          .withMessageContaining("read-only");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Buffers.increment(readOnly, 1))
          .withMessageContaining("read-only");
      MemorySegment part = arena.allocate(15);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Buffers.increment(part, 1))
          .withMessageContaining("has 15");
    }
  }

  @Test
  void anArenaThatCannotOwnTheResultIsRefusedBeforeAnythingChanges() {
    Arena closed = Arena.ofConfined();
    closed.close();
    byte[] array = {'A', 'B', 'C'};
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(JAVA_BYTE, array);
      assertThatIllegalStateException().isThrownBy(() -> Buffers.rotateBoth(text, 13, closed));
      assertThat(text.toArray(JAVA_BYTE)).containsExactly('A', 'B', 'C');
      MemorySegment ofArray = MemorySegment.ofArray(array);
      assertThatIllegalStateException().isThrownBy(() -> Buffers.rotateBoth(ofArray, 13, closed));
      assertThat(array).containsExactly('A', 'B', 'C');
    }
  }

  @Test
  void uninitializedMemoryIsAlignedAndFreedWithItsArena() {
    MemoryPool.SHARED.releaseIdle();
    long allocations = MemoryCalls.liveAllocations();
    long bytes = MemoryCalls.liveBytes();
    try (Arena arena = Arena.ofShared()) {
      SegmentAllocator allocator = Buffers.uninitialized(arena);
      for (long size : new long[] {1, 100, 1 << 20, 40 << 20}) {
        MemorySegment memory = allocator.allocate(size, 16);
        assertThat(memory.byteSize()).isEqualTo(size);
        assertThat(memory.address() % 16).isZero();
        assertThat(memory.scope()).isEqualTo(arena.scope());
        memory.fill((byte) 1);
      }
      assertThat(MemoryCalls.liveAllocations()).isEqualTo(allocations + 4);
      assertThat(MemoryCalls.liveBytes()).isGreaterThanOrEqualTo(bytes + (41 << 20) + 101);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> allocator.allocate(64, 32))
          .withMessageContaining("16 bytes, not to 32");
    }
    assertThat(MemoryCalls.liveAllocations()).isEqualTo(allocations);
    assertThat(MemoryCalls.liveBytes()).isEqualTo(bytes);
  }

  @Test
  void memoryThatTheMachineDoesNotHaveIsAnOutOfMemoryErrorWithTheSize() {
    SegmentAllocator allocator = Buffers.uninitialized(Arena.ofAuto());
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> allocator.allocate(Long.MAX_VALUE / 2))
        .withMessageContaining(Long.toString(Long.MAX_VALUE / 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> allocator.allocate(-1, 1))
        .withMessageContaining("-1 bytes");
  }
}
