package io.github.lodepngffm.internal.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Near the end of the stack, something begins only where it can come to its end. */
class StackRoomTest {
  /** More than the calls below a submission or a cancellation. */
  private static final int DEPTH_OF_WHAT_FOLLOWS = 50;

  @Test
  void whereThereIsRoomThereIsEnough() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    atEveryDepth(() -> {
      StackRoom.require();
      begun.incrementAndGet();
      descend(DEPTH_OF_WHAT_FOLLOWS);
      ended.incrementAndGet();
    });
    assertThat(ended.get()).isPositive().isEqualTo(begun.get());
  }

  @Test
  void aCancellationThatOverflowsTheStackHasNotBegun() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    AtomicInteger settled = new AtomicInteger();
    atEveryDepth(() -> {
      JobFuture<String> future =
          new JobFuture<>(() -> {
            begun.incrementAndGet();
            descend(DEPTH_OF_WHAT_FOLLOWS);
            ended.incrementAndGet();
          });
      future.cancel(true);
      settled.incrementAndGet();
    });
    assertThat(ended.get()).isPositive().isEqualTo(begun.get()).isEqualTo(settled.get());
  }

  private static int descend(int frames) {
    return frames == 0 ? 0 : 1 + descend(frames - 1);
  }

  /** Again and again, so that what is compiled meanwhile is tried, too. */
  private static void atEveryDepth(Runnable something) throws InterruptedException {
    for (int round = 0; round < 20; round++) {
      Thread thread = new Thread(null, () -> overflow(something), "little stack", 256 << 10);
      thread.start();
      thread.join();
    }
  }

  /** Overflows the stack, and on the way back tries in each frame, until it goes well. */
  private static boolean overflow(Runnable something) {
    boolean done;
    try {
      done = overflow(something);
    } catch (StackOverflowError e) {
      done = false;
    }
    if (done) {
      return true;
    }
    try {
      something.run();
      return true;
    } catch (StackOverflowError e) {
      return false;
    }
  }
}
