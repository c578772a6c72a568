package io.github.lodepngffm.internal.files;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that gets its name when it is complete, and is deleted otherwise. It stands in the
 * target's directory, so that the move is a rename, which readers of the target never see half
 * done.
 */
public final class PendingFile implements AutoCloseable {
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path path;
  private final Path target;
  private final FileChannel channel;
  private boolean complete;

  private PendingFile(Path path, Path target, FileChannel channel) {
    this.path = path;
    this.target = target;
    this.channel = channel;
  }

  /**
   * Makes one for a target, in its directory.
   *
   * @param file the target
   * @return to be completed, or closed without that
   * @throws IOException if no file can be made there
   */
  public static PendingFile nextTo(Path file) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    if (Files.isDirectory(target)) {
      throw new FileSystemException(file.toString(), null, "is a directory");
    }
    while (true) {
      Path path = target.resolveSibling(StaleFiles.newName());
      try {
        PendingFile pending = new PendingFile(path, target, open(path, target));
        if (pending.isLocked()) {
          return pending;
        }
        pending.close(); // one who looked for stale files was faster: the next will be ours
      } catch (FileAlreadyExistsException e) {
        continue; // somebody else's: the next name will be free
      } catch (NoSuchFileException | AccessDeniedException e) { // of a name that nobody has given
        throw about(file, e);
      }
    }
  }

  /** What will replace a file may be read by nobody else before it has that file's permissions. */
  private static FileAttribute<?>[] attributesOf(Path target) {
    boolean replaces =
        Files.exists(target)
            && Files.getFileAttributeView(target, PosixFileAttributeView.class) != null;
    return replaces
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static FileSystemException about(Path file, FileSystemException e) {
    FileSystemException named =
        e instanceof NoSuchFileException
            ? new NoSuchFileException(file.toString(), null, "there is no such directory")
            : new AccessDeniedException(
                file.toString(), null, "no file may be created in its directory");
    named.initCause(e);
    return named;
  }

  private static FileChannel open(Path path, Path target) throws IOException {
    return FileChannel.open(path, NEW, attributesOf(target));
  }

  /**
   * Tells others that the file is not stale, for as long as it is open. Where there are no locks
   * nobody deletes stale files either.
   */
  private boolean isLocked() throws IOException {
    try {
      if (channel.tryLock() == null) {
        return false;
      }
    } catch (ClosedChannelException e) { // by an interrupt
      close();
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      return true;
    }
    return Files.exists(path);
  }

  /**
   * Where its content goes.
   *
   * @return open until it is complete
   */
  public FileChannel channel() {
    return channel;
  }

  /**
   * Gives the file its name, and the permissions of the file that it replaces.
   *
   * @throws IOException if that fails; the target is what it was
   */
  public void complete() throws IOException {
    channel.close();
    keepPermissions();
    try {
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
    }
    complete = true;
    StaleFiles.deleteBeside(target);
  }

  private void keepPermissions() throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
    PosixFileAttributeView fresh = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (old != null && fresh != null && Files.exists(target)) {
      fresh.setPermissions(old.readAttributes().permissions());
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      // some file systems tell only now that the disk is full: then the file must go all the same
    } finally {
      if (!complete) {
        Files.deleteIfExists(path);
      }
    }
  }
}
