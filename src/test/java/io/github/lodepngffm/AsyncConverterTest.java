package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lodepngffm.internal.async.Dispatcher;
import io.github.lodepngffm.testkit.HostilePng;
import io.github.lodepngffm.testkit.HostilePngs;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AsyncConverterTest {
  private static final TestImage IMAGE =
      TestImage.photoLike(new PngFormat(PngFormat.RGB, 8), 37, 23, 1);
  private static final byte[] PNG = PngWriter.of(IMAGE).mixedFilters(1).bytes();
  private static final byte[] BMP = ReferenceBmp.bytes(IMAGE);

  private static byte[] bytes(MemorySegment segment) {
    return segment.toArray(ValueLayout.JAVA_BYTE);
  }

  @Test
  void everyFormGivesTheSameBmp(@TempDir Path folder) throws IOException {
    Path png = Files.write(folder.resolve("a.png"), PNG);
    try (AsyncConverter converter = AsyncConverter.create();
        Arena arena = Arena.ofShared()) {
      MemorySegment direct = arena.allocate(PNG.length).copyFrom(MemorySegment.ofArray(PNG));
      MemorySegment heap = MemorySegment.ofArray(PNG);
      for (MemorySegment input : List.of(direct, heap, direct.asReadOnly())) {
        assertThat(converter.toBmp(input, AsyncConverterTest::bytes).join()).isEqualTo(BMP);
        assertThat(bytes(converter.toBmp(input, arena).join())).isEqualTo(BMP);
        assertThat(bytes(converter.toBmp(input, Arena.ofAuto()).join())).isEqualTo(BMP);
        assertThat(converter.tryToBmp(input, AsyncConverterTest::bytes).orElseThrow().join())
            .isEqualTo(BMP);
        assertThat(bytes(converter.tryToBmp(input, arena).orElseThrow().join())).isEqualTo(BMP);
      }
      assertThat(converter.toBmp(PNG).join()).isEqualTo(BMP);
      assertThat(converter.tryToBmp(PNG).orElseThrow().join()).isEqualTo(BMP);
      Path bmp = folder.resolve("a.bmp");
      assertThat(converter.toBmp(png, bmp).join()).isEqualTo(bmp).hasBinaryContent(BMP);
      Path second = folder.resolve("b.bmp");
      assertThat(converter.tryToBmp(png, second).orElseThrow().join()).hasBinaryContent(BMP);
      ConversionReport report = converter.convert(png, folder.resolve("c.bmp")).join();
      assertThat(report.bmpBytes()).isEqualTo(BMP.length);
      assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
    }
  }

  @Test
  void convertsTenThousandSmallImages() {
    List<byte[]> pngs = new ArrayList<>();
    List<byte[]> bmps = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      TestImage image = TestImage.random(PngFormat.ALL.get(i), 3 + i, 5, i);
      pngs.add(PngWriter.bytesOf(image));
      bmps.add(ReferenceBmp.bytes(image));
    }
    try (AsyncConverter converter = AsyncConverter.create()) {
      List<CompletableFuture<byte[]>> futures = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        futures.add(converter.toBmp(pngs.get(i % 15)));
      }
      for (int i = 0; i < 10_000; i++) {
        assertThat(futures.get(i).join()).isEqualTo(bmps.get(i % 15));
      }
    }
  }

  @Test
  void hostileFilesFailAloneWithTheSameErrorAsTheSynchronousCall() {
    List<HostilePng> hostile = HostilePngs.all().toList();
    try (AsyncConverter converter = AsyncConverter.create()) {
      List<CompletableFuture<byte[]>> bad = new ArrayList<>();
      List<CompletableFuture<byte[]>> good = new ArrayList<>();
      for (HostilePng file : hostile) {
        bad.add(converter.toBmp(file.bytes()));
        good.add(converter.toBmp(PNG));
      }
      for (int i = 0; i < hostile.size(); i++) {
        byte[] png = hostile.get(i).bytes();
        assertThat(good.get(i).join()).isEqualTo(BMP);
        CompletableFuture<byte[]> future = bad.get(i);
        try {
          byte[] expected = Png.toBmp(png);
          assertThat(future.join()).as(hostile.get(i).name()).isEqualTo(expected);
        } catch (PngException e) {
          assertThatThrownBy(future::join)
              .as(hostile.get(i).name())
              .isInstanceOf(CompletionException.class)
              .cause()
              .isInstanceOfSatisfying(
                  PngException.class,
                  cause -> {
                    assertThat(cause.errorCode()).isEqualTo(e.errorCode());
                    assertThat(cause.getMessage()).isEqualTo(e.getMessage());
                  });
        }
      }
    }
  }

  @Test
  void aBadFileFailsWithItsNameAndLeavesWhatWasThere(@TempDir Path folder) throws IOException {
    Path png = Files.write(folder.resolve("bad.png"), "no PNG at all, but long enough".getBytes());
    Path damaged = Files.write(folder.resolve("cut.png"), Arrays.copyOf(PNG, 200));
    Path bmp = Files.writeString(folder.resolve("old.bmp"), "old");
    try (AsyncConverter converter = AsyncConverter.create()) {
      for (Path input : List.of(png, damaged)) {
        assertThatThrownBy(converter.toBmp(input, bmp)::join)
            .cause()
            .isInstanceOf(PngException.class)
            .hasMessageStartingWith(input.toString());
      }
      Path missing = folder.resolve("missing.png");
      assertThatThrownBy(converter.toBmp(missing, bmp)::join)
          .hasCauseInstanceOf(NoSuchFileException.class);
      Path nowhere = folder.resolve("no/such/folder.bmp");
      Path good = Files.write(folder.resolve("good.png"), PNG);
      assertThatThrownBy(converter.toBmp(good, nowhere)::join)
          .hasCauseInstanceOf(IOException.class);
    }
    assertThat(bmp).hasContent("old");
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
  }

  @Test
  void aLeakedResultThrowsInsteadOfShowingOtherPixels() {
    AtomicReference<MemorySegment> slice = new AtomicReference<>();
    AtomicReference<ByteBuffer> buffer = new AtomicReference<>();
    CountDownLatch stageIsThere = new CountDownLatch(1);
    try (AsyncConverter converter = AsyncConverter.create()) {
      CompletableFuture<MemorySegment> future =
          converter.toBmp(
              MemorySegment.ofArray(PNG),
              bmp -> {
                slice.set(bmp.asSlice(2));
                buffer.set(bmp.asByteBuffer());
                await(stageIsThere);
                return bmp;
              });
      CompletableFuture<Byte> onTheJobsThread =
          future.thenApply(bmp -> bmp.get(ValueLayout.JAVA_BYTE, 0));
      stageIsThere.countDown();
      assertThatThrownBy(onTheJobsThread::join).hasCauseInstanceOf(IllegalStateException.class);

      MemorySegment returned = future.join();
      assertThat(returned.scope().isAlive()).isFalse();
      assertThatThrownBy(() -> returned.get(ValueLayout.JAVA_BYTE, 0))
          .isInstanceOf(WrongThreadException.class);
      assertThatThrownBy(() -> slice.get().get(ValueLayout.JAVA_BYTE, 0))
          .isInstanceOf(WrongThreadException.class);
      assertThatThrownBy(() -> buffer.get().get(0)).isInstanceOf(WrongThreadException.class);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aConsumerThatThrowsFailsItsFutureWithThat() {
    try (AsyncConverter converter = AsyncConverter.builder().maxInFlight(1).build()) {
      for (Throwable thrown : List.of(new IllegalCallerException("no"), new AssertionError("no"))) {
        CompletableFuture<Void> future =
            converter.toBmp(
                MemorySegment.ofArray(PNG),
                bmp -> {
                  AsyncConverterTest.<RuntimeException>sneak(thrown);
                  return null;
                });
        assertThatThrownBy(future::join).hasCause(thrown);
      }
      assertThat(converter.toBmp(PNG).join()).isEqualTo(BMP);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void confinedMemoryIsRefusedAtOnceWithWhatToUseInstead() {
    try (AsyncConverter converter = AsyncConverter.create();
        Arena confined = Arena.ofConfined()) {
      MemorySegment png = confined.allocate(PNG.length).copyFrom(MemorySegment.ofArray(PNG));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> converter.toBmp(png, bmp -> 0))
          .withMessageContaining("Arena.ofShared()");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> converter.toBmp(MemorySegment.ofArray(PNG), confined))
          .withMessageContaining("Arena.ofShared()");
      Thread other =
          Thread.ofPlatform()
              .start(() ->
                  assertThatIllegalArgumentException()
                      .isThrownBy(() -> converter.toBmp(MemorySegment.ofArray(PNG), confined)));
      AtomicReference<Throwable> failure = new AtomicReference<>();
      other.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
      joinUninterruptibly(other);
      assertThat(failure.get()).isNull();
    }
  }

  private static void joinUninterruptibly(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void convertersAndTheSynchronousCallWorkSideBySide() {
    try (AsyncConverter one = AsyncConverter.builder().parallelism(1).build();
        AsyncConverter two = AsyncConverter.builder().threadNamePrefix("second").build()) {
      List<CompletableFuture<byte[]>> futures = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        futures.add(one.toBmp(PNG));
        futures.add(two.toBmp(PNG));
        assertThat(Png.toBmp(PNG)).isEqualTo(BMP);
      }
      assertThat(futures).allSatisfy(future -> assertThat(future.join()).isEqualTo(BMP));
      String name =
          two.toBmp(MemorySegment.ofArray(PNG), bmp -> Thread.currentThread().getName()).join();
      assertThat(name).startsWith("second-job-");
    }
  }

  @Test
  void limitsOfTheBuilderHold() {
    Limits limits = Limits.defaults().withMaxPixels(100);
    try (AsyncConverter converter = AsyncConverter.builder().limits(limits).build()) {
      assertThatThrownBy(converter.toBmp(PNG)::join)
          .cause()
          .isInstanceOf(PngException.class)
          .hasMessageContaining("withMaxPixels");
    }
  }

  @Test
  void theBuilderRefusesWhatIsNotPositive() {
    AsyncConverter.Builder builder = AsyncConverter.builder();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.parallelism(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxInFlight(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.maxInFlightBytes(0))
        .withMessageContaining("0");
  }

  /**
   * The numbers of the sentence about defaults, put into formulas, against what a builder takes.
   */
  @Test
  void theJavadocOfTheBuilderNamesTheRealDefaults() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/io/github/lodepngffm/AsyncConverter.java"))
            .replaceAll("\\s+\\*?\\s*", " ");
    Matcher defaults =
        Pattern.compile(
                "as many native calls at one time as the machine has processors, (\\d+) times as many"
                    + " jobs \\(at least (\\d+)\\), (\\d+) MiB for each of the native calls \\(at"
                    + " least (\\d+) MiB together\\), \\{@link ConvertOptions#defaults\\(\\)}, and"
                    + " thread names that begin with \\{@code (\\w+)}")
            .matcher(source);
    assertThat(defaults.find()).as("there is such a sentence").isTrue();
    assertThat(AsyncConverter.builder().settings().parallelism())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    for (int calls : new int[] {1, 3, 4, 5, 64, 1000}) {
      Dispatcher.Settings settings = AsyncConverter.builder().parallelism(calls).settings();
      assertThat(settings.parallelism()).isEqualTo(calls);
      assertThat(settings.maxInFlight())
          .isEqualTo(Math.max(number(defaults, 1) * calls, number(defaults, 2)));
      assertThat(settings.maxInFlightBytes())
          .isEqualTo(Math.max(number(defaults, 3) * calls, number(defaults, 4)) << 20);
      assertThat(settings.options()).isEqualTo(ConvertOptions.defaults());
      assertThat(settings.threadNamePrefix()).isEqualTo(defaults.group(5));
    }
  }

  private static long number(Matcher matcher, int group) {
    return Long.parseLong(matcher.group(group));
  }

  @Test
  void asManyJobsAsAnIntCanSayMayBeAllowed() {
    for (int jobs : new int[] {1 << 30, Integer.MAX_VALUE}) {
      try (AsyncConverter converter = AsyncConverter.builder().maxInFlight(jobs).build()) {
        assertThat(converter.toBmp(PNG).join()).isEqualTo(BMP);
      }
    }
  }
}
