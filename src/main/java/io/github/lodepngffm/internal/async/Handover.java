package io.github.lodepngffm.internal.async;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Work that one thread gives to another and waits for. Once {@link #by} has returned or thrown, no
 * thread is at the work, and none will begin it: the memory that it uses can be given back. That
 * holds whatever is thrown meanwhile, by the work, by the executor or by waiting.
 */
final class Handover<T> implements Runnable {
  private final Callable<T> work;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final CountDownLatch over = new CountDownLatch(1);
  private T result;
  private Throwable failure;

  Handover(Callable<T> work) {
    this.work = work;
  }

  /** Gives the work to a thread of the executor, and waits whatever interrupts come. */
  T by(Executor executor) throws Exception {
    try {
      executor.execute(this);
    } catch (Throwable e) {
      if (withdraw()) {
        throw e;
      } // else a thread had taken it before the executor failed
    }
    awaitOver();
    return switch (failure) {
      case null -> result;
      case Exception exception -> throw exception;
      case Error error -> throw error;
      default -> throw new IllegalStateException(failure);
    };
  }

  private void awaitOver() {
    boolean interrupted = false;
    boolean waiting = true;
    while (waiting) {
      try {
        over.await();
        waiting = false;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (Throwable e) { // no heap for that exception
        interrupted |= Thread.currentThread().isInterrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets nobody begin any more; false if a thread has already begun, or there was nothing left. */
  boolean withdraw() {
    if (!taken.compareAndSet(false, true)) {
      return false;
    }
    over.countDown();
    return true;
  }

  @Override
  public void run() {
    if (!taken.compareAndSet(false, true)) {
      return;
    }
    try {
      result = work.call();
    } catch (Throwable e) {
      failure = e;
    } finally {
      over.countDown();
    }
  }
}
