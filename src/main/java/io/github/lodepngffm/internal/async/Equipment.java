package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;

/**
 * What all jobs of a dispatcher work with.
 *
 * @param pool lends memory
 * @param workers their platform threads
 * @param options of every conversion
 */
record Equipment(MemoryPool pool, Workers workers, ConvertOptions options) {
  /** The bytes that a job is counted with: the most that the pool may lend for them. */
  long demand(long inputBytes, PngBmpCalls.Plan plan) {
    return mostBytesLentFor(inputBytes)
        + mostBytesLentFor(plan.bmpBytes())
        + mostBytesLentFor(plan.scratchBytes());
  }

  /** So that three can be added: a sparse file may claim to have more bytes than there are. */
  private long mostBytesLentFor(long bytes) {
    return Math.min(pool.mostBytesLentFor(bytes), Long.MAX_VALUE / 3);
  }
}
