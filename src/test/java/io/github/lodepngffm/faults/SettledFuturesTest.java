package io.github.lodepngffm.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.AsyncConverter;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a caller does to a future, at whichever operation on files: the file that was there
 * stays, or the whole new one takes its name.
 */
@Timeout(300)
class SettledFuturesTest {
  private static final byte[] OLD = "what was there before".getBytes();

  /** Of a slice of 1 MiB, which the conversion writes before it looks whether that is wanted. */
  private static final int PIECES_OF_A_SLICE = 4;

  private static final Path MARKER = Path.of("somebody else's");

  /** Something that settles a future, sooner or later. */
  @FunctionalInterface
  interface Way {
    void settle(CompletableFuture<Path> future);
  }

  static Stream<Arguments> ways() {
    return Stream.of(
        way("cancel", future -> future.cancel(true)),
        way("complete", future -> future.complete(MARKER)),
        way("completeExceptionally", future -> future.completeExceptionally(new IOException())),
        way("completeAsync", future -> future.completeAsync(() -> MARKER, Runnable::run)),
        later("completeAsync, default executor", SettledFuturesTest::completeAsync),
        way(
            "completeAsync that throws",
            future ->
                future.completeAsync(
                    () -> {
                      throw new IllegalCallerException();
                    },
                    Runnable::run)),
        later(
            "orTimeout",
            future -> {
              future.orTimeout(0, TimeUnit.NANOSECONDS);
              awaitTimers();
            }),
        later(
            "completeOnTimeout",
            future -> {
              future.completeOnTimeout(MARKER, 0, TimeUnit.NANOSECONDS);
              awaitTimers();
            }),
        way("obtrudeValue", future -> future.obtrudeValue(MARKER)),
        way("obtrudeException", future -> future.obtrudeException(new IOException())));
  }

  private static Arguments way(String name, Way way) {
    return Arguments.of(name, way, true);
  }

  /** Where another thread settles it, perhaps only when some more slices are written. */
  private static Arguments later(String name, Way way) {
    return Arguments.of(name, way, false);
  }

  private static void completeAsync(CompletableFuture<Path> future) {
    CompletableFuture<Void> supplied = new CompletableFuture<>();
    future.completeAsync(() -> {
      supplied.complete(null);
      return MARKER;
    });
    CompletableFuture.anyOf(supplied, future).handle((value, failure) -> 0).join();
  }

  /**
   * Returns when a later timer has gone off; if an earlier one has not, the test only sees less.
   */
  private static void awaitTimers() {
    new CompletableFuture<Void>().completeOnTimeout(null, 1, TimeUnit.MILLISECONDS).join();
  }

  @TempDir private Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void theOldFileStaysOrTheWholeNewOneTakesItsName(String name, Way way, boolean atOnce)
      throws IOException {
    TestImage image = TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 1200, 1000);
    Path png = Files.write(directory.resolve("picture.png"), PngWriter.bytesOf(image));
    Path expected = Files.write(directory.resolve("expected.bmp"), ReferenceBmp.bytes(image));
    long slices = Math.ceilDiv(Files.size(expected), 1 << 20);
    assertThat(slices).isGreaterThan(3);
    Path bmp = directory.resolve("picture.bmp");
    AtomicReference<CompletableFuture<CompletableFuture<Path>>> current = new AtomicReference<>();
    Faults faults =
        new Faults(
            () -> {
              if (Thread.currentThread().getName().contains("-file-")) {
                way.settle(current.get().join());
              } // before that there is no future
            },
            (1 << 20) / PIECES_OF_A_SLICE);
    FaultyFileSystem fileSystem = new FaultyFileSystem(directory.getFileSystem(), faults);
    Path source = fileSystem.faulty(png);
    Path target = fileSystem.faulty(bmp);
    int untouched = 0;
    int n = 0;
    do {
      n++;
      Files.write(bmp, OLD);
      current.set(new CompletableFuture<>());
      faults.failAt(n, false);
      CompletableFuture<Path> future;
      try (AsyncConverter converter = AsyncConverter.builder().parallelism(1).build()) {
        future = converter.toBmp(source, target);
        current.get().complete(future);
      }
      assertThat(future).isDone();
      String step = "%s at operation %d".formatted(name, n);
      boolean fromOutside = future.handle((value, failure) -> value).join() != target;
      boolean isNew = Files.mismatch(bmp, expected) == -1;
      if (isNew) {
        assertThat(!fromOutside || name.startsWith("obtrude"))
            .as("%s: the future tells of the new file, or was overwritten behind it", step)
            .isTrue();
      } else {
        assertThat(bmp).as(step).hasBinaryContent(OLD);
        assertThat(fromOutside).as("%s: the future tells that there is no new file", step).isTrue();
        if (atOnce) {
          assertThat(faults.operations() - n)
              .as("%s: operations until the job has noticed, and has cleared away", step)
              .isLessThan(2 * PIECES_OF_A_SLICE);
        }
        untouched++;
      }
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files).as(step).containsExactlyInAnyOrder(png, expected, bmp);
      }
    } while (faults.haveHappened());
    assertThat(untouched).as("steps at which it can be stopped").isGreaterThan((int) slices);
    assertThat(n - untouched).as("steps before there is a job, and after its claim").isPositive();
  }
}
