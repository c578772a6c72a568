package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.PngInfo;
import io.github.lodepngffm.internal.ffm.PngPixelsCalls;
import io.github.lodepngffm.internal.jfr.ObservedConversion;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Objects;

/** From PNG to pixels, on the calling thread. */
public final class PngDecoding {
  private PngDecoding() {}

  /**
   * Decodes into memory that is asked for once the size is known.
   *
   * @param png the caller's bytes
   * @param format of the pixels
   * @param out gives the memory
   * @param options how it is done
   * @param context around the native call
   * @return the pixels, with nothing between their rows
   */
  public static Pixels decode(
      MemorySegment png,
      PixelFormat format,
      SegmentAllocator out,
      DecodeOptions options,
      CallContext context) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(format, "format");
    try (Segments.Input input = Segments.input(png, options.limits(), context.lender())) {
      PngPixelsCalls.Plan plan = PngPixelsCalls.plan(input.segment(), format, options);
      MemorySegment memory = out.allocate(plan.pixelBytes(), format.bytesPerSample());
      int width = plan.info().width();
      int height = plan.info().height();
      run(input.segment(), Pixels.of(memory, width, height, format), plan, options, context);
      return Pixels.of(memory.asSlice(0, plan.pixelBytes()), width, height, format);
    }
  }

  /**
   * Decodes into memory that is there.
   *
   * @param png the caller's bytes
   * @param into the caller's memory
   * @param options how it is done
   * @param context around the native call
   * @return what it did
   */
  public static ConversionReport decode(
      MemorySegment png, Pixels into, DecodeOptions options, CallContext context) {
    Objects.requireNonNull(options, "options");
    try (Segments.Input input = Segments.input(png, options.limits(), context.lender())) {
      PngPixelsCalls.Plan plan = PngPixelsCalls.plan(input.segment(), into.format(), options);
      return run(input.segment(), into, plan, options, context);
    }
  }

  private static ConversionReport run(
      MemorySegment png,
      Pixels pixels,
      PngPixelsCalls.Plan plan,
      DecodeOptions options,
      CallContext context) {
    PngInfo info = plan.info();
    if (pixels.width() != info.width() || pixels.height() != info.height()) {
      throw new IllegalArgumentException(
          "the image has %d x %d pixels, the memory is laid out for %d x %d: use Pixels.region"
              .formatted(info.width(), info.height(), pixels.width(), pixels.height()));
    }
    Segments.requireOutput(pixels, png);
    try (MemoryPool.Lease scratch = context.lender().lend(plan.scratchBytes())) {
      return ObservedConversion.decode(
          png,
          options,
          plan,
          pixels,
          scratch.segment(),
          context.cancelFlag(),
          context.waitedNanos());
    }
  }
}
