package io.github.lodepngffm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.ReferencePixels;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can be submitted: results, failures, cancelling, room and closing. */
@Timeout(120)
class TaskTest {
  private static final TestImage IMAGE =
      TestImage.photoLike(new PngFormat(PngFormat.RGBA, 8), 37, 23, 1);
  private static final byte[] PNG = PngWriter.of(IMAGE).mixedFilters(1).bytes();
  private static final MemorySegment SEGMENT = MemorySegment.ofArray(PNG);
  private static final byte[] BMP = ReferenceBmp.bytes(IMAGE);
  private static final byte[] RGBA = ReferencePixels.rgba8(IMAGE);

  private static byte[] bytes(MemorySegment segment) {
    return segment.toArray(JAVA_BYTE);
  }

  private static byte[] bytes(Pixels pixels) {
    return bytes(pixels.memory());
  }

  private static Task<byte[]> decode() {
    return Task.decode(SEGMENT, PixelFormat.RGBA8, TaskTest::bytes);
  }

  @Test
  void everyTaskGivesItsResultAsOftenAsItIsSubmitted(@TempDir Path folder) throws IOException {
    Path png = Files.write(folder.resolve("a.png"), PNG);
    Path bmp = folder.resolve("a.bmp");
    ConvertOptions convert = ConvertOptions.defaults();
    DecodeOptions options = DecodeOptions.defaults();
    try (AsyncConverter converter = AsyncConverter.create();
        AsyncConverter other = AsyncConverter.create();
        Arena arena = Arena.ofShared()) {
      MemorySegment direct = arena.allocate(PNG.length).copyFrom(SEGMENT);
      List<Task<byte[]>> lent = new ArrayList<>();
      List<Task<MemorySegment>> inArena = new ArrayList<>();
      List<Task<Pixels>> pixels = new ArrayList<>();
      for (MemorySegment input : List.of(direct, SEGMENT, direct.asReadOnly())) {
        lent.add(Task.toBmp(input, TaskTest::bytes));
        lent.add(Task.toBmp(input, TaskTest::bytes, convert));
        inArena.add(Task.toBmp(input, arena));
        inArena.add(Task.toBmp(input, Arena.ofAuto(), convert));
        pixels.add(Task.decode(input, PixelFormat.RGBA8, arena));
        pixels.add(Task.decode(input, PixelFormat.RGBA8, Arena.ofAuto(), options));
      }
      lent.add(Task.toBmp(PNG));
      lent.add(Task.toBmp(PNG, convert));
      for (AsyncConverter each : List.of(converter, converter, other)) {
        assertThat(lent).allSatisfy(task -> assertThat(each.submit(task).join()).isEqualTo(BMP));
        assertThat(inArena)
            .allSatisfy(task -> assertThat(bytes(each.submit(task).join())).isEqualTo(BMP));
        assertThat(pixels)
            .allSatisfy(task -> assertThat(bytes(each.submit(task).join())).isEqualTo(RGBA));
        for (Task<byte[]> task :
            List.of(decode(), Task.decode(direct, PixelFormat.RGBA8, TaskTest::bytes, options))) {
          assertThat(each.trySubmit(task).orElseThrow().join()).isEqualTo(RGBA);
        }
        for (Task<Path> task : List.of(Task.toBmp(png, bmp), Task.toBmp(png, bmp, convert))) {
          assertThat(each.submit(task).join()).isEqualTo(bmp).hasBinaryContent(BMP);
          Files.delete(bmp);
        }
        for (Task<ConversionReport> task :
            List.of(Task.convert(png, bmp), Task.convert(png, bmp, convert))) {
          assertThat(each.submit(task).join().bmpBytes()).isEqualTo(BMP.length);
          assertThat(bmp).hasBinaryContent(BMP);
        }
      }
    }
  }

