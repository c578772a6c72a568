package io.github.lodepngffm.internal.async;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The platform threads that do what a virtual thread would hold its carrier for: the long native
 * calls, and, apart from these, reading and writing files. They are daemons, start when there is
 * work and end after some seconds without, so that a converter nobody closes costs nothing.
 */
final class Workers {
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads;
  private final ThreadPoolExecutor fileThreads;

  Workers(int parallelism, String namePrefix) {
    threads = pool(parallelism, namePrefix + "-worker-");
    fileThreads = pool(parallelism, namePrefix + "-file-");
  }

  private static ThreadPoolExecutor pool(int size, String namePrefix) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size,
            size,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Worker(task, namePrefix + number.getAndIncrement()));
    pool.allowCoreThreadTimeOut(true);
    return pool;
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

  /** As many at a time as native calls may run. */
  Executor forNativeCalls() {
    return threads;
  }

  /** Apart from the others: a slow disk must not keep processors from converting. */
  Executor forFiles() {
    return fileThreads;
  }

  /** Takes back a job's turn that no thread has begun, if it is still there. */
  void remove(Runnable turn) {
    threads.remove(turn);
  }

  /** Ends the threads once they have nothing to do. */
  void shutdown() {
    threads.shutdown();
    fileThreads.shutdown();
  }
}
