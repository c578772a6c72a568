package io.github.lodepngffm.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * From what the user named to one planned conversion per PNG. Nothing is collected: each is handed
 * on when it is found, so that any number of files can be planned in little memory. Where a BMP
 * goes, below the output folder:
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
  /** Takes what is found, one at a time, and may take its time. */
  interface Taker {
    /**
     * Takes one.
     *
     * @return whether it wants more
     */
    boolean take(PlannedConversion conversion);
  }

  private final Surroundings surroundings;
  private final List<String> inputs;
  private final String list;
  private final boolean recursive;

  /**
   * A plan that has looked at nothing yet.
   *
   * @param inputs files, folders and patterns
   * @param list a file of paths, one a line; {@link SingleConversion#STREAM} is standard input; or
   *     null
   * @param recursive whether folders inside of folders are entered
   */
  ConversionPlan(Surroundings surroundings, List<String> inputs, String list, boolean recursive) {
    this.surroundings = surroundings;
    this.inputs = List.copyOf(inputs);
    this.list = list;
    this.recursive = recursive;
  }

  /** Whether it can be gone through again: standard input comes only once. */
  boolean isRepeatable() {
    return !SingleConversion.STREAM.equals(list);
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
  void forEach(Taker taker) throws IOException {
    for (String input : inputs) {
      if (!named(input, taker)) {
        return;
      }
    }
    if (list != null) {
      listed(taker);
    }
  }

  private boolean named(String input, Taker taker) {
    Path path = pathOf(input);
    if (path == null || !Files.exists(path)) {
      if (GlobPattern.isOne(input)) {
        return GlobPattern.of(input).forEach(surroundings.directory(), taker);
      }
    }
    if (path == null) {
      return taker.take(PlannedConversion.impossible(input, "not a path"));
    }
    if (Files.isDirectory(path)) {
      return new PngFolder(path, input, Path.of(""), recursive).forEach(taker);
    }
    return taker.take(PlannedConversion.of(input, path, Path.of(BmpNames.of(input))));
  }

  private void listed(Taker taker) throws IOException {
    try (BufferedReader lines = openList()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty() && !listed(line, taker)) {
          return;
        }
      }
    }
  }

  private boolean listed(String line, Taker taker) {
    Path path = pathOf(line);
    if (path == null) {
      return taker.take(PlannedConversion.impossible(line, "not a path"));
    }
    Path written = Path.of(line);
    Path root = written.getRoot();
    Path below = (root == null ? written : root.relativize(written)).normalize();
    if (below.startsWith("..")) {
      return taker.take(
          PlannedConversion.impossible(
              line, "the path climbs out by \"..\", and its BMP would leave the output folder"));
    }
    if (Files.isDirectory(path)) {
      return new PngFolder(path, line, below, recursive).forEach(taker);
    }
    Path bmp = below.resolveSibling(BmpNames.of(below.toString()));
    return taker.take(PlannedConversion.of(line, path, bmp));
  }

  private Path pathOf(String text) {
    try {
      return surroundings.directory().resolve(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private BufferedReader openList() throws IOException {
    return isRepeatable()
        ? Files.newBufferedReader(surroundings.directory().resolve(list))
        : new BufferedReader(
            Channels.newReader(new LineSource(surroundings.inChannel()), StandardCharsets.UTF_8));
  }

  /**
   * Standard input as a channel that is no FileChannel: of one, Java's decoder waits for a whole
   * buffer, and the first path of a slow list would be converted when the last one is there.
   */
  private record LineSource(ReadableByteChannel source) implements ReadableByteChannel {
    @Override
    public int read(ByteBuffer target) throws IOException {
      return source.read(target);
    }

    @Override
    public boolean isOpen() {
      return source.isOpen();
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
