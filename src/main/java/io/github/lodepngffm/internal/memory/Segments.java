package io.github.lodepngffm.internal.memory;

import io.github.lodepngffm.Limits;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** What Java checks of a caller's segments before native code sees them. */
public final class Segments {
  private Segments() {}

  /** A PNG in native memory, for the length of a call. */
  public static final class Input implements AutoCloseable {
    private final MemorySegment segment;
    private final MemoryPool.Lease copy;

    private Input(MemorySegment segment, MemoryPool.Lease copy) {
      this.segment = segment;
      this.copy = copy;
    }

    /**
     * The bytes.
     *
     * @return a native segment
     */
    public MemorySegment segment() {
      return segment;
    }

    @Override
    public void close() {
      if (copy != null) {
        copy.close();
      }
    }
  }

  /**
   * The PNG as native code can read it: itself, or a copy of a heap segment or of a mapped file.
   *
   * @param png the caller's segment
   * @param limits whose limit on input is checked before anything is copied
   * @return to be closed after the call
   */
  public static Input input(MemorySegment png, Limits limits) {
    return input(png, limits, MemoryPool.SHARED::lend);
  }

  /**
   * The PNG as native code can read it, as {@link #input(MemorySegment, Limits)} gives it.
   *
   * @param png the caller's segment
   * @param limits whose limit on input is checked before anything is copied
   * @param lender of memory for a copy
   * @return to be closed after the call
   */
  public static Input input(MemorySegment png, Limits limits, MemoryPool.Lender lender) {
    Objects.requireNonNull(png, "png");
    if (MemoryCalls.isForNativeCode(png)) {
      return new Input(png, null);
    }
    PngBmpCalls.requireInputBytes(png.byteSize(), limits);
    MemoryPool.Lease copy = copy(png, lender);
    return new Input(copy.segment(), copy);
  }

  /** Pixels in native memory, for the length of a call. */
  public static final class InputPixels implements AutoCloseable {
    private final Pixels pixels;
    private final MemoryPool.Lease copy;

    private InputPixels(Pixels pixels, MemoryPool.Lease copy) {
      this.pixels = pixels;
      this.copy = copy;
    }

    /**
     * The pixels.
     *
     * @return in a native segment
     */
    public Pixels pixels() {
      return pixels;
    }

    @Override
    public void close() {
      if (copy != null) {
        copy.close();
      }
    }
  }

  /**
   * Pixels as native code can read them: themselves, or a copy from the heap or a mapped file.
   *
   * @param pixels the caller's
   * @return to be closed after the call
   */
  public static InputPixels input(Pixels pixels) {
    Objects.requireNonNull(pixels, "pixels");
    if (MemoryCalls.isForNativeCode(pixels.memory())) {
      return new InputPixels(pixels, null);
    }
    MemoryPool.Lease copy = copy(pixels.bytes(), MemoryPool.SHARED::lend);
    long firstRow = pixels.stride() < 0 ? (1L - pixels.height()) * pixels.stride() : 0;
    Pixels copied =
        new Pixels(
            copy.segment(),
            pixels.width(),
            pixels.height(),
            pixels.format(),
            firstRow,
            pixels.stride());
    return new InputPixels(copied, copy);
  }

  /**
   * A copy for native code.
   *
   * @param segment any
   * @param lender of the memory
   * @return its bytes, on loan
   */
  public static MemoryPool.Lease copy(MemorySegment segment, MemoryPool.Lender lender) {
    MemoryPool.Lease lease = lender.lend(segment.byteSize());
    try {
      lease.segment().copyFrom(segment);
      return lease;
    } catch (Throwable e) { // such as the error of a file that was truncated while it is mapped
      lease.close();
      throw e;
    }
  }

  /**
   * Refuses an output that native code could not, or must not, write to.
   *
   * @param output the caller's segment
   * @param bytes how many will be written
   * @param input what will be read meanwhile
   */
  public static void requireOutput(MemorySegment output, long bytes, MemorySegment input) {
    requireWritable(output, "the output segment", "byte[]");
    if (output.byteSize() < bytes) {
      throw new IllegalArgumentException(
          "the BMP has " + bytes + " bytes, the output segment " + output.byteSize());
    }
    requireApart(output, "the output segment", input);
  }

  /**
   * Refuses an output of a size that is known only later.
   *
   * @param output the caller's segment
   * @param input what will be read meanwhile
   */
  public static void requireOutputFor(MemorySegment output, MemorySegment input) {
    Objects.requireNonNull(output, "into");
    requireWritable(output, "the output segment", "SegmentAllocator");
    requireApart(output, "the output segment", input);
  }

  /**
   * Refuses pixels that native code could not, or must not, write to.
   *
   * @param pixels the caller's
   * @param input what will be read meanwhile
   */
  public static void requireOutput(Pixels pixels, MemorySegment input) {
    requireWritable(pixels.memory(), "the memory of the pixels", "SegmentAllocator");
    requireApart(pixels.bytes(), "the memory of the pixels", input);
  }

  /**
   * Refuses pixels that native code could not, or must not, read.
   *
   * @param pixels the caller's
   */
  public static void requireInput(Pixels pixels) {
    requireNativeAndNotMapped(pixels.memory(), "the memory of the pixels", "SegmentAllocator");
  }

  private static void requireWritable(MemorySegment output, String name, String otherForm) {
    requireNativeAndNotMapped(output, name, otherForm);
    if (output.isReadOnly()) {
      throw new IllegalArgumentException(name + " is read-only");
    }
  }

  private static void requireNativeAndNotMapped(
      MemorySegment segment, String name, String otherForm) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException(
          name + " is on the heap: allocate it in an Arena, or use the " + otherForm + " form");
    }
    if (segment.isMapped()) {
      throw new IllegalArgumentException(
          name + " is a mapped file, which native code must not touch: allocate it in an Arena");
    }
  }

  /** Memory that was freed may have been given out again, as the input: that is no overlap. */
  private static void requireApart(MemorySegment output, String name, MemorySegment input) {
    if (!output.scope().isAlive()) {
      throw new IllegalStateException("the arena of " + name + " is closed");
    }
    if (output.asOverlappingSlice(input).isPresent()) {
      throw new IllegalArgumentException(
          "%s (%d bytes) overlaps the input (%d bytes)"
              .formatted(name, output.byteSize(), input.byteSize()));
    }
  }
}