  @Test
  void pixelsGoToAPartOfALargerSurface() {
    int margin = 3;
    try (AsyncConverter converter = AsyncConverter.create();
        Arena arena = Arena.ofShared()) {
      int width = IMAGE.width() + 2 * margin;
      int height = IMAGE.height() + 2 * margin;
      MemorySegment memory = arena.allocate(4L * width * height).fill((byte) 0x55);
      Pixels part =
          Pixels.of(memory, width, height, PixelFormat.RGBA8)
              .region(margin, margin, IMAGE.width(), IMAGE.height());
      DecodeOptions options = DecodeOptions.defaults();
      for (Task<ConversionReport> task :
          List.of(Task.decode(SEGMENT, part), Task.decode(SEGMENT, part, options))) {
        memory.fill((byte) 0x55);
        assertThat(converter.submit(task).join().bytesWritten()).isEqualTo(RGBA.length);
        for (int y = 0; y < height; y++) {
          for (int x = 0; x < width; x++) {
            int row = y - margin;
            int column = x - margin;
            boolean inside =
                row >= 0 && row < IMAGE.height() && column >= 0 && column < IMAGE.width();
            for (int channel = 0; channel < 4; channel++) {
              byte expected =
                  inside ? RGBA[4 * (row * IMAGE.width() + column) + channel] : (byte) 0x55;
              assertThat(memory.get(JAVA_BYTE, 4L * (y * width + x) + channel))
                  .as("pixel %d, %d, channel %d", x, y, channel)
                  .isEqualTo(expected);
            }
          }
        }
      }
    }
  }

