package io.github.lodepngffm.internal.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What virtual machines have left behind that were killed while they loaded the library, which
 * takes milliseconds, or that could not delete a library in use. It goes after a day: by then
 * nobody is still loading it, and where a library in use cannot be deleted, it stays.
 *
 * <p>A thread of its own looks for it, once the library is loaded: nobody waits for that.
 */
final class StaleDirectories extends Thread {
  private static final long AGE_MILLIS = 24 * 60 * 60 * 1000;

  private final Path parent;
  private final Object user;
  private final String fileName;

  /** Called while the own directory is there: it is deleted once the library is loaded. */
  private StaleDirectories(Path library) throws IOException {
    super(null, null, "lodepng-ffm-housekeeping", 0, false);
    parent = library.getParent().getParent();
    user = ownerOf(library.getParent());
    fileName = library.getFileName().toString();
  }

  /**
   * Begins to delete old directories of the same user. Never fails: it is a courtesy.
   *
   * @param library as it was extracted now; what had been extracted in the same way is looked for
   */
  static void beginDeleting(Path library) {
    try {
      StaleDirectories thread = new StaleDirectories(library);
      thread.setDaemon(true);
      thread.start();
    } catch (Throwable e) {
      return; // no thread to be had
    }
  }

  @Override
  public void run() {
    try {
      String[] names = parent.toFile().list();
      if (names != null) {
        deleteStaleOnes(names);
      }
    } catch (Throwable e) {
      return; // such as a class loader that was closed meanwhile
    }
  }

  private void deleteStaleOnes(String[] names) throws IOException {
    for (String name : names) {
      if (isOneOfOurs(name)) {
        Path directory = parent.resolve(name);
        if (isStale(directory) && user.equals(ownerOf(directory))) {
          delete(directory);
        }
      }
    }
  }

  /** Digits follow the prefix where this library has made it. */
  private static boolean isOneOfOurs(String name) {
    int digits = PrivateDirectory.PREFIX.length();
    if (!name.startsWith(PrivateDirectory.PREFIX) || name.length() == digits) {
      return false;
    }
    for (int i = digits; i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** A link is nobody's directory. */
  private static boolean isStale(Path directory) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      long age = System.currentTimeMillis() - attributes.lastModifiedTime().toMillis();
      return attributes.isDirectory() && age > AGE_MILLIS;
    } catch (IOException e) {
      return false; // it has gone
    }
  }

  /** The number of the user where there are numbers: not every user has a name. */
  private static Object ownerOf(Path directory) throws IOException {
    try {
      return Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException e) {
      return Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private void delete(Path directory) {
    try {
      Files.deleteIfExists(directory.resolve(fileName));
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      return; // in use, or not only ours
    }
  }
}
