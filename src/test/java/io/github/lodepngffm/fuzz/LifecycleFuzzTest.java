package io.github.lodepngffm.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.lodepngffm.AsyncConverter;
import io.github.lodepngffm.PngException;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.memory.MemoryPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/** Submitting, cancelling, closing arenas and closing the converter, in any order. */
class LifecycleFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void anyOrderOfCallsEndsCleanly(FuzzedDataProvider data) {
    MemoryPool.SHARED.releaseIdle();
    long before = MemoryCalls.liveAllocations();
    List<CompletableFuture<?>> futures = new ArrayList<>();
    Arena arena = Arena.ofShared();
    AsyncConverter converter =
        AsyncConverter.builder()
            .parallelism(data.consumeInt(1, 3))
            .maxInFlight(data.consumeInt(8, 20))
            .options(Choices.options(data))
            .build();
    try {
      for (int step = data.consumeInt(0, 8); step > 0; step--) {
        try {
          switch (data.consumeInt(0, 7)) {
            case 0 -> futures.add(converter.toBmp(Choices.png(data)));
            case 1 -> futures.add(converter.toBmp(copied(Choices.png(data), arena), arena));
            case 2 ->
                futures.add(
                    converter.toBmp(
                        copied(Choices.png(data), arena),
                        bmp -> bmp.get(ValueLayout.JAVA_BYTE, 0)));
            case 3 ->
                converter
                    .tryToBmp(MemorySegment.ofArray(Choices.png(data)), arena)
                    .ifPresent(futures::add);
            case 4 -> cancelOne(futures, data);
            case 5 -> {
              arena.close();
              arena = Arena.ofShared();
            }
            case 6 -> Thread.yield();
            default -> converter.close();
          }
        } catch (IllegalStateException | RejectedExecutionException e) {
          // closed, or in use: what the caller has asked for
        }
      }
    } finally {
      converter.close();
    }
    futures.forEach(LifecycleFuzzTest::requireCleanEnd);
    arena.close();
    MemoryPool.SHARED.releaseIdle();
    assertThat(MemoryCalls.liveAllocations()).isEqualTo(before);
  }

  private static MemorySegment copied(byte[] png, Arena arena) {
    MemorySegment memory = arena.allocate(Math.max(1, png.length)).asSlice(0, png.length);
    return memory.copyFrom(MemorySegment.ofArray(png));
  }

  private static void cancelOne(List<CompletableFuture<?>> futures, FuzzedDataProvider data) {
    if (!futures.isEmpty()) {
      futures.get(data.consumeInt(0, futures.size() - 1)).cancel(data.consumeBoolean());
    }
  }

  private static void requireCleanEnd(CompletableFuture<?> future) {
    assertThat(future).isDone();
    try {
      future.join();
    } catch (CancellationException e) {
      return;
    } catch (CompletionException e) {
      assertThat(e.getCause()).isInstanceOfAny(PngException.class, IllegalStateException.class);
    }
  }
}
