package io.github.lodepngffm;

import java.util.concurrent.CountDownLatch;

/**
 * What consumers wait at until it is released, at the latest when it is closed: declared behind its
 * converter, it lets the converter close when the test fails.
 */
final class Hold implements AutoCloseable {
  private final CountDownLatch released = new CountDownLatch(1);

  void await() {
    Latches.await(released);
  }

  void release() {
    released.countDown();
  }

  @Override
  public void close() {
    release();
  }
}
