package io.github.lodepngffm.bench.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The C functions of native/bench/peers.h. The library is built by native/bench/build.sh; {@code
 * -Dlodepngffm.bench.peers=FILE} says where it is.
 */
final class NativePeers {
  static final int ABSENT = -1;
  static final StructLayout RESULT =
      MemoryLayout.structLayout(
          ValueLayout.ADDRESS.withName("bytes"),
          ValueLayout.JAVA_LONG.withName("size"),
          ValueLayout.ADDRESS.withName("owner"));

  private static final String PROPERTY = "lodepngffm.bench.peers";

  private static final SymbolLookup LIBRARY =
      SymbolLookup.libraryLookup(
          Path.of(System.getProperty(PROPERTY, "target/bench/native/liblodepngffmpeers.so"))
              .toAbsolutePath(),
          Arena.global());

  private static final MethodHandle COUNT =
      function("lpb_peer_count", FunctionDescriptor.of(ValueLayout.JAVA_INT));
  private static final MethodHandle NAME = textFunction("lpb_peer_name");
  private static final MethodHandle VERSION = textFunction("lpb_peer_version");
  private static final MethodHandle WORK =
      function("lpb_peer_work", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle RUN =
      function(
          "lpb_run",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS));
  private static final MethodHandle RELEASE =
      function("lpb_release", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

  private NativePeers() {}

  /** The number of a peer by its name, or {@link #ABSENT}. */
  static int find(String name) {
    for (int peer = 0; peer < count(); peer++) {
      if (text(NAME, peer).equals(name)) {
        return peer;
      }
    }
    return ABSENT;
  }

  private static int count() {
    try {
      return (int) COUNT.invokeExact();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  static String version(int peer) {
    return text(VERSION, peer);
  }

  static int work(int peer) {
    try {
      return (int) WORK.invokeExact(peer);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  static int run(int peer, int work, MemorySegment in, MemorySegment out, MemorySegment result) {
    try {
      return (int) RUN.invokeExact(peer, work, in, in.byteSize(), out, out.byteSize(), result);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  static void release(int peer, MemorySegment result) {
    try {
      RELEASE.invokeExact(peer, result);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static String text(MethodHandle function, int peer) {
    try {
      MemorySegment text = (MemorySegment) function.invokeExact(peer);
      return text.reinterpret(Long.MAX_VALUE).getString(0);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static MethodHandle textFunction(String name) {
    return function(name, FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
  }

  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(LIBRARY.findOrThrow(name), descriptor);
  }
}
