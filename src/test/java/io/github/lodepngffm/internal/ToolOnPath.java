package io.github.lodepngffm.internal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A program of the machine that a test would like to use. */
record ToolOnPath(Path program) {

  static Optional<ToolOnPath> find(String name) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(ToolOnPath::new);
  }

  /** Skips the calling test, with a printed reason, where there is no such program. */
  static ToolOnPath assumePresent(String name) {
    Optional<ToolOnPath> tool = find(name);
    if (tool.isEmpty()) {
      skip("there is no " + name + " on the PATH");
    }
    return tool.orElseThrow();
  }

  static void skip(String reason) {
    System.out.println("skipped: " + reason);
    Assumptions.abort("skipped: " + reason);
  }

  /** Runs to the end, which must be a good one, and returns what was printed. */
  String run(Path directory, String... arguments) throws IOException, InterruptedException {
    ChildProcess.Result result = ChildProcess.of(program.toString(), arguments).run(directory);
    if (result.exitCode() != 0) {
      throw new AssertionError(program + " ended with " + result);
    }
    return result.output();
  }
}
