package io.github.lodepngffm.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The processor time of all processes that this one has started and that have ended. */
final class ChildrenCpu {
  private static final int RUSAGE_CHILDREN = -1;
  private static final int RUSAGE_BYTES = 144;

  /** ru_utime and ru_stime, each seconds and microseconds, begin struct rusage. */
  private static final int TIMEVAL_BYTES = 16;

  private static final MethodHandle GETRUSAGE =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("getrusage"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

  private ChildrenCpu() {}

  /** User and system time together. */
  static double millis() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment usage = arena.allocate(RUSAGE_BYTES, Long.BYTES);
      int failed = (int) GETRUSAGE.invokeExact(RUSAGE_CHILDREN, usage);
      if (failed != 0) {
        throw new IllegalStateException("getrusage failed");
      }
      return timeval(usage, 0) + timeval(usage, TIMEVAL_BYTES);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static double timeval(MemorySegment usage, int offset) {
    long seconds = usage.get(ValueLayout.JAVA_LONG, offset);
    int micros = usage.get(ValueLayout.JAVA_INT, offset + Long.BYTES);
    return seconds * 1e3 + micros / 1e3;
  }
}
