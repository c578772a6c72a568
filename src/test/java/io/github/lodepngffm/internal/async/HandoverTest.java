package io.github.lodepngffm.internal.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Behind a handover nobody is at the work, and nobody will be. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // what hangs hears no interrupt
class HandoverTest {
  private static final Executor NEW_THREAD = task -> Thread.ofPlatform().start(task);

  @Test
  void itBringsTheResultOrWhatWasThrown() throws Exception {
    assertThat(new Handover<>(() -> 5).by(NEW_THREAD)).isEqualTo(5);
    for (Throwable thrown : List.of(new IOException(), new OutOfMemoryError())) {
      Handover<Integer> failing =
          new Handover<>(() -> {
            if (thrown instanceof Exception e) {
              throw e;
            }
            throw (Error) thrown;
          });
      assertThatThrownBy(() -> failing.by(NEW_THREAD)).isSameAs(thrown);
    }
  }

  @Test
  void workThatAnExecutorRefusedIsNeverBegun() {
    AtomicInteger begun = new AtomicInteger();
    AtomicReference<Runnable> kept = new AtomicReference<>();
    Handover<Integer> handover = new Handover<>(begun::incrementAndGet);
    Executor keepsAndThrows =
        task -> {
          kept.set(task);
          throw new OutOfMemoryError("no thread");
        };
    assertThatThrownBy(() -> handover.by(keepsAndThrows)).isInstanceOf(OutOfMemoryError.class);
    kept.get().run();
    assertThat(begun).hasValue(0);
  }

  @Test
  void workThatWasBegunIsWaitedForEvenIfTheExecutorThrows() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Handover<Integer> handover =
        new Handover<>(() -> {
          begun.countDown();
          goOn.await();
          ended.set(true);
          return 7;
        });
    Executor beginsAndThrows =
        task -> {
          Thread.ofPlatform().start(task);
          awaitUninterruptibly(begun);
          Thread.ofPlatform().start(goOn::countDown);
          throw new RejectedExecutionException();
        };
    assertThat(handover.by(beginsAndThrows)).isEqualTo(7);
    assertThat(ended).isTrue();
  }

  @Test
  void interruptsDoNotEndTheWaitAndAreKept() throws Exception {
    Thread waiting = Thread.currentThread();
    AtomicBoolean ended = new AtomicBoolean();
    Handover<Integer> handover =
        new Handover<>(() -> {
          waiting.interrupt();
          while (waiting.isInterrupted()) { // until the one who waits has noticed
            Thread.onSpinWait();
          }
          ended.set(true);
          return 8;
        });
    assertThat(handover.by(NEW_THREAD)).isEqualTo(8);
    assertThat(ended).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whatIsWithdrawnIsNotWaitedFor() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    Handover<Integer> handover = new Handover<>(begun::incrementAndGet);
    Executor withdraws = task -> assertThat(handover.withdraw()).isTrue();
    assertThat(handover.by(withdraws)).isNull();
    handover.run();
    assertThat(begun).hasValue(0);
    assertThat(handover.withdraw()).isFalse();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
