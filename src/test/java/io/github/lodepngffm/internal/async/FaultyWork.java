package io.github.lodepngffm.internal.async;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.internal.blocking.CallContext;
import io.github.lodepngffm.internal.blocking.PngConversion;
import io.github.lodepngffm.internal.ffm.PngBmpCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.internal.memory.Segments;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Bytes to bytes, with or without threads for files, where one step throws what it is told. */
final class FaultyWork extends Work<byte[]> {
  /** The methods of a work that a job calls, in this order; allocating is in the middle of WORK. */
  enum Step {
    USES_FILES,
    READ,
    WORK,
    ALLOCATE,
    FINISH,
    EXPLAINED
  }

  private final MemorySegment png;
  private final boolean usesFiles;
  private final Step faulty;
  private final Throwable thrown;
  private final MemoryPool ownPool;

  /** Never throws, unless it is told to. */
  FaultyWork(byte[] png, boolean usesFiles, Step faulty, Throwable thrown, MemoryPool ownPool) {
    this.png = MemorySegment.ofArray(png);
    this.usesFiles = usesFiles;
    this.faulty = faulty;
    this.thrown = thrown;
    this.ownPool = ownPool;
  }

  private void at(Step step) {
    if (step == faulty) {
      FaultyWork.<RuntimeException>sneak(thrown);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Override
  Demand demand(ConvertOptions defaults) {
    PngBmpCalls.Plan plan = PngBmpCalls.plan(png, defaults);
    return new Demand(png.byteSize(), plan.bmpBytes(), plan.scratchBytes());
  }

  @Override
  boolean usesFiles() {
    at(Step.USES_FILES);
    return usesFiles;
  }

  @Override
  MemoryPool.Lease read(ConvertOptions defaults, MemoryPool.Lender lender) {
    at(Step.READ);
    return Segments.copy(png, ownPool != null ? ownPool::lend : lender);
  }

  @Override
  Finish<byte[]> work(ConvertOptions defaults, JobMemory memory, CallContext context) {
    at(Step.WORK);
    if (!usesFiles) {
      memory.keep(Segments.copy(png, ownPool != null ? ownPool::lend : memory));
    }
    MemorySegment bmp =
        PngConversion.convert(
                memory.input(), (bytes, align) -> allocate(bytes, memory), defaults, context)
            .bmp();
    return future -> finish(bmp);
  }

  private MemorySegment allocate(long bytes, JobMemory memory) {
    at(Step.ALLOCATE);
    return memory.output(bytes);
  }

  private byte[] finish(MemorySegment bmp) {
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
