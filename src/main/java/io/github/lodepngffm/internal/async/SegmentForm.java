package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.Function;

/** The forms whose PNG is in a segment, native or on the heap. */
abstract sealed class SegmentForm<R> extends Form<R> {
  /** Belongs to nobody that could own an arena: what it may see, every thread may. */
  private static final Thread STRANGER = Thread.ofPlatform().daemon().unstarted(() -> {});

  private final MemorySegment png;

  private SegmentForm(MemorySegment png) {
    this.png = Objects.requireNonNull(png, "png");
    if (!png.isAccessibleBy(STRANGER)) {
      throw new IllegalArgumentException(
          "the PNG is in memory confined to one thread, and is read by another: allocate it in"
              + " Arena.ofShared(), Arena.ofAuto() or Arena.global()");
    }
  }

  @Override
  PngBmpCalls.Plan plan(ConvertOptions options) {
    return PngBmpCalls.bound(png, png.byteSize(), options);
  }

  @Override
  long inputBytes() {
    return png.byteSize();
  }

  @Override
  MemoryPool.Lease copy(MemoryPool pool) {
    return MemoryCalls.isForNativeCode(png) ? null : Segments.copy(png, pool);
  }

  @Override
  MemorySegment source() {
    return png;
  }

  /** The BMP is lent to a function. */
  static final class ToFunction<R> extends SegmentForm<R> {
    private final Function<? super MemorySegment, ? extends R> consumer;

    ToFunction(MemorySegment png, Function<? super MemorySegment, ? extends R> consumer) {
      super(png);
      this.consumer = Objects.requireNonNull(consumer, "consumer");
    }

    @Override
    R finish(MemorySegment bmp, ConversionReport report, JobFuture<R> future) {
      try (Arena whileItRuns = Arena.ofConfined()) {
        return consumer.apply(MemoryCalls.viewUntilClosed(bmp, whileItRuns));
      }
    }
  }

  /** The BMP lives in the caller's arena. */
  static final class ToArena extends SegmentForm<MemorySegment> {
    private final Arena arena;

    ToArena(MemorySegment png, Arena arena) {
      super(png);
      this.arena = Objects.requireNonNull(arena, "arena");
      if (!arena.scope().isAlive()) {
        throw new IllegalStateException("the arena is closed");
      }
      if (!MemoryCalls.isAccessibleBy(STRANGER, arena)) {
        throw new IllegalArgumentException(
            "the arena is confined to one thread, and the BMP is written by another: use"
                + " Arena.ofShared(), Arena.ofAuto() or Arena.global()");
      }
    }

    @Override
    MemorySegment allocate(long bmpBytes) {
      return MemoryCalls.allocate(bmpBytes, arena);
    }

    @Override
    MemorySegment finish(
        MemorySegment bmp, ConversionReport report, JobFuture<MemorySegment> future) {
      return bmp;
    }
  }

  /** The BMP becomes an array. */
  static final class ToArray extends SegmentForm<byte[]> {
    private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private byte[] array;

    ToArray(byte[] png) {
      super(MemorySegment.ofArray(png));
    }

    @Override
    PngBmpCalls.Plan plan(ConvertOptions options) {
      Limits limits = options.limits();
      long most = Math.min(limits.maxOutputBytes(), LONGEST_ARRAY);
      return super.plan(options.withLimits(limits.withMaxOutputBytes(most)));
    }

    @Override
    void converted(MemorySegment bmp) {
      array = new byte[Math.toIntExact(bmp.byteSize())];
      MemorySegment.ofArray(array).copyFrom(bmp);
    }

    @Override
    byte[] finish(MemorySegment bmp, ConversionReport report, JobFuture<byte[]> future) {
      return array;
    }
  }
}
