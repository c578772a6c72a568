package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The memory of one job, and its place. What is lent beyond the place makes the place larger, since
 * a file may have changed after its header was read.
 */
final class JobMemory implements MemoryPool.Lender {
  private final MemoryPool pool;
  private final Admission.Place place;
  private long bytes;
  private MemoryPool.Lease input;
  private MemoryPool.Lease output;

  JobMemory(MemoryPool pool, Admission.Place place) {
    this.pool = pool;
    this.place = place;
  }

  @Override
  public MemoryPool.Lease lend(long wanted) {
    count(wanted);
    return pool.lend(wanted);
  }

  /** Memory of the caller's arena, which is counted for as long as the job goes on. */
  MemorySegment allocate(long wanted, Arena arena) {
    count(wanted);
    return MemoryCalls.allocate(wanted, arena);
  }

  private void count(long wanted) {
    bytes += mostBytesLentFor(pool, wanted);
    place.growTo(bytes);
  }

  /** So that some can be added: a sparse file may claim to have more bytes than there are. */
  static long mostBytesLentFor(MemoryPool pool, long wanted) {
    return Math.min(pool.mostBytesLentFor(wanted), Long.MAX_VALUE / 8);
  }

  /** Takes over what was read, until the job ends. */
  void keep(MemoryPool.Lease read) {
    input = read;
  }

  /** What was read. */
  MemorySegment input() {
    return input.segment();
  }

  /** Memory for the one result, until the job ends. */
  MemorySegment output(long wanted) {
    output = lend(wanted);
    return output.segment();
  }

  boolean holdsPlace() {
    return place.isHeld();
  }

  /** Gives everything back, whatever is thrown. May be called again. */
  void giveBack() {
    try {
      close(input);
    } finally {
      try {
        close(output);
      } finally {
        place.leave();
      }
    }
  }

  private static void close(MemoryPool.Lease lease) {
    if (lease != null) {
      lease.close();
    }
  }
}
