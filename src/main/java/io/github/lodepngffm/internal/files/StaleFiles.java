package io.github.lodepngffm.internal.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What processes have left behind that were killed while they wrote a file. The first file that is
 * completed in a directory takes those away that are of the same user and of no living process: the
 * system has released the lock that a {@link PendingFile} holds while it is written, and there is
 * no process any more of the number and start that are in the name. The lock alone would not do for
 * the moment between a file's last byte and its name, and processes alone not for directories that
 * several machines or containers share.
 */
final class StaleFiles {
  static final String PREFIX = ".lodepngffm-";
  private static final String SUFFIX = ".tmp";

  /** How exactly two processes agree on the start of a third, which the system counts in ticks. */
  private static final long SECONDS_OF_DOUBT = 3;

  /** A process that writes to ever new directories must not remember all of them. */
  private static final int MOST_DIRECTORIES = 1000;

  private static final Set<Path> LOOKED_THROUGH = ConcurrentHashMap.newKeySet();

  private StaleFiles() {}

  /** This process, in the names of its files. Another class loader in it has the same one. */
  private static final class Own {
    static final ProcessHandle PROCESS = ProcessHandle.current();
    static final String MARK =
        PROCESS.pid() + "-" + Long.toHexString(startOf(PROCESS).orElse(0L)) + "-";
  }

  private static Optional<Long> startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::getEpochSecond);
  }

  /** A name for a file that this process is going to write. */
  static String newName() {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    return PREFIX + Own.MARK + random + SUFFIX;
  }

  /**
   * Deletes stale files. Never fails: it is a courtesy.
   *
   * @param completed a file of the user, just written; those beside it are looked at
   */
  static void deleteBeside(Path completed) {
    Path directory = completed.getParent();
    if (directory == null
        || directory.getFileSystem() != FileSystems.getDefault()
        || !LOOKED_THROUGH.add(directory)) {
      return;
    }
    if (LOOKED_THROUGH.size() > MOST_DIRECTORIES) {
      LOOKED_THROUGH.clear();
    }
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(directory, file -> isTemporary(file.getFileName().toString()))) {
      for (Path file : found) {
        if (isOfSameUser(file, completed) && !isOfLivingProcess(file)) {
          deleteUnlessLocked(file);
        }
      }
    } catch (Exception e) { // nobody needs this to work
      return;
    }
  }

  private static boolean isTemporary(String name) {
    return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
  }

  private static boolean isOfSameUser(Path file, Path completed) throws IOException {
    UserPrincipal user = Files.getOwner(completed, LinkOption.NOFOLLOW_LINKS);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(user);
  }

  /** What this class has not named counts as somebody's. */
  private static boolean isOfLivingProcess(Path file) {
    Matcher name =
        Pattern.compile("\\.lodepngffm-(\\d{1,18})-([0-9a-f]{1,15})-[0-9a-f]{16}\\.tmp")
            .matcher(file.getFileName().toString());
    if (!name.matches() || file.getFileName().toString().startsWith(PREFIX + Own.MARK)) {
      return true; // of our own, opening and closing it would release its lock
    }
    long start = Long.parseLong(name.group(2), 16);
    return ProcessHandle.of(Long.parseLong(name.group(1)))
        .filter(process ->
            startOf(process)
                .map(seconds -> Math.abs(seconds - start) <= SECONDS_OF_DOUBT)
                .orElse(true))
        .isPresent();
  }

  private static void deleteUnlessLocked(Path file) {
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return; // there are no locks here, or it is gone already
    }
  }
}
