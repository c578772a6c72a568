package io.github.lodepngffm.internal.load;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A new directory that nobody else may enter. What makes it safe is that the system creates it with
 * its permissions in one step, and only where nothing of that name is yet, be it a link. A name
 * that others can guess would therefore only cost another attempt, and needs no secure random
 * numbers, whose provider takes longer to start than the library to load.
 */
final class PrivateDirectory {
  /** Digits follow. */
  static final String PREFIX = "lodepngffm-";

  /** More than could be taken unless somebody wants all of them to be. */
  private static final int ATTEMPTS = 1000;

  private PrivateDirectory() {}

  static Path in(Path parent) throws IOException {
    FileAttribute<?>[] ownerOnly = ownerOnly(parent);
    FileAlreadyExistsException taken = null;
    for (int i = 0; i < ATTEMPTS; i++) {
      Path directory = parent.resolve(PREFIX + (ThreadLocalRandom.current().nextLong() >>> 1));
      try {
        return Files.createDirectory(directory, ownerOnly);
      } catch (FileAlreadyExistsException e) {
        taken = e;
      }
    }
    throw taken;
  }

  /** A file system that knows no permissions, such as that of Windows, refuses to set them. */
  private static FileAttribute<?>[] ownerOnly(Path parent) {
    if (!parent.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> all =
        Set.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(all)};
  }
}
