package io.github.lodepngffm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * From what the user named to one planned conversion per input. Nothing is collected: each is
 * handed on when it is found, so that any number of files can be planned in little memory. Where an
 * output goes, below the output folder:
 *
 * <ul>
 *   <li>a file named on the command line: under its own name;
 *   <li>a file found in a folder, or by a pattern: where it is below that folder, or below the
 *       pattern's directories without wildcards;
 *   <li>a file named by a list: under its whole path, of an absolute one without the root. A path
 *       that climbs out by ".." is refused.
 * </ul>
 */
final class ConversionPlan {
  private static final int SHOWN_OF_LONG_NAME = 60;

  private final Surroundings surroundings;
  private final List<String> inputs;
  private final PathList list;
  private final boolean recursive;

  /**
   * A plan that has looked at nothing yet.
   *
   * @param inputs files, folders and patterns
   * @param list names more of them; or null
   * @param recursive whether folders inside of folders are entered
   */
  ConversionPlan(Surroundings surroundings, List<String> inputs, PathList list, boolean recursive) {
    this.surroundings = surroundings;
    this.inputs = List.copyOf(inputs);
    this.list = list;
    this.recursive = recursive;
  }

  /** Whether it can be gone through again: what comes out of a pipe comes only once. */
  boolean isRepeatable() {
    return list == null || list.isRepeatable(surroundings);
  }

  /** How many files there are, as far as it can be told; stops early when interrupted. */
  long count() throws IOException {
    long[] count = new long[1];
    forEach(conversion -> {
      count[0]++;
      return !Thread.currentThread().isInterrupted();
    });
    return count[0];
  }

  /**
   * Hands all on, in an order that depends only on the names.
   *
   * @throws IOException if the list cannot be read; what cannot be read of the inputs is handed on
   *     as a problem
   */
  void forEach(PlannedConversion.Taker taker) throws IOException {
    for (String input : inputs) {
      if (!named(input, taker)) {
        return;
      }
    }
    if (list != null) {
      listed(taker);
    }
  }

  private boolean named(String input, PlannedConversion.Taker taker) {
    Path path = pathOf(input);
    if (path == null || !Files.exists(path)) {
      if (GlobPattern.isOne(input)) {
        return GlobPattern.of(input).forEach(surroundings, taker);
      }
    }
    if (path == null) {
      return taker.take(PlannedConversion.impossible(input, whyNoPath(input)));
    }
    if (Files.isDirectory(path)) {
      return folder(path, input, Path.of("")).forEach(taker);
    }
    return taker.take(PlannedConversion.of(input, path, surroundings.program().outputOf(path)));
  }

  private void listed(PlannedConversion.Taker taker) throws IOException {
    list.forEach(
        surroundings,
        (path, place) -> listed(path, conversion -> taker.take(conversion.listedAt(place))));
  }

  private boolean listed(String line, PlannedConversion.Taker taker) {
    if (line.length() > PathList.MOST_BYTES) {
      return taker.take(
          PlannedConversion.impossible(
              line.substring(0, SHOWN_OF_LONG_NAME) + "...", "longer than a path can be"));
    }
    Path path = pathOf(line);
    if (path == null) {
      return taker.take(PlannedConversion.impossible(line, whyNoPath(line)));
    }
    Path written = FileNames.path(line);
    Path root = written.getRoot();
    Path below = (root == null ? written : root.relativize(written)).normalize();
    if (below.startsWith("..")) {
      return taker.take(
          PlannedConversion.impossible(
              line,
              "the path climbs out by \"..\", and its %s would leave the output folder"
                  .formatted(surroundings.program().output())));
    }
    if (Files.isDirectory(path)) {
      return folder(path, line, below).forEach(taker);
    }
    Path output = below.resolveSibling(surroundings.program().outputOf(below));
    return taker.take(PlannedConversion.of(line, path, output));
  }

  private ImageFolder folder(Path path, String name, Path below) {
    return new ImageFolder(surroundings.program(), path, name, below, recursive);
  }

  private Path pathOf(String text) {
    try {
      return surroundings.resolve(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private String whyNoPath(String text) {
    return list != null && !list.nulSeparated() && text.indexOf('\0') >= 0
        ? "not a path: it has a zero byte; with -0 they separate the paths of a list"
        : "not a path";
  }
}
