package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Where a job's PNG comes from and where its BMP goes. The methods are called in the order in which
 * they stand here, each at most once.
 *
 * @param <R> what the caller's future holds
 */
abstract class Form<R> {
  /**
   * The sizes, or what they are at most, from the header, on the thread that submits.
   *
   * @return null if they cannot be known before the PNG is read
   */
  abstract PngBmpCalls.Plan plan(ConvertOptions options) throws IOException;

  /** Bytes of the PNG, as far as they are known when {@link #plan} has returned. */
  abstract long inputBytes();

  /** Whether {@link #read} and {@link #finish} would hold a virtual thread's carrier for long. */
  boolean usesFiles() {
    return false;
  }

  /** Reads the PNG, on the job's thread or one for files; null where it is in memory already. */
  MemoryPool.Lease read(MemoryPool pool, ConvertOptions options) throws IOException {
    return null;
  }

  /** Copies the PNG out of the Java heap, on a worker; null where it is native already. */
  MemoryPool.Lease copy(MemoryPool pool) {
    return null;
  }

  /** The caller's native segment, where the PNG was neither read nor copied. */
  MemorySegment source() {
    throw new IllegalStateException("this PNG has to be read or copied");
  }

  /** Memory for the BMP, on a worker; null if it is to be lent for the length of the job. */
  MemorySegment allocate(long bmpBytes) {
    return null;
  }

  /** Takes from the BMP what takes time, on a worker. */
  void converted(MemorySegment bmp) {}

  /**
   * Makes the result, on the job's virtual thread or one for files.
   *
   * @param future to be claimed before what cannot be undone
   */
  abstract R finish(MemorySegment bmp, ConversionReport report, JobFuture<R> future)
      throws IOException;

  /** The failure as the caller shall see it. */
  Throwable explained(Throwable failure) {
    return failure;
  }
}
