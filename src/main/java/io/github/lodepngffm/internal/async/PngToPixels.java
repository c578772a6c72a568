package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.DecodeOptions;
import io.github.lodepngffm.PixelFormat;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.internal.blocking.CallContext;
import io.github.lodepngffm.internal.blocking.PngDecoding;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.ffm.PngPixelsCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Function;

/** From PNG to pixels. */
public abstract class PngToPixels<R> extends Work<R> {
  private final MemorySegment png;
  private final PixelFormat format;
  private final DecodeOptions own;

  private PngToPixels(MemorySegment png, PixelFormat format, DecodeOptions own) {
    this.png = Callers.input(png);
    this.format = Objects.requireNonNull(format, "format");
    this.own = own;
  }

  /** Those that hold for it: the converter's as far as they are about decoding. */
  private DecodeOptions options(ConvertOptions defaults) {
    if (own != null) {
      return own;
    }
    DecodeOptions options =
        DecodeOptions.defaults().withLimits(defaults.limits()).withTolerance(defaults.tolerance());
    if (defaults.background().isEmpty()) {
      return options;
    }
    int rgb = defaults.background().getAsInt();
    return options.withBackground(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
  }

  /** Bytes of the pixels that the job is counted with. */
  long counted(long pixelBytes) {
    return pixelBytes;
  }

  /** On a worker. */
  abstract Finish<R> decode(DecodeOptions options, JobMemory memory, CallContext context);

  @Override
  Demand demand(ConvertOptions defaults) {
    PngPixelsCalls.Plan plan = PngPixelsCalls.plan(png, png.byteSize(), format, options(defaults));
    return new Demand(png.byteSize(), counted(plan.pixelBytes()), plan.scratchBytes());
  }

  @Override
  Finish<R> work(ConvertOptions defaults, JobMemory memory, CallContext context) {
    return decode(options(defaults), memory, context);
  }

  /**
   * The pixels are lent to a function.
   *
   * @param <R> the function's result
   * @param png the PNG
   * @param format of the pixels
   * @param consumer gets the pixels
   * @param options null for the converter's
   * @return to be submitted
   */
  public static <R> Work<R> lent(
      MemorySegment png,
      PixelFormat format,
      Function<? super Pixels, ? extends R> consumer,
      DecodeOptions options) {
    Objects.requireNonNull(consumer, "consumer");
    return new PngToPixels<R>(png, format, options) {
      @Override
      Finish<R> decode(DecodeOptions options, JobMemory memory, CallContext context) {
        Pixels pixels =
            PngDecoding.decode(
                png, format, (bytes, align) -> memory.output(bytes), options, context);
        return future -> {
          try (Arena whileItRuns = Arena.ofConfined()) {
            MemorySegment view = MemoryCalls.viewUntilClosed(pixels.memory(), whileItRuns);
            return consumer.apply(Pixels.of(view, pixels.width(), pixels.height(), format));
          }
        };
      }
    };
  }

  /**
   * The pixels live in an arena.
   *
   * @param png the PNG
   * @param format of the pixels
   * @param arena not confined
   * @param options null for the converter's
   * @return to be submitted
   */
  public static Work<Pixels> inArena(
      MemorySegment png, PixelFormat format, Arena arena, DecodeOptions options) {
    Callers.arena(arena);
    return new PngToPixels<>(png, format, options) {
      @Override
      Finish<Pixels> decode(DecodeOptions options, JobMemory memory, CallContext context) {
        Pixels pixels =
            PngDecoding.decode(
                png, format, (bytes, align) -> memory.allocate(bytes, arena), options, context);
        return future -> pixels;
      }
    };
  }

  /**
   * The pixels go to where there is memory for them.
   *
   * @param png the PNG
   * @param into the caller's memory, not confined
   * @param options null for the converter's
   * @return to be submitted
   */
  public static Work<ConversionReport> into(MemorySegment png, Pixels into, DecodeOptions options) {
    Callers.output(into.memory());
    return new PngToPixels<>(png, into.format(), options) {
      @Override
      long counted(long pixelBytes) {
        return 0; // which the caller has
      }

      @Override
      Finish<ConversionReport> decode(
          DecodeOptions options, JobMemory memory, CallContext context) {
        ConversionReport report = PngDecoding.decode(png, into, options, context);
        return future -> report;
      }
    };
  }
}
