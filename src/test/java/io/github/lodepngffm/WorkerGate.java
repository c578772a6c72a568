package io.github.lodepngffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CountDownLatch;

/**
 * A shared arena that stops the platform thread which is about to allocate a BMP in it, until it is
 * told to go on: so tests know what a converter's threads are doing without looking at a clock.
 */
final class WorkerGate implements Arena {
  private final Arena shared = Arena.ofShared();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  /** Returns when a worker stands at the gate. */
  void awaitWorker() {
    Latches.await(reached);
  }

  void open() {
    opened.countDown();
  }

  /** Lets the worker go on only when the arena is closed. */
  void closeThenOpen() {
    shared.close();
    open();
  }

  @Override
  public MemorySegment.Scope scope() {
    if (Thread.currentThread().getName().contains("-worker-")) {
      reached.countDown();
      Latches.await(opened);
    }
    return shared.scope();
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    return shared.allocate(byteSize, byteAlignment);
  }

  @Override
  public void close() {
    open();
    Latches.closeWhenNativeCodeHasLeft(shared);
  }
}
