package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.internal.generated.LodepngFfm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Native memory that is not filled with zeros, and views of memory. */
public final class MemoryCalls {
  private MemoryCalls() {}

  /**
   * Whether native code may be given a segment as it is. Heap segments cannot be, and mapped files
   * must not be: when another process truncates the file, touching the mapping raises a signal that
   * Java code turns into an {@link InternalError}, but native code dies of, with the virtual
   * machine.
   *
   * @param segment any
   * @return false if it has to be copied
   */
  public static boolean isForNativeCode(MemorySegment segment) {
    return segment.isNative() && !segment.isMapped();
  }

  /**
   * Allocates native memory with undefined content, freed when the arena closes.
   *
   * @param bytes not negative
   * @param arena owns the memory
   * @return exactly that many bytes
   * @throws OutOfMemoryError if there is none
   */
  public static MemorySegment allocate(long bytes, Arena arena) {
    return ownedBy(arena, allocate(bytes));
  }

  /** Ties memory to an arena; one that is closed, or another thread's, must not leak it. */
  static MemorySegment ownedBy(Arena arena, MemorySegment memory) {
    try {
      return memory.reinterpret(arena, MemoryCalls::free);
    } catch (Throwable e) {
      free(memory);
      throw e;
    }
  }

  /**
   * Allocates native memory that belongs to the caller, who frees it.
   *
   * @param bytes not negative
   * @return exactly that many bytes, with undefined content
   * @throws OutOfMemoryError if there is none
   */
  public static MemorySegment allocate(long bytes) {
    NativeLibrary.require();
    return sized(Functions.ALLOCATE.callForPointer(bytes), bytes);
  }

  /**
   * Frees what {@link #allocate(long)} returned.
   *
   * @param memory the whole of it
   */
  public static void free(MemorySegment memory) {
    Freeing.free(memory);
  }

  /** Gives what native code has allocated its size. */
  static MemorySegment sized(MemorySegment memory, long bytes) {
    if (memory.address() == 0) {
      throw new OutOfMemoryError("no native memory for " + bytes + " bytes");
    }
    return memory.reinterpret(bytes);
  }

  /**
   * Another view of a segment, which can only be used until an arena closes.
   *
   * @param segment outlives the arena
   * @param arena what the view's life depends on
   * @return the same bytes
   */
  public static MemorySegment viewUntilClosed(MemorySegment segment, Arena arena) {
    return segment.reinterpret(segment.byteSize(), arena, null);
  }

  /**
   * Another view of a segment, which the garbage collector watches: when the view cannot be reached
   * any more, what is to be done with the memory is done, by a thread of the collector's.
   *
   * @param segment does not depend on the view
   * @param whenForgotten must not reach the view
   * @return the same bytes
   */
  public static MemorySegment watchedView(MemorySegment segment, Runnable whenForgotten) {
    return segment.reinterpret(segment.byteSize(), Arena.ofAuto(), memory -> whenForgotten.run());
  }

  /**
   * Whether a thread may use what an arena allocates.
   *
   * @param thread any, started or not
   * @param arena open
   * @return false if the arena is confined to another thread
   */
  public static boolean isAccessibleBy(Thread thread, Arena arena) {
    try {
      return MemorySegment.NULL.reinterpret(0, arena, null).isAccessibleBy(thread);
    } catch (WrongThreadException e) {
      return false; // nor by the calling thread
    }
  }

  /**
   * How many native allocations are alive, those of idle pools included.
   *
   * @return a count
   */
  public static long liveAllocations() {
    NativeLibrary.require();
    return LodepngFfm.lpf_live_allocations();
  }

  /**
   * The bytes of the native allocations that are alive.
   *
   * @return bytes
   */
  public static long liveBytes() {
    NativeLibrary.require();
    return LodepngFfm.lpf_live_bytes();
  }

  /** Looked up when first used, which is after the library was loaded. */
  private static final class Functions {
    static final CodecFunction ALLOCATE = CodecFunction.of("lpf_memory_allocate");
  }
}
