package io.github.lodepngffm.bench;

import io.github.lodepngffm.Buffers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to hand memory over to native code and back? The thesis of "Using Buffers to
 * share data between Node.js and C++" is that copying can cost more than native code gains. Here
 * every byte of a piece of memory gets a number added ({@link Buffers#rotate}), which is as little
 * work as there can be, so that the way to the data is what differs:
 *
 * <ul>
 *   <li>zero copy: the data is in native memory already
 *   <li>heap, critical: native code works on the array itself; collectors wait meanwhile
 *   <li>pooled copy: from the array to native memory that is kept, and back
 *   <li>fresh copy: the same with memory from an arena of its own, zero-filled
 *   <li>plain Java: a loop over the array, no native code
 * </ul>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 1, time = 3)
@Fork(
    value = 2,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx4g"})
public class HandoverBenchmark {

  private static final int BY = 13;

  /** One size, all ways. */
  @State(Scope.Benchmark)
  public static class Ways extends RoundsState {
    /** Bytes handed over. */
    @Param("1048576")
    public int bytes;

    public Ways() {
      super("handover");
    }

    @Override
    String item() {
      return Integer.toString(bytes);
    }

    @Override
    Map<String, Job> open() {
      byte[] array = new byte[bytes];
      MemorySegment heap = MemorySegment.ofArray(array);
      Arena arena = Arena.ofShared();
      MemorySegment nativeMemory = arena.allocate(bytes);
      Map<String, Job> ways = new LinkedHashMap<>();
      ways.put("zero copy", way(() -> Buffers.rotate(nativeMemory, BY), array));
      ways.put("heap, critical", way(() -> Buffers.rotate(heap, BY), array));
      ways.put("pooled copy", way(() -> copyThere(heap, nativeMemory), array));
      ways.put("fresh copy", way(() -> copyToFresh(heap), array));
      ways.put("plain Java", way(() -> rotateInJava(array), array));
      return ways;
    }

    private static void copyThere(MemorySegment heap, MemorySegment there) {
      there.copyFrom(heap);
      Buffers.rotate(there, BY);
      heap.copyFrom(there);
    }

    private static void copyToFresh(MemorySegment heap) {
      try (Arena arena = Arena.ofConfined()) {
        copyThere(heap, arena.allocate(heap.byteSize()));
      }
    }

    private static void rotateInJava(byte[] array) {
      for (int i = 0; i < array.length; i++) {
        array[i] += BY;
      }
    }

    private static Job way(Runnable run, byte[] array) {
      return new Job() {
        @Override
        public long run() {
          run.run();
          return array[0];
        }

        @Override
        public byte[] result() {
          return new byte[0];
        }
      };
    }
  }

  @Benchmark
  public long everyWayInTurn(Ways ways) throws Exception {
    return ways.round();
  }
}
