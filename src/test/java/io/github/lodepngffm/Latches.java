package io.github.lodepngffm;

import java.lang.foreign.Arena;
import java.util.concurrent.CountDownLatch;

/** Waiting in places where no checked exception may be thrown. */
final class Latches {
  private Latches() {}

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Closes a shared arena as soon as no call is at work in it. */
  static void closeWhenNativeCodeHasLeft(Arena shared) {
    while (shared.scope().isAlive()) {
      try {
        shared.close();
      } catch (IllegalStateException e) {
        Thread.onSpinWait();
      }
    }
  }

  /** Returns when the thread waits for something without a time limit. */
  static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      if (!thread.isAlive()) {
        throw new IllegalStateException(thread.getName() + " has ended instead of waiting");
      }
      Thread.onSpinWait();
    }
  }
}
