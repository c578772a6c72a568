package io.github.lodepngffm.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A program of the machine that a test would like to use. */
public record ToolOnPath(Path program) {

  public static Optional<ToolOnPath> find(String name) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(ToolOnPath::new);
  }

  /** Skips the calling test, with a printed reason, where there is no such program. */
  public static ToolOnPath assumePresent(String name) {
    Optional<ToolOnPath> tool = find(name);
    if (tool.isEmpty()) {
      skip("there is no " + name + " on the PATH");
    }
    return tool.orElseThrow();
  }

  public static void skip(String reason) {
    System.out.println("skipped: " + reason);
    Assumptions.abort("skipped: " + reason);
  }

  /** Runs to the end, which must be a good one, and returns what was printed. */
  public String run(Path directory, String... arguments) throws IOException, InterruptedException {
    ChildProcess.Result result = ChildProcess.of(program.toString(), arguments).run(directory);
    if (result.exitCode() != 0) {
      throw new AssertionError(program + " ended with " + result);
    }
    return result.output();
  }
}
