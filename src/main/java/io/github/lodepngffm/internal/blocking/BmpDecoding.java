package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.BmpInfo;
import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.internal.ffm.BmpCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Objects;

/** From BMP to pixels, on the thread that asks. */
public final class BmpDecoding {
  private BmpDecoding() {}

  /**
   * Decodes into memory that is asked for once the size is known.
   *
   * @param bmp the caller's bytes
   * @param format of the pixels
   * @param out gives the memory
   * @param options how it is done
   * @return the pixels, with nothing between their rows
   */
  public static Pixels decode(
      MemorySegment bmp, PixelFormat format, SegmentAllocator out, DecodeOptions options) {
    Objects.requireNonNull(format, "format");
    try (Segments.Input input = input(bmp, options)) {
      BmpCalls.Plan plan = BmpCalls.plan(input.segment(), format, options);
      MemorySegment memory = out.allocate(plan.pixelBytes(), format.bytesPerSample());
      int width = plan.info().width();
      int height = plan.info().height();
      run(input.segment(), Pixels.of(memory, width, height, format), plan, options);
      return Pixels.of(memory.asSlice(0, plan.pixelBytes()), width, height, format);
    }
  }

  /**
   * Decodes into memory that is there.
   *
   * @param bmp the caller's bytes
   * @param into the caller's memory
   * @param options how it is done
   * @return what it did
   */
  public static ConversionReport decode(MemorySegment bmp, Pixels into, DecodeOptions options) {
    try (Segments.Input input = input(bmp, options)) {
      BmpCalls.Plan plan = BmpCalls.plan(input.segment(), into.format(), options);
      return run(input.segment(), into, plan, options);
    }
  }

  /** The limit comes first: what is too long is not copied. */
  static Segments.Input input(MemorySegment bmp, DecodeOptions options) {
    Objects.requireNonNull(bmp, "bmp");
    Objects.requireNonNull(options, "options");
    BmpCalls.requireInputBytes(bmp.byteSize(), options.limits());
    return Segments.input(bmp, options.limits());
  }

  private static ConversionReport run(
      MemorySegment bmp, Pixels pixels, BmpCalls.Plan plan, DecodeOptions options) {
    BmpInfo info = plan.info();
    if (pixels.width() != info.width() || pixels.height() != info.height()) {
      throw new IllegalArgumentException(
          "the image has %d x %d pixels, the memory is laid out for %d x %d: use Pixels.region"
              .formatted(info.width(), info.height(), pixels.width(), pixels.height()));
    }
    Segments.requireOutput(pixels, bmp);
    try (MemoryPool.Lease scratch = MemoryPool.SHARED.lend(plan.scratchBytes())) {
      return BmpCalls.decode(bmp, options, pixels, scratch.segment(), MemorySegment.NULL);
    }
  }
}
