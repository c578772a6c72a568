package io.github.lodepngffm.internal.async;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The platform threads that make the long native calls. They are daemons, start when there is work
 * and end after some seconds without, so that a converter nobody closes costs nothing.
 */
final class Workers {
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads;

  Workers(int parallelism, String namePrefix) {
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            parallelism,
            parallelism,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Worker(task, namePrefix + "-worker-" + number.getAndIncrement()));
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * The int that native code polls, one for each thread: memory that several threads may write to
   * needs a shared or automatic arena, and one for each conversion would be too dear.
   */
  static final class CancelFlag {
    private static final VarHandle VALUE = ValueLayout.JAVA_INT.varHandle();

    private final MemorySegment segment = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);

    void clear() {
      VALUE.setVolatile(segment, 0L, 0);
    }

    void raise() {
      VALUE.setVolatile(segment, 0L, 1);
    }

    MemorySegment segment() {
      return segment;
    }
  }

  private static final class Worker extends Thread {
    private final CancelFlag cancelFlag = new CancelFlag();

    Worker(Runnable task, String name) {
      super(null, task, name, 0, false);
      setDaemon(true);
    }
  }

  /** The flag of the calling thread, which must be a worker. */
  static CancelFlag cancelFlag() {
    return ((Worker) Thread.currentThread()).cancelFlag;
  }

  void execute(Runnable task) {
    threads.execute(task);
  }

  /** Takes back a task that no thread has begun, if it is still there. */
  void remove(Runnable task) {
    threads.remove(task);
  }

  /** Ends the threads once they have nothing to do. */
  void shutdown() {
    threads.shutdown();
  }
}
