package io.github.lodepngffm.bench;

import io.github.lodepngffm.Buffers;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.Png;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
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
 * The same question as {@link HandoverBenchmark}, asked about a conversion, where native code has
 * much to do: what does it matter where PNG and BMP are?
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 2)
@Measurement(iterations = 1, time = 5)
@Fork(
    value = 2,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx2g"})
public class HandoverConvertBenchmark {

  /** One picture, all ways. */
  @State(Scope.Benchmark)
  public static class Ways extends RoundsState {
    /** A name out of {@link Pictures#names}. */
    @Param("photo")
    public String picture;

    public Ways() {
      super("handover-convert");
    }

    @Override
    String item() {
      return picture;
    }

    @Override
    Map<String, Job> open() {
      Picture source = Pictures.load(picture);
      MemorySegment reused = Arena.ofShared().allocate(Png.bmpSize(source.info()));
      ConvertOptions options = ConvertOptions.defaults().withLimits(Limits.unlimited());
      Map<String, Job> ways = new LinkedHashMap<>();
      ways.put("native, reused", way(() -> Png.toBmp(source.segment(), reused, options)));
      ways.put("native, fresh", way(() -> fresh(source, options, Buffers::uninitialized)));
      ways.put("native, fresh and zero-filled", way(() -> fresh(source, options, arena -> arena)));
      ways.put("arrays", way(() -> Png.toBmp(source.bytes()).length));
      return ways;
    }

    private static long fresh(
        Picture source, ConvertOptions options, Function<Arena, SegmentAllocator> allocator) {
      try (Arena arena = Arena.ofConfined()) {
        return Png.toBmp(source.segment(), allocator.apply(arena), options).byteSize();
      }
    }

    private static Job way(LongSupplier run) {
      return new Job() {
        @Override
        public long run() {
          return run.getAsLong();
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
