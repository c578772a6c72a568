package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Converters that close, and arenas that close below them. */
@Timeout(120)
class AsyncCloseTest {
  private static final TestImage IMAGE =
      TestImage.gradient(new PngFormat(PngFormat.RGBA, 8), 100, 80);
  private static final byte[] PNG = PngWriter.of(IMAGE).mixedFilters(3).bytes();
  private static final byte[] BMP = ReferenceBmp.bytes(IMAGE);
  private static final MemorySegment SEGMENT = MemorySegment.ofArray(PNG);

  @Test
  void closingUnderLoadFinishesWhatWasSubmitted() {
    List<CompletableFuture<byte[]>> futures = new ArrayList<>();
    AsyncConverter converter = AsyncConverter.builder().maxInFlight(200).build();
    for (int i = 0; i < 200; i++) {
      futures.add(converter.toBmp(PNG));
    }
    converter.close();
    assertThat(futures)
        .allSatisfy(future -> {
          assertThat(future).isDone();
          assertThat(future.join()).isEqualTo(BMP);
        });
    converter.close();
    converter.close();
  }

  @Test
  void afterClosingEveryFormIsRejected() {
    AsyncConverter converter = AsyncConverter.create();
    converter.close();
    byte[] malformed = {1, 2, 3};
    List<Runnable> submissions =
        List.of(
            () -> converter.toBmp(PNG),
            () -> converter.tryToBmp(PNG),
            () -> converter.toBmp(malformed),
            () -> converter.toBmp(SEGMENT, Arena.ofAuto()),
            () -> converter.toBmp(SEGMENT, bmp -> 0),
            () -> converter.convert(Path.of("a.png"), Path.of("a.bmp")),
            () -> converter.tryToBmp(Path.of("a.png"), Path.of("a.bmp")));
    for (Runnable submission : submissions) {
      assertThatExceptionOfType(RejectedExecutionException.class)
          .isThrownBy(submission::run)
          .withMessageContaining("closed");
    }
  }

  @Test
  void submittersWhoWaitForRoomAreRejectedWhenItCloses() {
    CountDownLatch latch = new CountDownLatch(1);
    AsyncConverter converter = AsyncConverter.builder().maxInFlight(1).build();
    CompletableFuture<Integer> running =
        converter.toBmp(
            SEGMENT,
            bmp -> {
              Latches.await(latch);
              return 5;
            });
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread submitter =
        Thread.ofPlatform().start(() -> failure.set(catchThrowable(() -> converter.toBmp(PNG))));
    Latches.awaitWaiting(submitter);
    Thread closer = Thread.ofPlatform().start(converter::close);
    Thread secondCloser = Thread.ofVirtual().start(converter::close);
    Latches.join(submitter);
    assertThat(failure.get()).isInstanceOf(RejectedExecutionException.class).hasNoCause();
    Latches.awaitWaiting(closer);
    Latches.awaitWaiting(secondCloser);
    latch.countDown();
    Latches.join(closer);
    Latches.join(secondCloser);
    assertThat(running).isCompletedWithValue(5);
  }

  @Test
  void aConsumerMayCloseItsConverter() {
    AsyncConverter converter = AsyncConverter.create();
    CompletableFuture<String> future =
        converter.toBmp(
            SEGMENT,
            bmp -> {
              converter.close();
              return "closed";
            });
    CompletableFuture<Void> stage = future.thenAccept(result -> converter.close());
    assertThat(future.join()).isEqualTo("closed");
    stage.join();
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> converter.toBmp(PNG));
    converter.close();
  }

  @Test
  void anInterruptedCloserCancelsWhatRunsAndStillWaits() {
    try (WorkerGate gate = new WorkerGate()) {
      AsyncConverter converter = AsyncConverter.builder().parallelism(1).build();
      CompletableFuture<MemorySegment> running = converter.toBmp(SEGMENT, gate);
      gate.awaitWorker();
      CompletableFuture<byte[]> queued = converter.toBmp(PNG);
      AtomicReference<Boolean> interrupted = new AtomicReference<>();
      Thread closer =
          Thread.ofPlatform()
              .start(() -> {
                converter.close();
                interrupted.set(Thread.currentThread().isInterrupted());
              });
      Latches.awaitWaiting(closer);
      closer.interrupt();
      assertThatThrownBy(queued::join).isInstanceOf(CancellationException.class);
      assertThatThrownBy(running::join).isInstanceOf(CancellationException.class);
      assertThat(closer.isAlive()).isTrue();
      gate.open();
      Latches.join(closer);
      assertThat(interrupted).hasValue(true);
    }
  }

  @Test
  void workerThreadsEndWithTheConverter() throws InterruptedException {
    AsyncConverter converter = AsyncConverter.builder().threadNamePrefix("ending").build();
    converter.toBmp(PNG).join();
    List<Thread> workers =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("ending-worker-"))
            .toList();
    assertThat(workers).isNotEmpty().allMatch(Thread::isDaemon);
    converter.close();
    for (Thread worker : workers) {
      worker.join();
    }
  }

  @Test
  void anArenaThatIsClosedBeforeTheBmpIsAllocatedFailsTheFuture() {
    long before = MemoryCalls.liveBytes();
    try (AsyncConverter converter = AsyncConverter.create()) {
      WorkerGate gate = new WorkerGate();
      CompletableFuture<MemorySegment> future = converter.toBmp(SEGMENT, gate);
      gate.awaitWorker();
      gate.closeThenOpen();
      assertThatThrownBy(future::join).hasCauseInstanceOf(IllegalStateException.class);
      assertThatIllegalStateException().isThrownBy(() -> converter.toBmp(SEGMENT, gate));
    }
    assertThat(MemoryCalls.liveBytes()).isEqualTo(before);
  }

  @Test
  void arenasOfInputAndResultMayCloseAtAnyMoment() {
    long before = MemoryCalls.liveBytes();
    int converted = 0;
    try (AsyncConverter converter = AsyncConverter.create()) {
      for (int i = 0; i < 300; i++) {
        Arena arena = Arena.ofShared();
        MemorySegment png = arena.allocate(PNG.length).copyFrom(SEGMENT);
        CompletableFuture<?> future =
            i % 2 == 0
                ? converter.toBmp(png, arena)
                : converter.toBmp(png, bmp -> bmp.toArray(ValueLayout.JAVA_BYTE));
        for (int spin = i * 20; spin > 0; spin--) {
          Thread.onSpinWait();
        }
        boolean late = i % 10 == 9;
        if (late) {
          future.join();
        }
        Latches.closeWhenNativeCodeHasLeft(arena);
        Throwable failure = future.handle((result, e) -> e).join();
        if (failure == null) {
          converted++;
        } else {
          assertThat(late).isFalse();
          assertThat(failure).isInstanceOf(IllegalStateException.class);
        }
      }
      assertThat(converter.toBmp(PNG).join()).isEqualTo(BMP);
    }
    assertThat(converted).as("at least those that were waited for").isGreaterThanOrEqualTo(30);
    assertThat(MemoryCalls.liveBytes()).isEqualTo(before);
  }
}
