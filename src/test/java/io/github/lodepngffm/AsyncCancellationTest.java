package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AsyncCancellationTest {
  private static final TestImage IMAGE =
      TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 300, 200);
  private static final byte[] PNG = PngWriter.of(IMAGE).mixedFilters(2).bytes();
  private static final byte[] BMP = ReferenceBmp.bytes(IMAGE);
  private static final MemorySegment SEGMENT = MemorySegment.ofArray(PNG);

  @Test
  void aQueuedJobIsDroppedAtOnceAndItsPlaceIsFree() {
    try (AsyncConverter converter = AsyncConverter.builder().parallelism(1).maxInFlight(2).build();
        WorkerGate gate = new WorkerGate()) {
      CompletableFuture<MemorySegment> running = converter.toBmp(SEGMENT, gate);
      gate.awaitWorker();
      for (int i = 0; i < 100; i++) {
        CompletableFuture<byte[]> queued = converter.tryToBmp(PNG).orElseThrow();
        assertThat(converter.tryToBmp(PNG)).isEmpty();
        assertThat(queued.cancel(i % 2 == 0)).isTrue();
        assertThat(queued).isCancelled();
        assertThatThrownBy(queued::join).isInstanceOf(CancellationException.class);
        assertThat(queued.cancel(true)).as("cancelling again").isTrue();
      }
      assertThat(running).isNotDone();
      gate.open();
      assertThat(running.join().byteSize()).isEqualTo(BMP.length);
      assertThat(running.cancel(true)).isFalse();
    }
  }

  @Test
  void aRunningJobsConsumerNeverRuns() {
    AtomicInteger consumed = new AtomicInteger();
    try (AsyncConverter converter = AsyncConverter.builder().parallelism(1).build();
        WorkerGate gate = new WorkerGate()) {
      CompletableFuture<MemorySegment> blocking = converter.toBmp(SEGMENT, gate);
      gate.awaitWorker();
      CompletableFuture<Integer> queued =
          converter.toBmp(SEGMENT, bmp -> consumed.incrementAndGet());
      assertThat(queued.cancel(false)).isTrue();
      assertThat(blocking.cancel(true)).isTrue();
      assertThat(blocking).isCancelled();
      gate.open();
      assertThat(converter.toBmp(PNG).join()).as("its flag is down again").isEqualTo(BMP);
    }
    assertThat(consumed).hasValue(0);
  }

  @Test
  void whenTheConsumerRunsItComesToItsEndAndItsResultIsDropped() {
    CountDownLatch inside = new CountDownLatch(1);
    AtomicInteger finished = new AtomicInteger();
    try (AsyncConverter converter = AsyncConverter.builder().maxInFlight(1).build();
        Hold hold = new Hold()) {
      CompletableFuture<Integer> future =
          converter.toBmp(
              SEGMENT,
              bmp -> {
                inside.countDown();
                hold.await();
                return finished.incrementAndGet();
              });
      Latches.await(inside);
      assertThat(future.cancel(true)).isTrue();
      assertThat(converter.tryToBmp(PNG)).as("the memory is still in use").isEmpty();
      hold.release();
      assertThat(converter.toBmp(PNG).join()).isEqualTo(BMP);
      assertThat(future).isCancelled();
    }
    assertThat(finished).hasValue(1);
  }

  @Test
  void timingOutOrCompletingFromOutsideStopsTheJobToo() {
    try (AsyncConverter converter = AsyncConverter.builder().parallelism(1).maxInFlight(2).build();
        WorkerGate gate = new WorkerGate()) {
      converter.toBmp(SEGMENT, gate);
      gate.awaitWorker();
      CompletableFuture<byte[]> late = converter.toBmp(PNG).orTimeout(1, TimeUnit.MILLISECONDS);
      assertThatThrownBy(late::join).hasCauseInstanceOf(TimeoutException.class);
      CompletableFuture<byte[]> replaced = converter.tryToBmp(PNG).orElseThrow();
      assertThat(replaced.complete(new byte[] {7})).isTrue();
      assertThat(replaced.join()).containsExactly(7);
      assertThat(converter.tryToBmp(PNG)).isPresent();
      gate.open();
    }
  }

  @Test
  void aCancelledJobLeavesNoFileAndWhatWasThereStays(@TempDir Path folder) throws IOException {
    Path png = Files.write(folder.resolve("a.png"), PNG);
    SplittableRandom random = new SplittableRandom(4);
    List<Path> targets = new ArrayList<>();
    List<CompletableFuture<Path>> futures = new ArrayList<>();
    int cancelled = 0;
    try (AsyncConverter converter = AsyncConverter.builder().maxInFlight(30).build()) {
      for (int i = 0; i < 600; i++) {
        Path bmp = folder.resolve(i + ".bmp");
        if (i % 2 == 0) {
          Files.writeString(bmp, "old");
        }
        targets.add(bmp);
        futures.add(converter.toBmp(png, bmp));
        CompletableFuture<Path> victim = futures.get(Math.max(0, i - random.nextInt(8)));
        victim.cancel(true);
      }
    }
    for (int i = 0; i < futures.size(); i++) {
      if (futures.get(i).isCancelled()) {
        cancelled++;
        if (i % 2 == 0) {
          assertThat(targets.get(i)).hasContent("old");
        } else {
          assertThat(targets.get(i)).doesNotExist();
        }
      } else {
        assertThat(futures.get(i).join()).hasBinaryContent(BMP);
      }
    }
    assertThat(cancelled).isBetween(1, 599);
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
  }

  @Test
  void stormsOfCancellationsLeakNothingAndHarmNobody() throws InterruptedException {
    long before = MemoryCalls.liveBytes();
    List<Throwable> wrong = new ArrayList<>();
    try (AsyncConverter converter = AsyncConverter.builder().maxInFlight(40).build();
        Arena arena = Arena.ofShared()) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int seed = t;
        Thread thread = Thread.ofVirtual().unstarted(() -> storm(converter, arena, seed));
        thread.setUncaughtExceptionHandler((source, e) -> {
          synchronized (wrong) {
            wrong.add(e);
          }
        });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(MemoryCalls.liveBytes()).isEqualTo(before);
  }

  private static void storm(AsyncConverter converter, Arena arena, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 150; i++) {
      CompletableFuture<?> victim =
          switch (random.nextInt(3)) {
            case 0 -> converter.toBmp(PNG);
            case 1 -> converter.toBmp(SEGMENT, arena);
            default -> converter.toBmp(SEGMENT, MemorySegment::byteSize);
          };
      CompletableFuture<byte[]> bystander = converter.toBmp(PNG);
      for (int spin = random.nextInt(2000); spin > 0; spin--) {
        Thread.onSpinWait();
      }
      victim.cancel(true);
      assertThat(bystander.join()).isEqualTo(BMP);
      assertThat(victim).isDone();
    }
  }
}
