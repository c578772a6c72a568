package io.github.lodepngffm.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * The files of a folder, in the order of their names. Folders that are reached by a symbolic link
 * are not entered: links can lead in circles, and out of what the user meant.
 */
final class ImageFolder {
  private final Program program;
  private final Path folder;
  private final String name;
  private final Path below;
  private final boolean recursive;
  private final Predicate<Path> wanted;

  /**
   * Those whose names are those of inputs.
   *
   * @param name how the user knows the folder
   * @param below where its outputs go, below the output folder
   */
  ImageFolder(Program program, Path folder, String name, Path below, boolean recursive) {
    this(program, folder, name, below, recursive, program::takes);
  }

  /**
   * Those that are wanted.
   *
   * @param wanted is asked with the path below the output folder that the input would have
   */
  ImageFolder(
      Program program,
      Path folder,
      String name,
      Path below,
      boolean recursive,
      Predicate<Path> wanted) {
    this.program = program;
    this.folder = folder;
    this.name = name;
    this.below = below;
    this.recursive = recursive;
    this.wanted = wanted;
  }

  /**
   * Hands all on.
   *
   * @return whether the taker wants more
   */
  boolean forEach(PlannedConversion.Taker taker) {
    List<String> entries;
    try {
      entries = entries();
    } catch (IOException e) {
      return taker.take(PlannedConversion.impossible(name, FailureText.reason(e, null)));
    }
    for (String entry : entries) {
      if (!take(entry, taker)) {
        return false;
      }
    }
    return true;
  }

  private List<String> entries() throws IOException {
    List<String> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entry -> entries.add(FileNames.text(entry.getFileName())));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(entries);
    return entries;
  }

  private boolean take(String entry, PlannedConversion.Taker taker) {
    Path file = FileNames.path(entry);
    Path path = folder.resolve(file);
    Path relative = below.resolve(file);
    String entryName = FileNames.text(FileNames.path(name).resolve(file));
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return !recursive
          || new ImageFolder(program, path, entryName, relative, true, wanted).forEach(taker);
    }
    if (!wanted.test(relative) || Files.isDirectory(path)) {
      return true;
    }
    Path output = relative.resolveSibling(program.outputOf(file));
    return taker.take(PlannedConversion.of(entryName, path, output));
  }
}
