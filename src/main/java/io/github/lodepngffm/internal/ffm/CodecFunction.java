package io.github.lodepngffm.internal.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * A C function of the first conversion's path, to be called through the one shape that all of these
 * share. Linking a shape is what a first call mostly costs in a new virtual machine
 * (docs/loading.md has the numbers): a shape of its own for each function, as the generated
 * bindings have it, would double that.
 *
 * <p>The function's parameters are the first ones of {@link #SHAPE}; a test compares them with the
 * header. It never looks at surplus arguments. In every calling convention that {@link Linker}
 * knows, where an argument goes depends on those before it alone, and the caller takes back what it
 * has put on the stack. Likewise there is one register for a result, whether 64 bits of it, 32 or
 * none mean something, and an argument of 32 bits has a register of 64 to itself.
 *
 * @param address of the function
 */
record CodecFunction(MemorySegment address) {
  /**
   * Input and its size, options, output and its size, working memory and its size, flag, report.
   */
  static final FunctionDescriptor SHAPE =
      FunctionDescriptor.of(
          JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS,
          ADDRESS);

  private static final SymbolLookup SYMBOLS = SymbolLookup.loaderLookup();

  private static final MethodHandle CALL = Linker.nativeLinker().downcallHandle(SHAPE);

  /**
   * Finds a function in the library that was loaded.
   *
   * @throws UnsatisfiedLinkError if it has none of that name
   */
  static CodecFunction of(String name) {
    Optional<MemorySegment> address = SYMBOLS.find(name);
    if (address.isEmpty()) {
      throw new UnsatisfiedLinkError("the library has no function " + name);
    }
    return new CodecFunction(address.get());
  }

  /** Calls a function without parameters. */
  int call() {
    return call(MemorySegment.NULL, 0);
  }

  /** Calls a function of up to two parameters. */
  int call(MemorySegment first, long second) {
    return call(first, second, MemorySegment.NULL, MemorySegment.NULL);
  }

  /** Calls a function of up to four parameters. */
  int call(MemorySegment first, long second, MemorySegment third, MemorySegment fourth) {
    return call(
        first,
        second,
        third,
        fourth,
        0,
        MemorySegment.NULL,
        0,
        MemorySegment.NULL,
        MemorySegment.NULL);
  }

  /** Calls a function of all nine. Every segment stays alive until the function returns. */
  int call(
      MemorySegment input,
      long inputBytes,
      MemorySegment options,
      MemorySegment output,
      long outputBytes,
      MemorySegment scratch,
      long scratchBytes,
      MemorySegment cancel,
      MemorySegment report) {
    return (int)
        result(
            input,
            inputBytes,
            options,
            output,
            outputBytes,
            scratch,
            scratchBytes,
            cancel,
            report);
  }

  /**
   * Calls a function that returns a pointer, and has one parameter, a number.
   *
   * @return of size 0
   */
  MemorySegment callForPointer(long number) {
    long address =
        result(
            MemorySegment.ofAddress(number), // where numbers go is where pointers go
            0,
            MemorySegment.NULL,
            MemorySegment.NULL,
            0,
            MemorySegment.NULL,
            0,
            MemorySegment.NULL,
            MemorySegment.NULL);
    return MemorySegment.ofAddress(address);
  }

  private long result(
      MemorySegment input,
      long inputBytes,
      MemorySegment options,
      MemorySegment output,
      long outputBytes,
      MemorySegment scratch,
      long scratchBytes,
      MemorySegment cancel,
      MemorySegment report) {
    try {
      return (long)
          CALL.invokeExact(
              address,
              input,
              inputBytes,
              options,
              output,
              outputBytes,
              scratch,
              scratchBytes,
              cancel,
              report);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** For what a method handle's signature allows, but no call of this library's throws. */
  static RuntimeException unexpected(Throwable e) {
    if (e instanceof RuntimeException unchecked) {
      return unchecked;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a native call threw a checked exception", e);
  }
}
