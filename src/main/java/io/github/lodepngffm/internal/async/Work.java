package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.internal.blocking.CallContext;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.io.IOException;

/**
 * What a job does, in the order of these methods. A work keeps nothing of what it does: it may be
 * done again, and by several jobs at one time.
 *
 * @param <R> what the caller's future holds
 */
public abstract class Work<R> {
  Work() {}

  /**
   * The bytes of native memory that a job is counted with.
   *
   * @param input of what is read or copied
   * @param output of the result
   * @param scratch of working memory
   */
  record Demand(long input, long output, long scratch) {}

  /** The end of a work. */
  @FunctionalInterface
  interface Finish<R> {
    /**
     * Makes the result, on the job's virtual thread or one for files.
     *
     * @param future to be claimed before what cannot be undone
     */
    R finish(JobFuture<R> future) throws IOException;
  }

  /**
   * What it needs, or the most that this can be, from what is known before. On the thread that
   * submits.
   *
   * @param defaults of the converter, for who has no options of its own
   * @return null if that cannot be known
   */
  abstract Demand demand(ConvertOptions defaults) throws IOException;

  /** Whether {@link #read} and the finish would hold a virtual thread's carrier for long. */
  boolean usesFiles() {
    return false;
  }

  /** Reads what is not in memory yet, on a thread for files; not called of others. */
  MemoryPool.Lease read(ConvertOptions defaults, MemoryPool.Lender lender) throws IOException {
    throw new IllegalStateException("there is nothing to read");
  }

  /** The long part, on a worker. */
  abstract Finish<R> work(ConvertOptions defaults, JobMemory memory, CallContext context)
      throws Exception;

  /** The failure as the caller shall see it. */
  Throwable explained(Throwable failure) {
    return failure;
  }
}
