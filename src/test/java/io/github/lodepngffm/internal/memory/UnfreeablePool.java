package io.github.lodepngffm.internal.memory;

import java.lang.foreign.MemorySegment;

/** A pool that keeps nothing, and throws something behind each block that it has freed. */
public final class UnfreeablePool extends MemoryPool {
  private final Throwable thrown;

  public UnfreeablePool(Throwable thrown) {
    super(0, 0);
    this.thrown = thrown;
  }

  @Override
  void free(MemorySegment block) {
    super.free(block);
    UnfreeablePool.<RuntimeException>sneak(thrown);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
