package io.github.lodepngffm.bench;

import io.github.lodepngffm.AsyncConverter;
import io.github.lodepngffm.Buffers;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Png;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * How many pictures a second do several workers convert, and what does that do to the rest of the
 * process? A ticker on a virtual thread, unrelated to the conversions, wants to run every
 * millisecond; how late it is shows whether conversions hold up other virtual threads.
 *
 * <ul>
 *   <li>async: {@link AsyncConverter} with that many native calls at one time
 *   <li>platform pool: that many platform threads calling {@link Png#toBmp} into memory that each
 *       thread keeps; what a careful caller would write by hand, and the most there is to gain
 *   <li>virtual threads: each conversion on a virtual thread of its own, with at most that many at
 *       one time; the obvious way, in which long native calls hold the carriers
 * </ul>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 1, time = 3)
@Fork(
    value = 2,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx2g"})
public class AsyncBenchmark {

  /** Jobs of one batch for each worker: long enough for the ticker to show what happens. */
  private static final int JOBS_PER_WORKER = 12;

  /** One number of workers. */
  @State(Scope.Benchmark)
  public static class Workers {
    @Param("1")
    public int workers;

    @Param({"async", "platform pool", "virtual threads"})
    public String design;

    /** Names out of {@link Pictures#names} with slashes between them, converted in turn. */
    @Param("photo")
    public String picture;

    private final List<Double> perSecond = new ArrayList<>();
    private final List<Double> lateMillis = new ArrayList<>();
    private List<Picture> sources;
    private boolean recording;
    private AsyncConverter converter;
    private ExecutorService pool;
    private final Arena results = Arena.ofShared();
    private final ThreadLocal<MemorySegment> result =
        ThreadLocal.withInitial(() -> Buffers.uninitialized(results).allocate(bmpBytes()));

    @Setup(Level.Trial)
    public void load() {
      sources = Arrays.stream(picture.split("/")).map(Pictures::load).toList();
      converter = AsyncConverter.builder().parallelism(workers).build();
      pool = Executors.newFixedThreadPool(workers);
    }

    private long bmpBytes() {
      return sources.stream()
          .mapToLong(source -> Png.bmpSize(Png.readInfo(source.segment())))
          .max()
          .orElseThrow();
    }

    private MemorySegment png(int job) {
      return sources.get(job % sources.size()).segment();
    }

    /** Every picture as often as every other, so that batches of any size have the same mix. */
    private int jobs() {
      return sources.size()
          * (int) Math.max(1, Math.round((double) JOBS_PER_WORKER * workers / sources.size()));
    }

    @Setup(Level.Iteration)
    public void recordMeasuredIterations(IterationParams iteration) {
      recording = iteration.getType() == IterationType.MEASUREMENT;
    }

    void batch() throws Exception {
      int jobs = jobs();
      Ticker ticker = Ticker.start();
      try {
        long start = System.nanoTime();
        switch (design) {
          case "async" -> throughConverter(jobs);
          case "platform pool" -> onPlatformThreads(jobs);
          default -> onVirtualThreads(jobs);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (recording) {
          perSecond.add(jobs / seconds);
          lateMillis.add(Statistics.quantile(ticker.stop(), 0.99));
        }
      } finally {
        ticker.stop();
      }
    }

    private void throughConverter(int jobs) {
      List<CompletableFuture<Long>> all = new ArrayList<>();
      for (int i = 0; i < jobs; i++) {
        all.add(converter.toBmp(png(i), MemorySegment::byteSize));
      }
      all.forEach(CompletableFuture::join);
    }

    private void onPlatformThreads(int jobs) throws Exception {
      List<Callable<Long>> all = new ArrayList<>();
      for (int i = 0; i < jobs; i++) {
        MemorySegment png = png(i);
        all.add(() -> Png.toBmp(png, result.get(), ConvertOptions.defaults()));
      }
      for (Future<Long> done : pool.invokeAll(all)) {
        done.get();
      }
    }

    private void onVirtualThreads(int jobs) {
      Semaphore places = new Semaphore(workers);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < jobs; i++) {
          MemorySegment png = png(i);
          threads.submit(() -> {
            places.acquire();
            try (Arena arena = Arena.ofConfined()) {
              return Png.toBmp(png, Buffers.uninitialized(arena)).byteSize();
            } finally {
              places.release();
            }
          });
        }
      }
    }

    @TearDown(Level.Trial)
    public void handOver() throws Exception {
      converter.close();
      pool.close();
      results.close();
      String item = Integer.toString(workers);
      new Samples("async", item, "1/s", Map.of(design, array(perSecond)), Map.of()).hand();
      new Samples("async-lateness", item, "ms", Map.of(design, array(lateMillis)), Map.of()).hand();
    }

    private static double[] array(List<Double> values) {
      return values.stream().mapToDouble(d -> d).toArray();
    }
  }

  @Benchmark
  public void batch(Workers workers) throws Exception {
    workers.batch();
  }
}
