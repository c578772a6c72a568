package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where PNG and BMP may live, for how long, and on which threads. */
@Timeout(60)
class PngArenasTest {
  private final TestImage image = TestImage.photoLike(new PngFormat(PngFormat.RGB, 8), 40, 30, 1);
  private final byte[] png = PngWriter.of(image).mixedFilters(1).bytes();
  private final byte[] expected = ReferenceBmp.bytes(image);

  @Test
  void arenasOfEveryKindHoldPngAndBmp() {
    List<Arena> arenas =
        List.of(Arena.ofConfined(), Arena.ofShared(), Arena.ofAuto(), Arena.global());
    for (Arena from : arenas) {
      MemorySegment input = from.allocateFrom(JAVA_BYTE, png);
      for (Arena to : arenas) {
        MemorySegment bmp = Png.toBmp(input, to);
        assertThat(bmp.toArray(JAVA_BYTE)).isEqualTo(expected);
        assertThat(bmp.isReadOnly()).isFalse();
      }
    }
    arenas.subList(0, 2).forEach(Arena::close);
  }

  @Test
  void aBmpOfAnArenaDiesWithTheArena() {
    MemorySegment bmp;
    try (Arena arena = Arena.ofConfined()) {
      bmp = Png.toBmp(arena.allocateFrom(JAVA_BYTE, png), arena);
      assertThat(bmp.get(JAVA_BYTE, 0)).isEqualTo((byte) 'B');
    }
    assertThatIllegalStateException().isThrownBy(() -> bmp.get(JAVA_BYTE, 0));
  }

