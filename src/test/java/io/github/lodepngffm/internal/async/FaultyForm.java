package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.ConversionReport;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Bytes to bytes, with or without threads for files, where one step throws what it is told. */
final class FaultyForm extends Form<byte[]> {
  /** The methods of a form that a job calls, in this order. */
  enum Step {
    USES_FILES,
    READ,
    COPY,
    SOURCE,
    ALLOCATE,
    CONVERTED,
    FINISH,
    EXPLAINED
  }

  private final MemorySegment png;
  private final boolean usesFiles;
  private final Step faulty;
  private final Throwable thrown;
  private final MemoryPool ownPool;

  /** Never throws, unless it is told to. */
  FaultyForm(byte[] png, boolean usesFiles, Step faulty, Throwable thrown, MemoryPool ownPool) {
    this.png = MemorySegment.ofArray(png);
    this.usesFiles = usesFiles;
    this.faulty = faulty;
    this.thrown = thrown;
    this.ownPool = ownPool;
  }

  private void at(Step step) {
    if (step == faulty) {
      FaultyForm.<RuntimeException>sneak(thrown);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Override
  PngBmpCalls.Plan plan(ConvertOptions options) {
    return PngBmpCalls.plan(png, options);
  }

  @Override
  long inputBytes() {
    return png.byteSize();
  }

  @Override
  boolean usesFiles() {
    at(Step.USES_FILES);
    return usesFiles;
  }

  @Override
  MemoryPool.Lease read(MemoryPool pool, ConvertOptions options) {
    at(Step.READ);
    return Segments.copy(png, ownPool != null ? ownPool : pool);
  }

  @Override
  MemoryPool.Lease copy(MemoryPool pool) {
    at(Step.COPY);
    if (faulty == Step.SOURCE) {
      return null;
    }
    return Segments.copy(png, ownPool != null ? ownPool : pool);
  }

  @Override
  MemorySegment source() {
    at(Step.SOURCE);
    return super.source();
  }

  @Override
  MemorySegment allocate(long bmpBytes) {
    at(Step.ALLOCATE);
    return null;
  }

  @Override
  void converted(MemorySegment bmp) {
    at(Step.CONVERTED);
  }

  @Override
  byte[] finish(MemorySegment bmp, ConversionReport report, JobFuture<byte[]> future) {
    at(Step.FINISH);
    if (faulty == Step.EXPLAINED) {
      throw new IllegalCallerException("what cannot be explained");
    }
    return bmp.toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  Throwable explained(Throwable failure) {
    at(Step.EXPLAINED);
    return failure;
  }
}