  @Test
  void lentPixelsDieWhenTheFunctionReturnsAndAreNoOtherThreads() {
    AtomicReference<Pixels> leaked = new AtomicReference<>();
    try (AsyncConverter converter = AsyncConverter.create();
        Hold hold = new Hold()) {
      CompletableFuture<Throwable> afterwards =
          converter
              .submit(
                  Task.decode(
                      SEGMENT,
                      PixelFormat.RGBA8,
                      pixels -> {
                        leaked.set(pixels);
                        assertThatThrownBy(
                                () -> CompletableFuture.supplyAsync(() -> bytes(pixels)).join())
                            .hasCauseInstanceOf(WrongThreadException.class);
                        hold.await(); // until the stage below is there, to run on this thread
                        return bytes(pixels);
                      }))
              .thenApply(rgba -> {
                assertThat(rgba).isEqualTo(RGBA);
                return catchThrowable(() -> bytes(leaked.get()));
              });
      hold.release();
      assertThat(afterwards.join()).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> bytes(leaked.get())).isInstanceOf(WrongThreadException.class);
    }
  }

  @Test
  void aTaskWithoutOptionsHasThoseOfTheConverter() {
    ConvertOptions white =
        ConvertOptions.tolerant()
            .withBackground(255, 255, 255)
            .withLimits(Limits.defaults().withMaxPixels(37 * 23));
    try (AsyncConverter converter = AsyncConverter.builder().options(white).build()) {
      assertThat(converter.submit(decode()).join()).isEqualTo(ReferencePixels.rgba8(onWhite()));
      Task<byte[]> own =
          Task.decode(SEGMENT, PixelFormat.RGBA8, TaskTest::bytes, DecodeOptions.defaults());
      assertThat(converter.submit(own).join()).isEqualTo(RGBA);
      MemorySegment damaged = SEGMENT.asSlice(0, PNG.length - 20);
      assertThat(converter.submit(Task.decode(damaged, PixelFormat.RGBA8, p -> 1)).join())
          .isEqualTo(1);
      assertFailsWith(
          converter.submit(
              Task.decode(damaged, PixelFormat.RGBA8, p -> 1, DecodeOptions.defaults())),
          PngException.Kind.MALFORMED);
      TestImage large = TestImage.flat(new PngFormat(PngFormat.GRAY, 8), 37, 24, 1);
      MemorySegment over = MemorySegment.ofArray(PngWriter.bytesOf(large));
      assertFailsWith(
          converter.submit(Task.decode(over, PixelFormat.GRAY8, p -> 1)), PngException.Kind.LIMIT);
      assertFailsWith(converter.submit(Task.toBmp(over, bmp -> 1)), PngException.Kind.LIMIT);
      assertThat(converter.submit(Task.toBmp(over, bmp -> 1, ConvertOptions.defaults())).join())
          .isEqualTo(1);
    }
  }

  /** {@link #IMAGE} on white, computed as {@link DecodeOptions#withBackground} says. */
  private static TestImage onWhite() {
    int[] samples = IMAGE.samples().clone();
    for (int i = 0; i < samples.length; i += 4) {
      int alpha = samples[i + 3];
      for (int channel = 0; channel < 3; channel++) {
        samples[i + channel] = (samples[i + channel] * alpha + 255 * (255 - alpha) + 127) / 255;
      }
      samples[i + 3] = 255;
    }
    return TestImage.of(IMAGE.format(), IMAGE.width(), IMAGE.height(), samples);
  }

  private static void assertFailsWith(CompletableFuture<?> future, PngException.Kind kind) {
    assertThatThrownBy(future::join)
        .cause()
        .isInstanceOfSatisfying(PngException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void whatIsWrongWithAnImageFailsTheFuture(@TempDir Path folder) {
    try (AsyncConverter converter = AsyncConverter.create()) {
      MemorySegment broken = MemorySegment.ofArray(new byte[100]);
      assertFailsWith(
          converter.submit(Task.decode(broken, PixelFormat.RGBA8, p -> 1)),
          PngException.Kind.MALFORMED);
      assertFailsWith(
          converter.submit(Task.decode(SEGMENT, PixelFormat.GRAY8, Arena.ofAuto())),
          PngException.Kind.UNSUPPORTED);
      assertThatThrownBy(
              converter.submit(Task.toBmp(folder.resolve("none.png"), folder.resolve("none.bmp")))
                  ::join)
          .hasCauseInstanceOf(NoSuchFileException.class);
      Pixels tooSmall = Pixels.of(Arena.ofAuto().allocate(4), 1, 1, PixelFormat.RGBA8);
      assertThatThrownBy(converter.submit(Task.decode(SEGMENT, tooSmall))::join)
          .hasCauseInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("37 x 23");
      assertThatThrownBy(
              converter.submit(
                      Task.decode(
                          SEGMENT,
                          PixelFormat.RGBA8,
                          pixels -> {
                            throw new IllegalCallerException("of the function");
                          }))
                  ::join)
          .hasCauseInstanceOf(IllegalCallerException.class);
    }
  }

  @Test
  void whatOtherThreadsMayNotUseIsRefusedWhenTheTaskIsMade() {
    try (Arena confined = Arena.ofConfined()) {
      MemorySegment png = confined.allocate(PNG.length).copyFrom(SEGMENT);
      Pixels into = Pixels.of(confined.allocate(RGBA.length), 37, 23, PixelFormat.RGBA8);
      for (Runnable making :
          List.<Runnable>of(
              () -> Task.decode(png, PixelFormat.RGBA8, p -> 1),
              () -> Task.decode(png, PixelFormat.RGBA8, Arena.ofAuto()),
              () -> Task.decode(SEGMENT, PixelFormat.RGBA8, confined),
              () -> Task.decode(SEGMENT, into),
              () -> Task.toBmp(png, bmp -> 1),
              () -> Task.toBmp(SEGMENT, confined))) {
        assertThatIllegalArgumentException()
            .isThrownBy(making::run)
            .withMessageContaining("confined to one thread")
            .withMessageContaining("Arena.ofShared()");
      }
    }
    Arena closed = Arena.ofShared();
    closed.close();
    assertThatIllegalStateException().isThrownBy(() -> Task.toBmp(SEGMENT, closed));
    assertThatNullPointerException()
        .isThrownBy(() -> Task.toBmp(PNG, null))
        .withMessageContaining("options");
    assertThatNullPointerException().isThrownBy(() -> Task.decode(SEGMENT, null, p -> 1));
  }

  @Test
  void decodingIsCancelledLikeConverting() {
    long before = MemoryCalls.liveBytes();
    try (AsyncConverter converter = AsyncConverter.builder().parallelism(1).maxInFlight(2).build();
        WorkerGate gate = new WorkerGate()) {
      CompletableFuture<Pixels> running =
          converter.submit(Task.decode(SEGMENT, PixelFormat.RGBA8, gate));
      gate.awaitWorker();
      for (int i = 0; i < 20; i++) {
        CompletableFuture<byte[]> queued = converter.trySubmit(decode()).orElseThrow();
        assertThat(converter.trySubmit(decode())).as("two are all that may be in").isEmpty();
        assertThat(queued.cancel(true)).isTrue();
        assertThatThrownBy(queued::join).isInstanceOf(CancellationException.class);
      }
      assertThat(running.cancel(true)).isTrue();
      gate.open();
      assertThat(converter.submit(decode()).join()).as("its flag is down again").isEqualTo(RGBA);
      assertThat(running).isCancelled();
    }
    assertThat(MemoryCalls.liveBytes()).isEqualTo(before);
  }

  @Test
  void pixelsAreCountedAndThoseThatTheCallerHasAreNot() {
    TestImage large = TestImage.flat(new PngFormat(PngFormat.GRAY, 8), 400, 400, 1);
    MemorySegment png = MemorySegment.ofArray(PngWriter.bytesOf(large));
    Task<Integer> pixels = Task.decode(png, PixelFormat.RGBA16, p -> 1); // 1.28 MB
    Pixels there = Pixels.of(Arena.ofAuto().allocate(8 * 160_000), 400, 400, PixelFormat.RGBA16);
    try (AsyncConverter converter = AsyncConverter.builder().maxInFlightBytes(1400 << 10).build();
        Hold hold = new Hold()) {
      CompletableFuture<Integer> first =
          converter.submit(
              Task.decode(
                  SEGMENT,
                  PixelFormat.RGBA8,
                  p -> {
                    hold.await();
                    return 0;
                  }));
      assertThat(converter.trySubmit(pixels)).as("no room for its pixels").isEmpty();
      assertThat(converter.trySubmit(Task.decode(png, there)))
          .as("its pixels are there")
          .isPresent();
      hold.release();
      first.join();
      assertThat(converter.submit(pixels).join()).isEqualTo(1);
    }
  }

  @Test
  void codeOfOnesOwnRunsOnAWorkerWithinTheBounds() {
    try (AsyncConverter converter =
            AsyncConverter.builder().maxInFlightBytes(4 << 20).threadNamePrefix("own").build();
        Hold hold = new Hold()) {
      CompletableFuture<String> first =
          converter.submit(
              Task.of(
                  2 << 20,
                  () -> {
                    hold.await();
                    return Thread.currentThread().getName();
                  }));
      assertThat(converter.trySubmit(Task.of(2 << 20, () -> 1))).as("5 of 4 MiB").isEmpty();
      assertThat(converter.trySubmit(Task.of(0, () -> 1))).isPresent();
      hold.release();
      assertThat(first.join()).startsWith("own-worker-");
      assertThatThrownBy(
              converter.submit(
                      Task.of(
                          1,
                          () -> {
                            throw new IOException("of the code");
                          }))
                  ::join)
          .hasCauseInstanceOf(IOException.class);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Task.of(-1, () -> 1));
  }

  @Test
  void aClosedConverterRefusesEveryTask() {
    AsyncConverter converter = AsyncConverter.create();
    CompletableFuture<byte[]> last = converter.submit(decode());
    converter.close();
    assertThat(last).isCompletedWithValueMatching(rgba -> Arrays.equals(rgba, RGBA));
    for (Task<?> task : List.of(decode(), Task.toBmp(PNG), Task.toBmp(new byte[3]))) {
      assertThatExceptionOfType(RejectedExecutionException.class)
          .isThrownBy(() -> converter.submit(task))
          .withMessageContaining("closed");
      assertThatExceptionOfType(RejectedExecutionException.class)
          .isThrownBy(() -> converter.trySubmit(task));
    }
  }
}