  @Test
  void aPngMayBeOnTheHeapInAnyKindOfArrayOrBuffer() {
    byte[] offset = new byte[png.length + 3];
    System.arraycopy(png, 0, offset, 3, png.length);
    ByteBuffer direct = ByteBuffer.allocateDirect(png.length).put(png).flip();
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> inputs =
          List.of(
              MemorySegment.ofArray(png),
              MemorySegment.ofArray(png).asReadOnly(),
              MemorySegment.ofArray(offset).asSlice(3),
              MemorySegment.ofBuffer(ByteBuffer.wrap(offset, 3, png.length)),
              MemorySegment.ofBuffer(direct),
              arena.allocateFrom(JAVA_BYTE, png).asReadOnly());
      for (MemorySegment input : inputs) {
        assertThat(Png.toBmp(input, arena).toArray(JAVA_BYTE)).isEqualTo(expected);
        MemorySegment place = arena.allocate(expected.length);
        Png.toBmp(input, place, ConvertOptions.defaults());
        assertThat(place.toArray(JAVA_BYTE)).isEqualTo(expected);
        assertThat(Png.readInfo(input).width()).isEqualTo(40);
      }
    }
  }

  @Test
  void segmentsConfinedToAnotherThreadAreRefused() throws Exception {
    try (Arena confined = Arena.ofConfined()) {
      MemorySegment input = confined.allocateFrom(JAVA_BYTE, png);
      MemorySegment output = confined.allocate(expected.length);
      MemorySegment heap = MemorySegment.ofArray(png);
      onAnotherThread(() -> {
        assertThatExceptionOfType(WrongThreadException.class).isThrownBy(() -> Png.readInfo(input));
        assertThatExceptionOfType(WrongThreadException.class)
            .isThrownBy(() -> Png.toBmp(input, Arena.ofAuto()));
        assertThatExceptionOfType(WrongThreadException.class)
            .isThrownBy(() -> Png.toBmp(heap, confined));
        assertThatExceptionOfType(WrongThreadException.class)
            .isThrownBy(() -> Png.toBmp(heap, output, ConvertOptions.defaults()));
        return null;
      });
      assertThat(output.toArray(JAVA_BYTE)).containsOnly(0);
    }
  }

  @Test
  void closedArenasAreRefused() {
    Arena closed = Arena.ofShared();
    MemorySegment input = closed.allocateFrom(JAVA_BYTE, png);
    MemorySegment output = closed.allocate(expected.length);
    closed.close();
    MemorySegment heap = MemorySegment.ofArray(png);
    ConvertOptions options = ConvertOptions.defaults();
    assertThatIllegalStateException().isThrownBy(() -> Png.readInfo(input));
    assertThatIllegalStateException().isThrownBy(() -> Png.toBmp(input, Arena.ofAuto()));
    assertThatIllegalStateException().isThrownBy(() -> Png.toBmp(heap, closed));
    assertThatIllegalStateException().isThrownBy(() -> Png.toBmp(heap, output, options));
    assertThatIllegalStateException()
        .isThrownBy(() -> Png.toBmp(heap, Buffers.uninitialized(closed)));
  }

  /**
   * A conversion under way keeps its arenas open: who closes one meanwhile is refused. Whether the
   * close comes in time is up to the scheduler, so it is tried until it does.
   */
  @Test
  void anArenaCannotBeClosedWhileAConversionUsesIt() throws Exception {
    TestImage large = TestImage.photoLike(new PngFormat(PngFormat.RGB, 8), 1500, 1000, 1);
    byte[] file = PngWriter.of(large).filter(4).bytes();
    byte[] largeExpected = ReferenceBmp.bytes(large);
    boolean refused = false;
    while (!refused) {
      Arena shared = Arena.ofShared();
      MemorySegment input = shared.allocateFrom(JAVA_BYTE, file);
      CountDownLatch planned = new CountDownLatch(1);
      FutureTask<byte[]> conversion =
          new FutureTask<>(() -> {
            try (Arena own = Arena.ofConfined()) {
              MemorySegment bmp = own.allocate(largeExpected.length);
              planned.countDown();
              Png.toBmp(input, bmp, ConvertOptions.defaults());
              return bmp.toArray(JAVA_BYTE);
            }
          });
      Thread converter = new Thread(conversion);
      converter.start();
      planned.await();
      while (converter.isAlive() && !isInNativeCode(converter)) {
        Thread.onSpinWait();
      }
      Throwable closing = catchThrowable(shared::close);
      if (closing != null) {
        assertThat(closing).isInstanceOf(IllegalStateException.class);
        assertThat(conversion.get()).isEqualTo(largeExpected);
        shared.close();
        refused = true;
      }
      converter.join();
    }
    assertThat(refused).isTrue();
  }

  /** Inside the funnel's one call, and of the function that converts, not the one that plans. */
  private static boolean isInNativeCode(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    for (int i = 1; i < stack.length; i++) {
      if (stack[i].getClassName().endsWith(".PngBmpCalls")
          && stack[i].getMethodName().equals("convert")
          && stack[i - 1].getClassName().endsWith(".CodecFunction")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void manyThreadsConvertOnePngFromSharedMemoryAtOnce() throws Exception {
    try (Arena shared = Arena.ofShared();
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      MemorySegment input = shared.allocateFrom(JAVA_BYTE, png);
      List<Callable<byte[]>> jobs = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        jobs.add(() -> {
          try (Arena own = Arena.ofConfined()) {
            return Png.toBmp(input, own).toArray(JAVA_BYTE);
          }
        });
      }
      for (Future<byte[]> done : threads.invokeAll(jobs)) {
        assertThat(done.get()).isEqualTo(expected);
      }
    }
  }

  @Test
  void virtualThreadsConvertToo() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<byte[]>> jobs = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        jobs.add(() -> Png.toBmp(png));
      }
      for (Future<byte[]> done : threads.invokeAll(jobs)) {
        assertThat(done.get()).isEqualTo(expected);
      }
    }
  }

  private static void onAnotherThread(Callable<Void> work) throws Exception {
    FutureTask<Void> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    thread.start();
    task.get();
    thread.join();
  }
}
