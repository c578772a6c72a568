package io.github.lodepngffm.internal.async;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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

  void execute(Runnable task) {
    threads.execute(task);
  }

  /** Takes back a task that no thread has begun, if it is still there. */
  void remove(Runnable task) {
    threads.remove(task);
  }

  /**
   * Reads or writes a file, and waits for that whatever interrupts come: the memory that is read
   * into or written from must not be given back meanwhile.
   */
  <T> T withFile(Callable<T> work) throws Exception {
    Future<T> future = fileThreads.submit(work);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        default -> throw e;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the threads once they have nothing to do. */
  void shutdown() {
    threads.shutdown();
    fileThreads.shutdown();
  }
}
