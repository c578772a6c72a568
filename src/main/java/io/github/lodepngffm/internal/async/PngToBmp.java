package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.internal.blocking.CallContext;
import io.github.lodepngffm.internal.blocking.PngConversion;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.files.FileConversion;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/** From PNG to BMP. */
public abstract class PngToBmp<R> extends Work<R> {
  private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final ConvertOptions own;

  private PngToBmp(ConvertOptions own) {
    this.own = own;
  }

  /** Those that hold for it. */
  ConvertOptions options(ConvertOptions defaults) {
    return own == null ? defaults : own;
  }

  /** On a worker. */
  abstract Finish<R> convert(ConvertOptions options, JobMemory memory, CallContext context);

  @Override
  Finish<R> work(ConvertOptions defaults, JobMemory memory, CallContext context) {
    return convert(options(defaults), memory, context);
  }

  private static Demand demandOf(MemorySegment start, long pngBytes, ConvertOptions options) {
    PngBmpCalls.Plan plan = PngBmpCalls.bound(start, pngBytes, options);
    return new Demand(pngBytes, plan.bmpBytes(), plan.scratchBytes());
  }

  private abstract static class OfMemory<R> extends PngToBmp<R> {
    final MemorySegment png;

    OfMemory(MemorySegment png, ConvertOptions own) {
      super(own);
      this.png = Callers.input(png);
    }

    @Override
    Demand demand(ConvertOptions defaults) {
      return demandOf(png, png.byteSize(), options(defaults));
    }
  }

  /**
   * The BMP is lent to a function.
   *
   * @param <R> the function's result
   * @param png the PNG
   * @param consumer gets the BMP
   * @param options null for the converter's
   * @return to be submitted
   */
  public static <R> Work<R> lent(
      MemorySegment png,
      Function<? super MemorySegment, ? extends R> consumer,
      ConvertOptions options) {
    Objects.requireNonNull(consumer, "consumer");
    return new OfMemory<R>(png, options) {
      @Override
      Finish<R> convert(ConvertOptions options, JobMemory memory, CallContext context) {
        MemorySegment bmp =
            PngConversion.convert(png, (bytes, align) -> memory.output(bytes), options, context)
                .bmp();
        return future -> {
          try (Arena whileItRuns = Arena.ofConfined()) {
            return consumer.apply(MemoryCalls.viewUntilClosed(bmp, whileItRuns));
          }
        };
      }
    };
  }

  /**
   * The BMP lives in an arena.
   *
   * @param png the PNG
   * @param arena not confined
   * @param options null for the converter's
   * @return to be submitted
   */
  public static Work<MemorySegment> inArena(
      MemorySegment png, Arena arena, ConvertOptions options) {
    Callers.arena(arena);
    return new OfMemory<>(png, options) {
      @Override
      Finish<MemorySegment> convert(ConvertOptions options, JobMemory memory, CallContext context) {
        MemorySegment bmp =
            PngConversion.convert(
                    png, (bytes, align) -> memory.allocate(bytes, arena), options, context)
                .bmp();
        return future -> bmp;
      }
    };
  }

  /**
   * Between arrays.
   *
   * @param png the PNG
   * @param options null for the converter's
   * @return to be submitted
   */
  public static Work<byte[]> array(byte[] png, ConvertOptions options) {
    return new OfMemory<>(MemorySegment.ofArray(png), options) {
      @Override
      ConvertOptions options(ConvertOptions defaults) {
        ConvertOptions options = super.options(defaults);
        Limits limits = options.limits();
        long most = Math.min(limits.maxOutputBytes(), LONGEST_ARRAY);
        return options.withLimits(limits.withMaxOutputBytes(most));
      }

      @Override
      Finish<byte[]> convert(ConvertOptions options, JobMemory memory, CallContext context) {
        byte[] bmp = PngConversion.convert(png, options, context);
        return future -> bmp;
      }
    };
  }

  /**
   * Between files.
   *
   * @param <R> what becomes of the report
   * @param png the PNG
   * @param bmp the BMP, replaced if it exists
   * @param result from the report to the future's value
   * @param options null for the converter's
   * @return to be submitted
   */
  public static <R> Work<R> file(
      Path png, Path bmp, Function<ConversionReport, R> result, ConvertOptions options) {
    Objects.requireNonNull(png, "png");
    Objects.requireNonNull(bmp, "bmp");
    return new OfFile<>(png, bmp, result, options);
  }

  private static final class OfFile<R> extends PngToBmp<R> {
    private final Path png;
    private final Path bmp;
    private final Function<ConversionReport, R> result;

    OfFile(Path png, Path bmp, Function<ConversionReport, R> result, ConvertOptions own) {
      super(own);
      this.png = png;
      this.bmp = bmp;
      this.result = result;
    }

    @Override
    Demand demand(ConvertOptions defaults) throws IOException {
      ConvertOptions options = options(defaults);
      FileConversion.Header header = FileConversion.header(png, options.limits());
      if (header == null) {
        return null;
      }
      Demand exact = demandOf(header.bytes(), header.fileBytes(), options);
      // with room to see that the file has ended
      return new Demand(exact.input() + 1, exact.output(), exact.scratch());
    }

    @Override
    boolean usesFiles() {
      return true;
    }

    @Override
    MemoryPool.Lease read(ConvertOptions defaults, MemoryPool.Lender lender) throws IOException {
      return FileConversion.read(png, options(defaults).limits(), lender);
    }

    @Override
    Finish<R> convert(ConvertOptions options, JobMemory memory, CallContext context) {
      PngConversion.Converted converted =
          PngConversion.convert(
              memory.input(), (bytes, align) -> memory.output(bytes), options, context);
      return future -> {
        FileConversion.writeWhole(bmp, converted.bmp(), future::isAbandoned, future::claim);
        return result.apply(converted.report());
      };
    }

    @Override
    Throwable explained(Throwable failure) {
      return failure instanceof PngException e ? e.in(png) : failure;
    }
  }
}
