package io.github.lodepngffm.internal.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * What virtual machines have left behind that were killed while they loaded the library, which
 * takes milliseconds, or that could not delete a library in use. It goes after a day: by then
 * nobody is still loading it, and where a library in use cannot be deleted, it stays.
 */
final class StaleDirectories {
  static final String PREFIX = "lodepngffm-";
  private static final Duration AGE = Duration.ofDays(1);

  private StaleDirectories() {}

  /**
   * Deletes old directories of the same user. Never fails: it is a courtesy.
   *
   * @param fresh the directory just made; those beside it are looked at
   * @param fileName of the library, the only file that is deleted
   */
  static void deleteBeside(Path fresh, String fileName) {
    FileTime newest = FileTime.from(Instant.now().minus(AGE));
    try (DirectoryStream<Path> found = Files.newDirectoryStream(fresh.getParent(), PREFIX + "*")) {
      for (Path directory : found) {
        if (isStale(directory, newest) && isOfSameOwner(directory, fresh)) {
          delete(directory, fileName);
        }
      }
    } catch (Exception e) { // nobody needs this to work
      return;
    }
  }

  /** Digits follow the prefix where this library has made it; a link is nobody's directory. */
  private static boolean isStale(Path directory, FileTime newest) throws IOException {
    String number = directory.getFileName().toString().substring(PREFIX.length());
    if (!number.matches("[0-9]+")) {
      return false;
    }
    BasicFileAttributes attributes =
        Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return attributes.isDirectory() && attributes.lastModifiedTime().compareTo(newest) < 0;
  }

  private static boolean isOfSameOwner(Path one, Path other) throws IOException {
    FileOwnerAttributeView ofOne = owner(one);
    FileOwnerAttributeView ofOther = owner(other);
    return ofOne != null && ofOther != null && ofOne.getOwner().equals(ofOther.getOwner());
  }

  private static FileOwnerAttributeView owner(Path path) {
    return Files.getFileAttributeView(
        path, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static void delete(Path directory, String fileName) {
    try {
      Files.deleteIfExists(directory.resolve(fileName));
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      return; // in use, or not only ours
    }
  }
}
