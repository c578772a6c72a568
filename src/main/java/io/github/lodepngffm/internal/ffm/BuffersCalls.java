package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.internal.generated.LodepngFfm;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The smallest calls that share memory. */
public final class BuffersCalls {
  /** Longer heap segments are passed in slices: a critical call holds up every collector. */
  private static final long CRITICAL_BYTES = 1 << 20;

  private BuffersCalls() {}

  /**
   * Adds {@code by} to each byte, in place.
   *
   * @param bytes native or on the heap
   * @param by any number
   */
  public static void rotate(MemorySegment bytes, int by) {
    NativeLibrary.require();
    if (bytes.isNative()) {
      NativeErrors.check(LodepngFfm.lpf_rotate(bytes, bytes.byteSize(), by));
      return;
    }
    for (long at = 0; at < bytes.byteSize(); at += CRITICAL_BYTES) {
      MemorySegment slice = sliceFrom(bytes, at);
      try {
        NativeErrors.check((int) Critical.ROTATE.invokeExact(slice, slice.byteSize(), by));
      } catch (Throwable e) {
        throw CodecFunction.unexpected(e);
      }
    }
  }

  /**
   * Adds {@code by} to each byte, in place, and returns new memory with each byte minus it.
   *
   * @param bytes native or on the heap
   * @param by any number
   * @param arena owns the new memory
   * @return as many bytes
   */
  public static MemorySegment rotateBoth(MemorySegment bytes, int by, Arena arena) {
    NativeLibrary.require();
    if (bytes.isNative()) {
      arena.allocate(0); // refuses an arena that could not own the result, before bytes change
      MemorySegment rotatedBack = LodepngFfm.lpf_rotate_both(bytes, bytes.byteSize(), by);
      return MemoryCalls.ownedBy(arena, MemoryCalls.sized(rotatedBack, bytes.byteSize()));
    }
    MemorySegment rotatedBack = MemoryCalls.allocate(bytes.byteSize(), arena);
    rotatedBack.copyFrom(bytes);
    rotate(rotatedBack, -by);
    rotate(bytes, by);
    return rotatedBack;
  }

  /**
   * Adds {@code by} to each double, in place.
   *
   * @param doubles native or on the heap, a multiple of 8 bytes
   * @param by any number
   */
  public static void increment(MemorySegment doubles, double by) {
    NativeLibrary.require();
    if (doubles.isNative()) {
      long count = doubles.byteSize() / Double.BYTES;
      NativeErrors.check(LodepngFfm.lpf_increment(doubles, count, by));
      return;
    }
    for (long at = 0; at < doubles.byteSize(); at += CRITICAL_BYTES) {
      MemorySegment slice = sliceFrom(doubles, at);
      try {
        NativeErrors.check(
            (int) Critical.INCREMENT.invokeExact(slice, slice.byteSize() / Double.BYTES, by));
      } catch (Throwable e) {
        throw CodecFunction.unexpected(e);
      }
    }
  }

  private static MemorySegment sliceFrom(MemorySegment segment, long at) {
    return segment.asSlice(at, Math.min(CRITICAL_BYTES, segment.byteSize() - at));
  }

  /** The calls that may see heap memory, made when first used: jextract cannot make them. */
  private static final class Critical {
    static final MethodHandle ROTATE =
        critical(LodepngFfm.lpf_rotate$address(), LodepngFfm.lpf_rotate$descriptor());
    static final MethodHandle INCREMENT =
        critical(LodepngFfm.lpf_increment$address(), LodepngFfm.lpf_increment$descriptor());

    private static MethodHandle critical(MemorySegment address, FunctionDescriptor descriptor) {
      return Linker.nativeLinker()
          .downcallHandle(address, descriptor, Linker.Option.critical(true));
    }
  }
}
