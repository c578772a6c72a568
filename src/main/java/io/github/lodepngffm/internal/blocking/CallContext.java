package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.internal.memory.MemoryPool;
import java.lang.foreign.MemorySegment;

/**
 * What surrounds a native call.
 *
 * @param lender of memory for the length of the call
 * @param cancelFlag an int that another thread may set, or {@link MemorySegment#NULL}
 * @param waitedNanos how long it has waited for its turn
 */
public record CallContext(MemoryPool.Lender lender, MemorySegment cancelFlag, long waitedNanos) {
  /** Of a method that works on the thread that calls it. */
  public static final CallContext DIRECT =
      new CallContext(MemoryPool.SHARED::lend, MemorySegment.NULL, 0);
}
