package io.github.lodepngffm.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * A folder of test data outside the repository, named by an environment variable. Without the
 * variable the tests that need it are skipped with a printed reason; with a variable that names no
 * folder they fail, because somebody wanted them to run.
 */
final class TestData {

  private final String variable;
  private final String what;
  private final Optional<Path> folder;

  TestData(String variable, String what) {
    this.variable = variable;
    this.what = what;
    this.folder =
        Optional.ofNullable(System.getenv(variable)).filter(s -> !s.isBlank()).map(Path::of);
  }

  boolean isAvailable() {
    return folder.isPresent();
  }

  void assumeAvailable() {
    if (folder.isEmpty()) {
      String reason = "skipped: " + variable + " is not set; it names the folder of " + what;
      System.out.println(reason);
      Assumptions.abort(reason);
    }
    if (!Files.isDirectory(folder.get())) {
      throw new IllegalStateException(variable + " names no folder: " + folder.get());
    }
  }

  Path root() {
    assumeAvailable();
    return folder.orElseThrow();
  }

  Path path(String file) {
    Path path = root().resolve(file);
    if (!Files.isRegularFile(path)) {
      throw new IllegalStateException("no such file below " + variable + ": " + path);
    }
    return path;
  }

  byte[] bytes(String file) {
    try {
      return Files.readAllBytes(path(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Path> filesWith(String suffix) {
    try (var files = Files.list(root())) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a tab-separated table, after a check that its first line is this header. */
  List<String[]> rows(String table, String... header) {
    List<String> lines;
    try {
      lines = Files.readAllLines(path(table));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String expected = String.join("\t", header);
    if (lines.isEmpty() || !lines.getFirst().equals(expected)) {
      throw new IllegalStateException(table + " does not start with the columns " + expected);
    }
    List<String[]> rows =
        lines.stream().skip(1).filter(s -> !s.isEmpty()).map(s -> s.split("\t", -1)).toList();
    for (String[] row : rows) {
      if (row.length != header.length) {
        throw new IllegalStateException(
            "%s: the row of %s has %d columns, not %d"
                .formatted(table, row[0], row.length, header.length));
      }
    }
    return rows;
  }
}
