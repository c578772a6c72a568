package io.github.lodepngffm.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file is before it has its name. */
class PendingFileTest {
  @TempDir private Path directory;
  private Path target;

  @BeforeEach
  void chooseTarget() throws IOException {
    assumeTrue(
        Files.getFileStore(directory).supportsFileAttributeView("posix"),
        "skipped: this file system has no permissions");
    target = directory.resolve("picture.bmp");
  }

  private String permissionsOfTheTemporaryFile() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> others = files.filter(file -> !file.equals(target)).toList();
      assertThat(others).hasSize(1);
      return permissions(others.getFirst());
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void whatReplacesAPrivateFileIsPrivateBeforeItIsComplete() throws IOException {
    Files.createFile(target);
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
    try (PendingFile pending = PendingFile.nextTo(target)) {
      assertThat(permissionsOfTheTemporaryFile()).isEqualTo("rw-------");
      pending.complete();
    }
    assertThat(permissions(target)).isEqualTo("rw-------");
  }

  @Test
  void whatReplacesAPublicFileIsPrivateUntilItIsCompleteAndPublicThen() throws IOException {
    Files.createFile(target);
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw-r--"));
    try (PendingFile pending = PendingFile.nextTo(target)) {
      assertThat(permissionsOfTheTemporaryFile()).isEqualTo("rw-------");
      pending.complete();
    }
    assertThat(permissions(target)).isEqualTo("rw-rw-r--");
  }

  @Test
  void aNewFileHasThePermissionsThatAnyNewFileHas() throws IOException {
    try (PendingFile pending = PendingFile.nextTo(target)) {
      pending.complete();
    }
    Path ordinary = Files.createFile(directory.resolve("ordinary"));
    assertThat(permissions(target)).isEqualTo(permissions(ordinary));
  }

  @Test
  void aFailureNamesTheFileThatWasAskedForNotTheTemporaryOne() throws IOException {
    Path nowhere = directory.resolve("no/such/directory/picture.bmp");
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> PendingFile.nextTo(nowhere))
        .withMessage(nowhere + ": there is no such directory");

    Path closed = Files.createDirectory(directory.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeTrue(!Files.isWritable(closed), "skipped: this user may write everywhere");
    Path refused = closed.resolve("picture.bmp");
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> PendingFile.nextTo(refused))
        .withMessageStartingWith(refused + ": ");
  }
}
