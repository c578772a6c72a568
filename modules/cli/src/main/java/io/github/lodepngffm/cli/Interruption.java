package io.github.lodepngffm.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, and every other polite request to end. The process then waits until the work that was
 * going on has been put away: interrupted threads delete their temporary files.
 */
final class Interruption implements AutoCloseable {
  /** A conversion stops within milliseconds, but may be in a phase of inflating. */
  private static final long MOST_SECONDS = 10;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch putAway = new CountDownLatch(1);
  private final Thread hook = new Thread(this::arrive, "interruption");
  private volatile boolean arrived;

  private Interruption() {}

  /** Begins to watch; the calling thread is the one that will be interrupted. */
  static Interruption watch() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  boolean hasArrived() {
    return arrived;
  }

  private void arrive() {
    arrived = true;
    worker.interrupt();
    try {
      putAway.await(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The work is put away; the process may end. */
  @Override
  public void close() {
    putAway.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // it is shutting down, and the hook is what waits for us
    }
  }
}
