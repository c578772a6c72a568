package io.github.lodepngffm.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The folder that all outputs of a run go below. No input, however it is called, and no symbolic
 * link that lies below, makes a file or a directory appear outside of it.
 */
final class OutputFolder {
  private final Path folder;
  private Path lastPrepared;

  OutputFolder(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder;
  }

  /**
   * Where an output goes. Touches nothing.
   *
   * @param relative as the plan has it
   * @throws FileSystemException if that is outside, or is a link
   */
  Path resolve(Path relative) throws FileSystemException {
    Path normal = relative.normalize();
    if (relative.isAbsolute() || normal.startsWith("..") || normal.toString().isEmpty()) {
      throw new FileSystemException(relative.toString(), null, "is outside of " + folder);
    }
    Path output = folder.resolve(normal);
    refuseLink(output, output);
    return output;
  }

  /**
   * Makes the directories that an output needs. One step at a time, since making them at once would
   * go through a link and beyond.
   *
   * @param output as {@link #resolve} returned it
   */
  void makeDirectoriesFor(Path output) throws IOException {
    Path parent = output.getParent();
    if (parent == null || parent.equals(lastPrepared)) {
      return;
    }
    Files.createDirectories(folder);
    Path step = folder;
    for (Path name : folder.relativize(parent)) {
      if (name.toString().isEmpty()) {
        continue;
      }
      step = step.resolve(name);
      refuseLink(step, output);
      try {
        Files.createDirectory(step);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(step, LinkOption.NOFOLLOW_LINKS)) {
          throw new FileSystemException(output.toString(), null, step + " is no directory");
        }
      }
    }
    lastPrepared = parent;
  }

  private static void refuseLink(Path path, Path output) throws FileSystemException {
    if (Files.isSymbolicLink(path)) {
      throw new FileSystemException(
          output.toString(),
          null,
          path + " is a symbolic link, which could lead out of the output folder");
    }
  }
}
