package io.github.lodepngffm.internal.blocking;

import io.github.lodepngffm.EncodeOptions;
import io.github.lodepngffm.Pixels;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.ffm.PngEncodeCalls;
import io.github.lodepngffm.internal.ffm.PngEncodeCalls.Plan;
import io.github.lodepngffm.internal.ffm.PngEncodeCalls.Strip;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Strips of one image, encoded side by side: the calling thread and some more take one after the
 * other. All is done when the call returns.
 */
final class StripEncoding {
  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

  private final Plan plan;
  private final EncodeOptions options;
  private final Pixels band;
  private final int top;
  private final int first;
  private final MemorySegment room;
  private final Strip[] done;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** Set once a strip has failed: the others are not wanted then. */
  private final MemorySegment cancel = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);

  private StripEncoding(
      Plan plan,
      EncodeOptions options,
      Pixels band,
      int top,
      int first,
      MemorySegment room,
      Strip[] done) {
    this.plan = plan;
    this.options = options;
    this.band = band;
    this.top = top;
    this.first = first;
    this.room = room;
    this.done = done;
  }

  /**
   * Encodes strips that follow each other, strip i of them from byte {@code i * plan.stripBytes()}
   * of the room on.
   *
   * @param band their rows, and the one before them
   * @param top which row of the image the band's first one is
   * @param first of the strips
   * @param count of strips
   */
  static Strip[] run(
      Plan plan,
      EncodeOptions options,
      Pixels band,
      int top,
      int first,
      int count,
      MemorySegment room) {
    StripEncoding encoding =
        new StripEncoding(
            plan, options, visibleToOthers(band), top, first, room, new Strip[count]);
    encoding.runOn(Math.min(options.parallelism(), count));
    return encoding.done;
  }

  /**
   * Pixels that only the calling thread may read, as others can: that thread alone could close
   * their arena, and it waits here. Native code keeps every other arena open by itself.
   */
  private static Pixels visibleToOthers(Pixels band) {
    MemorySegment memory = band.memory();
    if (memory.isAccessibleBy(Thread.ofPlatform().unstarted(() -> {}))) {
      return band;
    }
    return new Pixels(
        MemoryCalls.viewUntilClosed(memory, Arena.ofAuto()),
        band.width(),
        band.height(),
        band.format(),
        band.firstRow(),
        band.stride());
  }

  private void runOn(int threads) {
    List<Thread> others = new ArrayList<>();
    try {
      for (int i = 1; i < threads; i++) {
        others.add(Thread.ofPlatform().daemon().name("lodepng-ffm-strip-", i).start(this::work));
      }
      work();
    } catch (OutOfMemoryError e) { // the system has no thread more: those that there are do it
      work();
    } finally {
      others.forEach(StripEncoding::await);
    }
    if (failure.get() instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure.get() instanceof Error error) {
      throw error;
    }
  }

  private void work() {
    try (MemoryPool.Lease scratch = MemoryPool.SHARED.lend(plan.scratchBytes())) {
      int index = next.getAndIncrement();
      while (index < done.length && failure.get() == null) {
        MemorySegment output = room.asSlice(index * plan.stripBytes(), plan.stripBytes());
        done[index] =
            PngEncodeCalls.strip(
                plan, first + index, band, top, options, output, scratch.segment(), cancel);
        index = next.getAndIncrement();
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e); // the first one; the others are told to stop
      INT.setVolatile(cancel, 0L, 1);
    }
  }

  /** Native code cannot be interrupted, and it reads the caller's memory: there is no way back. */
  private static void await(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
