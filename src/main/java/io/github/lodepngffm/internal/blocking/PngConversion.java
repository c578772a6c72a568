package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.jfr.ObservedConversion;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Objects;

/** From PNG to BMP, on the calling thread. */
public final class PngConversion {
  private PngConversion() {}

  /** Where a BMP goes that was made in borrowed memory. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes the BMP.
     *
     * @param bmp lent until this returns
     * @throws IOException if it cannot be written
     */
    void write(MemorySegment bmp) throws IOException;
  }

  /**
   * What was made.
   *
   * @param bmp exactly the BMP
   * @param report how that went
   */
  public record Converted(MemorySegment bmp, ConversionReport report) {}

  /**
   * The size of the BMP.
   *
   * @param png the caller's bytes
   * @param options what would be made
   * @return bytes
   */
  public static long bmpBytes(MemorySegment png, ConvertOptions options) {
    Objects.requireNonNull(options, "options");
    try (Segments.Input input = Segments.input(png, options.limits())) {
      return PngBmpCalls.plan(input.segment(), options).bmpBytes();
    }
  }

  /**
   * Converts into memory that is asked for once the size is known.
   *
   * @param png the caller's bytes
   * @param out gives the memory
   * @param options how it is done
   * @param context around the native call
   * @return what was made
   */
  public static Converted convert(
      MemorySegment png, SegmentAllocator out, ConvertOptions options, CallContext context) {
    Objects.requireNonNull(options, "options");
    try (Segments.Input input = Segments.input(png, options.limits(), context.lender())) {
      PngBmpCalls.Plan plan = PngBmpCalls.plan(input.segment(), options);
      MemorySegment bmp = out.allocate(plan.bmpBytes());
      ConversionReport report = run(input.segment(), bmp, plan, options, context);
      return new Converted(bmp.asSlice(0, plan.bmpBytes()), report);
    }
  }

  /**
   * Converts into memory that is there.
   *
   * @param png the caller's bytes
   * @param bmp the caller's memory
   * @param options how it is done
   * @return what it did
   */
  public static ConversionReport convert(
      MemorySegment png, MemorySegment bmp, ConvertOptions options) {
    Objects.requireNonNull(options, "options");
    try (Segments.Input input = Segments.input(png, options.limits())) {
      PngBmpCalls.Plan plan = PngBmpCalls.plan(input.segment(), options);
      return run(input.segment(), bmp, plan, options, CallContext.DIRECT);
    }
  }

  /**
   * Converts to an array.
   *
   * @param png the caller's bytes
   * @param options how it is done
   * @param context around the native call
   * @return the BMP
   */
  public static byte[] convert(MemorySegment png, ConvertOptions options, CallContext context) {
    try (Segments.Input input = Segments.input(png, options.limits(), context.lender())) {
      PngBmpCalls.Plan plan = PngBmpCalls.plan(input.segment(), options);
      try (MemoryPool.Lease bmp = context.lender().lend(plan.bmpBytes())) {
        run(input.segment(), bmp.segment(), plan, options, context);
        byte[] array = new byte[Math.toIntExact(plan.bmpBytes())];
        MemorySegment.ofArray(array).copyFrom(bmp.segment());
        return array;
      }
    }
  }

  /**
   * Converts what was read, and hands the BMP on.
   *
   * @param png native
   * @param options how it is done
   * @param sink gets the whole BMP, or is not called
   * @return what it did
   * @throws IOException if the sink fails
   */
  public static ConversionReport convert(MemoryPool.Lease png, ConvertOptions options, Sink sink)
      throws IOException {
    PngBmpCalls.Plan plan = PngBmpCalls.plan(png.segment(), options);
    try (MemoryPool.Lease bmp = MemoryPool.SHARED.lend(plan.bmpBytes())) {
      ConversionReport report =
          run(png.segment(), bmp.segment(), plan, options, CallContext.DIRECT);
      sink.write(bmp.segment());
      return report;
    }
  }

  private static ConversionReport run(
      MemorySegment png,
      MemorySegment bmp,
      PngBmpCalls.Plan plan,
      ConvertOptions options,
      CallContext context) {
    Segments.requireOutput(bmp, plan.bmpBytes(), png);
    try (MemoryPool.Lease scratch = context.lender().lend(plan.scratchBytes())) {
      return ObservedConversion.convert(
          png, options, plan, bmp, scratch.segment(), context.cancelFlag(), context.waitedNanos());
    }
  }
}
