package io.github.lodepngffm.internal.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Who settles a future first, and who is told. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // what hangs hears no interrupt
class JobFutureTest {
  private static final Exception FAILURE = new IllegalCallerException("from outside");

  /** Every method of {@link CompletableFuture} by which a caller can settle one. */
  private static final List<Consumer<CompletableFuture<String>>> WAYS =
      List.of(
          future -> future.cancel(true),
          future -> future.cancel(false),
          future -> future.complete("outside"),
          future -> future.complete(null),
          future -> future.completeExceptionally(FAILURE),
          future -> future.completeAsync(() -> "outside", Runnable::run),
          future -> future.completeAsync(() -> "outside"),
          future -> future.completeAsync(JobFutureTest::fail, Runnable::run),
          future -> future.completeAsync(JobFutureTest::fail),
          future -> future.orTimeout(0, TimeUnit.NANOSECONDS),
          future -> future.completeOnTimeout("outside", 0, TimeUnit.NANOSECONDS),
          future -> future.obtrudeValue("outside"),
          future -> future.obtrudeException(FAILURE));

  private static String fail() {
    throw new IllegalCallerException("from outside");
  }

  private static void awaitDone(CompletableFuture<?> future) {
    future.handle((value, failure) -> 0).join();
  }

  @Test
  void everyWayToSettleItFromOutsideAbandonsTheJobOnceAndForgetsIt() {
    for (Consumer<CompletableFuture<String>> way : WAYS) {
      AtomicInteger abandoned = new AtomicInteger();
      JobFuture<String> future = new JobFuture<>(abandoned::incrementAndGet);
      assertThat(future.isAbandoned()).isFalse();
      way.accept(future);
      awaitDone(future);
      assertThat(future.isAbandoned()).isTrue();
      assertThat(future.claim()).isFalse();
      way.accept(future);
      future.settle("job", null);
      assertThat(future.handle((value, failure) -> value).join()).isNotEqualTo("job");
      assertThat(abandoned).hasValue(1);
    }
  }

  /** All but those that overwrite whatever is there, as CompletableFuture says they do. */
  @Test
  void whatTheJobHasClaimedNobodyElseSettles() {
    for (Consumer<CompletableFuture<String>> way : WAYS.subList(0, WAYS.size() - 2)) {
      AtomicInteger abandoned = new AtomicInteger();
      JobFuture<String> future = new JobFuture<>(abandoned::incrementAndGet);
      assertThat(future.claim()).isTrue();
      way.accept(future);
      assertThat(future.isAbandoned()).isFalse();
      future.settle("job", null);
      assertThat(future.join()).isEqualTo("job");
      assertThat(abandoned).hasValue(0);
    }
  }

  @Test
  void whatIsOverwrittenAfterTheClaimStaysOverwritten() {
    JobFuture<String> future = new JobFuture<>(() -> {});
    assertThat(future.claim()).isTrue();
    future.obtrudeValue("outside");
    assertThat(future.isAbandoned()).as("the file gets its name").isFalse();
    future.settle("job", null);
    assertThat(future.join()).isEqualTo("outside");
    future.obtrudeException(FAILURE);
    assertThatThrownBy(future::join).hasCause(FAILURE);
  }

  @Test
  void completingAsynchronouslyFailsAsOtherFuturesDo() {
    CompletableFuture<String> other = new CompletableFuture<>();
    JobFuture<String> future = new JobFuture<>(() -> {});
    for (CompletableFuture<String> each : List.of(other, future)) {
      each.completeAsync(JobFutureTest::fail, Runnable::run);
      Throwable seen = each.handle((value, failure) -> failure).join();
      assertThat(seen)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(IllegalCallerException.class);
      assertThatThrownBy(each::join).hasCauseInstanceOf(IllegalCallerException.class);
    }
    assertThatNullPointerException().isThrownBy(() -> future.completeAsync(null, Runnable::run));
    assertThatNullPointerException()
        .isThrownBy(() -> new JobFuture<String>(() -> {}).completeExceptionally(null));
  }

  /** As where the heap has no room for a CancellationException. */
  @Test
  void whatFailsToSettleItFromOutsideGivesItBackToTheJob() {
    List<Consumer<CompletableFuture<String>>> direct = new ArrayList<>(WAYS.subList(0, 5));
    direct.addAll(WAYS.subList(11, 13));
    for (Consumer<CompletableFuture<String>> way : direct) {
      JobFuture<String> future =
          new JobFuture<>(() -> {
            throw new OutOfMemoryError("as if the heap were exhausted");
          });
      assertThatThrownBy(() -> way.accept(future)).isInstanceOf(OutOfMemoryError.class);
      assertThat(future.isDone()).isFalse();
      future.settle(null, new CancellationException());
      assertThat(future).isCancelled();
    }
  }

  @Test
  void theJobWaitsForWhoHasBegunToSettleIt() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    JobFuture<String> future =
        new JobFuture<>(() -> {
          begun.countDown();
          awaitUninterruptibly(goOn);
        });
    Thread outside = Thread.ofPlatform().start(() -> future.complete("outside"));
    begun.await();
    AtomicInteger ended = new AtomicInteger();
    Thread job =
        Thread.ofPlatform()
            .start(() -> {
              future.settle("job", null);
              ended.set(future.isDone() ? 1 : -1);
            });
    for (int look = 0; look < 1000; look++) {
      assertThat(ended).as("the job still waits").hasValue(0);
      Thread.yield();
    }
    goOn.countDown();
    job.join();
    assertThat(ended).hasValue(1);
    assertThat(future).isCompletedWithValue("outside");
    outside.join();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void timeoutsSayThatTheyAreTimeouts() {
    JobFuture<String> future = new JobFuture<>(() -> {});
    future.orTimeout(0, TimeUnit.NANOSECONDS);
    assertThatThrownBy(future::join).hasCauseInstanceOf(TimeoutException.class);
  }
}
