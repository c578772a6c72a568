package io.github.lodepngffm.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.AsyncConverter;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Png;
import io.github.lodepngffm.internal.blocking.PngBmpBanding;
import io.github.lodepngffm.internal.ffm.MemoryCalls;
import io.github.lodepngffm.internal.files.FileConversion;
import io.github.lodepngffm.internal.memory.MemoryPool;
import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation on files fails once, and from then on: an IOException, and no half file. */
class FileFaultsTest {
  private static final byte[] OLD = "what was there before".getBytes();

  private final TestImage image = TestImage.random(new PngFormat(PngFormat.RGB, 8), 41, 37, 1);
  private final byte[] expected = ReferenceBmp.bytes(image);

  @TempDir private Path directory;

  /** Converts one file to another, however that is done. */
  @FunctionalInterface
  interface Conversion {
    void run(Path png, Path bmp) throws IOException;
  }

  static Stream<Arguments> cases() {
    return Stream.<Supplier<IOException>>of(
            () -> new IOException("No space left on device"),
            () -> new AccessDeniedException("picture.bmp"),
            ClosedChannelException::new,
            AsynchronousCloseException::new)
        .flatMap(failure ->
            Stream.of(
                Arguments.of(failure.get().toString(), failure, "waiting", (Conversion) Png::toBmp),
                Arguments.of(
                    failure.get().toString(),
                    failure,
                    "in bands",
                    (Conversion) FileFaultsTest::convertInBands),
                Arguments.of(
                    failure.get().toString(),
                    failure,
                    "in background",
                    (Conversion) FileFaultsTest::convertInBackground)));
  }

  private static void convertInBands(Path png, Path bmp) throws IOException {
    ConvertOptions options = ConvertOptions.defaults();
    try (MemoryPool.Lease input = FileConversion.read(png, options.limits())) {
      FileConversion.writeParts(
          bmp, parts -> Optional.of(PngBmpBanding.convert(input, options, parts::write)));
    }
  }

  private static void convertInBackground(Path png, Path bmp) throws IOException {
    try (AsyncConverter converter = AsyncConverter.create()) {
      converter.toBmp(png, bmp).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw e;
    }
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("cases")
  void everyOperationMayFail(
      String name, Supplier<IOException> failure, String way, Conversion conversion)
      throws IOException {
    Faults faults =
        new Faults(
            () -> {
              throw failure.get();
            },
            1000);
    FaultyFileSystem fileSystem = new FaultyFileSystem(directory.getFileSystem(), faults);
    Path png = Files.write(directory.resolve("picture.png"), PngWriter.bytesOf(image));
    Path bmp = directory.resolve("picture.bmp");
    MemoryPool.SHARED.releaseIdle();
    long allocations = MemoryCalls.liveAllocations();
    for (boolean replaces : new boolean[] {false, true}) {
      for (boolean onwards : new boolean[] {false, true}) {
        int n = 0;
        do {
          n++;
          prepare(bmp, replaces);
          faults.failAt(n, onwards);
          IOException thrown = null;
          try {
            conversion.run(fileSystem.faulty(png), fileSystem.faulty(bmp));
          } catch (IOException e) {
            thrown = e;
          }
          String step = "operation %d, onwards %s, replacing %s".formatted(n, onwards, replaces);
          requireWholeOrOld(bmp, replaces, thrown, onwards && faults.haveHappened(), step);
        } while (faults.haveHappened());
        assertThat(n).as("operations that a conversion takes").isGreaterThan(8);
        assertThat(bmp).hasBinaryContent(expected);
      }
    }
    MemoryPool.SHARED.releaseIdle();
    assertThat(MemoryCalls.liveAllocations()).isEqualTo(allocations);
  }

  private void prepare(Path bmp, boolean replaces) throws IOException {
    Files.deleteIfExists(bmp);
    if (replaces) {
      Files.write(bmp, OLD);
    }
  }

  private void requireWholeOrOld(
      Path bmp, boolean replaces, IOException thrown, boolean nothingCanBeDeleted, String step)
      throws IOException {
    if (thrown == null) {
      assertThat(bmp).as(step).hasBinaryContent(expected);
    } else if (replaces) {
      assertThat(bmp).as(step + ": " + thrown).hasBinaryContent(OLD);
    } else {
      assertThat(bmp).as(step + ": " + thrown).doesNotExist();
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path left : files.filter(file -> file.toString().endsWith(".tmp")).toList()) {
        assertThat(nothingCanBeDeleted).as(step + ": left " + left).isTrue();
        Files.delete(left);
      }
    }
  }
}
