package io.github.lodepngffm.internal.ffm;

import java.lang.foreign.MemorySegment;

/** Gives native memory back. Looked up when first used, which is after the library was loaded. */
final class Freeing {
  private static final CodecFunction FUNCTION = CodecFunction.of("lpf_memory_free");

  private Freeing() {}

  static void free(MemorySegment memory) {
    FUNCTION.call(memory, memory.byteSize()); // what a void function returns means nothing
  }

  /**
   * Loads the classes that freeing needs: it is done by other threads, seconds later, and by then
   * the class loader may have been closed.
   */
  static void prepare() {
    free(MemorySegment.NULL);
  }
}
