package io.github.lodepngffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lodepngffm.testkit.PngFormat;
import io.github.lodepngffm.testkit.PngWriter;
import io.github.lodepngffm.testkit.ReferenceBmp;
import io.github.lodepngffm.testkit.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files: whole or not at all, with every failure naming the file it is about. */
class PngFilesTest {
  private static final byte[] OLD = {1, 2, 3};

  private final TestImage image = TestImage.random(new PngFormat(PngFormat.RGB, 8), 23, 17, 1);
  private final byte[] png = PngWriter.bytesOf(image);
  private final byte[] expected = ReferenceBmp.bytes(image);

  @TempDir private Path directory;
  private Path source;
  private Path target;

  @BeforeEach
  void writeSource() throws IOException {
    source = Files.write(directory.resolve("a picture.png"), png);
    target = directory.resolve("résultat.bmp");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void aNewFileIsWrittenAndNothingElse() throws IOException {
    Png.toBmp(source, target);
    assertThat(target).hasBinaryContent(expected);
    assertThat(source).hasBinaryContent(png);
    assertThat(files()).containsExactlyInAnyOrder(source, target);
  }

  @Test
  void anExistingFileIsReplacedAndKeepsItsPermissions() throws IOException {
    Files.write(target, OLD);
    boolean posix = Files.getFileStore(target).supportsFileAttributeView("posix");
    if (posix) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
    }
    Png.toBmp(source, target, ConvertOptions.defaults());
    assertThat(target).hasBinaryContent(expected);
    if (posix) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
          .isEqualTo("rw-r-----");
    }
    assertThat(files()).containsExactlyInAnyOrder(source, target);
  }

  @Test
  void aLinkStaysALinkAndItsFileIsReplaced() throws IOException {
    Path linked = Files.write(directory.resolve("linked.bmp"), OLD);
    Files.createSymbolicLink(target, linked);
    Png.toBmp(source, target);
    assertThat(target).isSymbolicLink();
    assertThat(linked).hasBinaryContent(expected);
  }

  @Test
  void aRelativePathWithoutDirectoryWorks() throws IOException {
    Path here = Path.of("PngFilesTest-" + ProcessHandle.current().pid() + ".bmp");
    try {
      Png.toBmp(source, here);
      assertThat(here).hasBinaryContent(expected);
    } finally {
      Files.deleteIfExists(here);
    }
  }

  @Test
  void aFileMayBeReplacedByItsOwnBmp() throws IOException {
    Png.toBmp(source, source);
    assertThat(source).hasBinaryContent(expected);
    assertThat(files()).containsExactly(source);
  }

  @Test
  void aMalformedPngIsNamedAndTheExistingOutputSurvives() throws IOException {
    Files.write(target, OLD);
    for (int length : new int[] {0, 7, 40, png.length / 2, png.length - 13}) {
      Files.write(source, Arrays.copyOf(png, length));
      assertThatExceptionOfType(PngException.class)
          .as("%d bytes", length)
          .isThrownBy(() -> Png.toBmp(source, target))
          .withMessageStartingWith(source + ": LodePNG error ")
          .withCauseInstanceOf(PngException.class)
          .satisfies(e -> assertThat(e.errorCode()).isBetween(1, 999))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(PngException.Kind.MALFORMED));
      assertThat(target).hasBinaryContent(OLD);
      assertThat(files()).containsExactlyInAnyOrder(source, target);
    }
  }

  @Test
  void aMalformedPngLeavesNoFile() throws IOException {
    Files.write(source, OLD);
    assertThatExceptionOfType(PngException.class).isThrownBy(() -> Png.toBmp(source, target));
    assertThat(files()).containsExactly(source);
  }

  @Test
  void limitsHoldForFilesAndNameThem() throws IOException {
    ConvertOptions small =
        ConvertOptions.defaults().withLimits(Limits.defaults().withMaxInputBytes(100));
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.toBmp(source, target, small))
        .withMessageStartingWith(source + ": ")
        .withMessageContaining(png.length + ", at most 100; Limits.withMaxInputBytes");
    assertThat(files()).containsExactly(source);
  }

  @Test
  void anEndlessFileIsStoppedByTheLimitOnInput() {
    Path endless = Path.of("/dev/zero");
    assumeTrue(Files.exists(endless), "skipped: there is no /dev/zero");
    ConvertOptions options =
        ConvertOptions.defaults().withLimits(Limits.defaults().withMaxInputBytes(3 << 20));
    assertThatExceptionOfType(PngException.class)
        .isThrownBy(() -> Png.toBmp(endless, target, options))
        .withMessageContaining("/dev/zero")
        .withMessageContaining("Limits.withMaxInputBytes");
  }

  @Test
  void aMissingSourceIsAnIoException() throws IOException {
    Files.write(target, OLD);
    Path missing = directory.resolve("missing.png");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Png.toBmp(missing, target))
        .withMessageContaining("missing.png");
    assertThat(target).hasBinaryContent(OLD);
  }

  @Test
  void aDirectoryAsSourceOrTargetIsAnIoException() throws IOException {
    assertThatIOException()
        .isThrownBy(() -> Png.toBmp(directory, target))
        .withMessage(directory + ": is a directory");
    Path inTheWay = Files.createDirectory(directory.resolve("directory.bmp"));
    assertThatIOException()
        .isThrownBy(() -> Png.toBmp(source, inTheWay))
        .withMessageContaining("directory.bmp")
        .withMessageContaining("is a directory");
    assertThat(files()).containsExactlyInAnyOrder(source, inTheWay);
  }

  @Test
  void aTargetBelowNoDirectoryIsAnIoException() throws IOException {
    assertThatIOException()
        .isThrownBy(() -> Png.toBmp(source, directory.resolve("no/such/place.bmp")));
    assertThatIOException().isThrownBy(() -> Png.toBmp(source, source.resolve("below-a-file.bmp")));
    assertThat(files()).containsExactly(source);
  }

  @Test
  void aTargetThatMayNotBeWrittenIsAnIoException() throws IOException {
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      // root may write to every directory but those of the kernel
      Path place = Files.isWritable(closed) ? Path.of("/proc") : closed;
      assumeTrue(Files.isDirectory(place), "skipped: this user may write everywhere");
      assertThatIOException().isThrownBy(() -> Png.toBmp(source, place.resolve("out.bmp")));
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** The BMP has been written by then, under its temporary name. */
  @Test
  void aTargetWhoseNameTheSystemRefusesIsAnIoExceptionAndLeavesNothing() throws IOException {
    Path tooLong = directory.resolve("x".repeat(300) + ".bmp");
    assertThatIOException().isThrownBy(() -> Png.toBmp(source, tooLong));
    assertThat(files()).containsExactly(source);
  }

  @Test
  void anInterruptedThreadGetsAnIoExceptionAndLeavesNothing() throws IOException {
    Files.write(target, OLD);
    Thread.currentThread().interrupt();
    assertThatIOException().isThrownBy(() -> Png.toBmp(source, target));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(target).hasBinaryContent(OLD);
    assertThat(files()).containsExactlyInAnyOrder(source, target);
  }

  @Test
  void aFullDeviceIsAnIoException() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "skipped: there is no /dev/full");
    assertThatIOException().isThrownBy(() -> Png.toBmp(source, full));
    assertThat(full).exists();
  }

  @Test
  void readersOfTheTargetSeeTheOldOrTheNewFileAndNeverAPart() throws Exception {
    TestImage large = TestImage.gradient(new PngFormat(PngFormat.RGB, 8), 600, 600);
    byte[] largeExpected = ReferenceBmp.bytes(large);
    Files.write(source, PngWriter.bytesOf(large));
    Files.write(target, OLD);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Callable<Void> converting =
          () -> {
            for (int i = 0; i < 30; i++) {
              Png.toBmp(source, target);
            }
            return null;
          };
      List<Future<Void>> writers = new ArrayList<>();
      writers.add(threads.submit(converting));
      writers.add(threads.submit(converting));
      while (!writers.stream().allMatch(Future::isDone)) {
        byte[] seen = Files.readAllBytes(target);
        assertThat(Arrays.equals(seen, OLD) || Arrays.equals(seen, largeExpected))
            .as("%d bytes", seen.length)
            .isTrue();
      }
      for (Future<Void> writer : writers) {
        writer.get();
      }
    }
    assertThat(files()).containsExactlyInAnyOrder(source, target);
  }
}
