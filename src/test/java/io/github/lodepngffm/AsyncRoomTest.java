package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many jobs, and how many bytes, a converter lets in. */
@Timeout(120)
class AsyncRoomTest {
  private static final TestImage IMAGE = TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 20, 9);
  private static final MemorySegment PNG = MemorySegment.ofArray(PngWriter.bytesOf(IMAGE));
  private static final byte[] PNG_ARRAY = PngWriter.bytesOf(IMAGE);
  private static final byte[] BMP = ReferenceBmp.bytes(IMAGE);

  private static CompletableFuture<Integer> submitWaitingFor(Hold hold, AsyncConverter converter) {
    return converter.toBmp(
        PNG,
        bmp -> {
          hold.await();
          return 0;
        });
  }

  @Test
  void whenAllPlacesAreTakenTryingReturnsEmpty() {
    try (AsyncConverter converter = AsyncConverter.builder().maxInFlight(2).build();
        Hold hold = new Hold()) {
      CompletableFuture<Integer> first = submitWaitingFor(hold, converter);
      CompletableFuture<Integer> second = submitWaitingFor(hold, converter);
      assertThat(converter.tryToBmp(PNG_ARRAY)).isEmpty();
      assertThat(converter.tryToBmp(PNG, bmp -> 0)).isEmpty();
      hold.release();
      first.join(); // whoever sees the result finds the place free
      assertThat(converter.tryToBmp(PNG_ARRAY)).isPresent();
      second.join();
    }
  }

  @Test
  void whenAllBytesAreTakenTryingReturnsEmpty() {
    try (AsyncConverter converter =
            AsyncConverter.builder().maxInFlight(100).maxInFlightBytes(600 << 10).build();
        Hold hold = new Hold()) {
      CompletableFuture<Integer> first = submitWaitingFor(hold, converter);
      CompletableFuture<Integer> second = submitWaitingFor(hold, converter);
      assertThat(converter.tryToBmp(PNG_ARRAY)).isEmpty();
      hold.release();
      CompletableFuture.allOf(first, second).join();
      assertThat(converter.tryToBmp(PNG_ARRAY).orElseThrow().join()).isEqualTo(BMP);
    }
  }

  @Test
  void aJobLargerThanAllTheRoomRunsAlone() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (AsyncConverter converter = AsyncConverter.builder().maxInFlightBytes(1).build()) {
      for (int i = 0; i < 50; i++) {
        converter.toBmp(
            PNG,
            bmp -> {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              Thread.yield();
              return inside.decrementAndGet();
            });
      }
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void waitingThreadsComeInInTheOrderInWhichTheyCame() {
    List<Integer> order = new ArrayList<>();
    try (AsyncConverter converter = AsyncConverter.builder().maxInFlight(1).build();
        Hold hold = new Hold()) {
      submitWaitingFor(hold, converter);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        int number = i;
        Thread thread =
            Thread.ofPlatform().start(() -> converter.toBmp(PNG, bmp -> order.add(number)));
        Latches.awaitWaiting(thread);
        threads.add(thread);
      }
      hold.release();
      threads.forEach(Latches::join);
    }
    assertThat(order).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void anInterruptedSubmitterSubmitsNothingAndStaysInterrupted() {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    AtomicInteger conversions = new AtomicInteger();
    try (AsyncConverter converter = AsyncConverter.builder().maxInFlight(1).build();
        Hold hold = new Hold()) {
      CompletableFuture<Integer> first = submitWaitingFor(hold, converter);
      for (Thread.Builder kind : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread submitter =
            kind.start(() -> {
              failure.set(
                  catchThrowable(() -> converter.toBmp(PNG, bmp -> conversions.incrementAndGet())));
              interrupted.set(Thread.currentThread().isInterrupted());
            });
        Latches.awaitWaiting(submitter);
        submitter.interrupt();
        Latches.join(submitter);
        assertThat(failure.get())
            .isInstanceOf(RejectedExecutionException.class)
            .hasCauseInstanceOf(InterruptedException.class);
        assertThat(interrupted).hasValue(true);
      }
      hold.release();
      first.join();
      assertThat(converter.toBmp(PNG_ARRAY).join()).isEqualTo(BMP);
    }
    assertThat(conversions).hasValue(0);
  }

  @Test
  void aSmallJobComesInWhenTheLargeOneBeforeItGivesUpWaiting() {
    TestImage large = TestImage.flat(new PngFormat(PngFormat.GRAY, 8), 700, 700, 1);
    try (AsyncConverter converter = AsyncConverter.builder().maxInFlightBytes(1 << 20).build();
        Hold hold = new Hold()) {
      CompletableFuture<Integer> first = submitWaitingFor(hold, converter);
      Thread behemoth =
          Thread.ofPlatform()
              .start(() -> catchThrowable(() -> converter.toBmp(PngWriter.bytesOf(large))));
      Latches.awaitWaiting(behemoth);
      assertThat(converter.tryToBmp(PNG_ARRAY)).as("nobody overtakes").isEmpty();
      Thread small = Thread.ofPlatform().start(() -> converter.toBmp(PNG_ARRAY));
      Latches.awaitWaiting(small);
      behemoth.interrupt();
      Latches.join(small);
      assertThat(first).isNotDone();
      hold.release();
    }
  }

  @Test
  void consumersMaySubmitToTheirOwnConverterAndWait() {
    try (AsyncConverter converter = AsyncConverter.builder().maxInFlight(1).build()) {
      assertThat(nested(converter, 10).join()).isEqualTo(10);
    }
    try (AsyncConverter converter = AsyncConverter.create()) {
      List<CompletableFuture<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        futures.add(nested(converter, 3));
      }
      assertThat(futures).allSatisfy(future -> assertThat(future.join()).isEqualTo(3));
    }
  }

  private static CompletableFuture<Integer> nested(AsyncConverter converter, int depth) {
    return converter.toBmp(PNG, bmp -> depth == 0 ? 0 : 1 + nested(converter, depth - 1).join());
  }

  @Test
  void chainedStagesMaySubmitToTheSameConverter() {
    try (AsyncConverter converter = AsyncConverter.builder().maxInFlight(1).build()) {
      CompletableFuture<byte[]> chain = converter.toBmp(PNG_ARRAY);
      for (int i = 0; i < 20; i++) {
        chain = chain.thenCompose(bmp -> converter.toBmp(PNG_ARRAY));
      }
      assertThat(chain.join()).isEqualTo(BMP);
    }
  }

  @Test
  void nativeMemoryStaysWithinTheBytesOfTheBuilder() {
    long most = 64L << 20;
    List<MemorySegment> pngs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      TestImage image =
          TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 1000 + 150 * i, 900 + 200 * i);
      pngs.add(MemorySegment.ofArray(PngWriter.of(image).compressionLevel(1).bytes()));
    }
    AtomicLong peak = new AtomicLong();
    long before = MemoryCalls.liveBytes();
    try (AsyncConverter converter =
        AsyncConverter.builder().parallelism(4).maxInFlight(64).maxInFlightBytes(most).build()) {
      Thread observer =
          Thread.ofPlatform()
              .start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                  peak.accumulateAndGet(MemoryCalls.liveBytes() - before, Math::max);
                }
              });
      List<CompletableFuture<Long>> futures = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        MemorySegment png = pngs.get(i * 7 % 6);
        futures.add(
            converter.toBmp(
                png,
                bmp -> {
                  peak.accumulateAndGet(MemoryCalls.liveBytes() - before, Math::max);
                  return bmp.byteSize();
                }));
      }
      futures.forEach(CompletableFuture::join);
      observer.interrupt();
      Latches.join(observer);
    }
    assertThat(peak.get()).isBetween(most / 4, most);
    assertThat(MemoryCalls.liveBytes()).isEqualTo(before);
  }

  @Test
  void theOtherConvertersRoomIsItsOwn() {
    try (AsyncConverter full = AsyncConverter.builder().maxInFlight(1).build();
        AsyncConverter free = AsyncConverter.builder().maxInFlight(1).build();
        Hold hold = new Hold()) {
      submitWaitingFor(hold, full);
      assertThat(full.tryToBmp(PNG_ARRAY)).isEqualTo(Optional.empty());
      assertThat(free.tryToBmp(PNG_ARRAY).orElseThrow().join()).isEqualTo(BMP);
      hold.release();
    }
  }
}
