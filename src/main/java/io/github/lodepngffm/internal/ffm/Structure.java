package io.github.lodepngffm.internal.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A C structure, its fields addressed by plain offsets ({@link Offsets}) through a buffer. The
 * accessors of the generated bindings do the same through layouts and variable handles, whose
 * linkage the first conversion in a virtual machine would have to wait for.
 *
 * @param segment what native code is given
 * @param bytes the same memory
 */
record Structure(MemorySegment segment, ByteBuffer bytes) {
  private static final long ALIGNMENT = 8;

  /** A structure of so many bytes, all 0. */
  static Structure allocate(int size, Arena arena) {
    MemorySegment segment = arena.allocate(size, ALIGNMENT);
    return new Structure(segment, segment.asByteBuffer().order(ByteOrder.nativeOrder()));
  }

  int getInt(int offset) {
    return bytes.getInt(offset);
  }

  long getLong(int offset) {
    return bytes.getLong(offset);
  }

  void setInt(int offset, int value) {
    bytes.putInt(offset, value);
  }

  void setLong(int offset, long value) {
    bytes.putLong(offset, value);
  }
}
