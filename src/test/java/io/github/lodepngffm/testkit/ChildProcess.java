package io.github.lodepngffm.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that a test starts and waits for. */
public final class ChildProcess {
  private static final int PATIENCE_SECONDS = 120;

  private final List<String> command = new ArrayList<>();

  /** How it ended, and what it printed. */
  public record Result(int exitCode, String output, String errors) {}

  private ChildProcess(String program, String... arguments) {
    command.add(program);
    command.addAll(List.of(arguments));
  }

  public static ChildProcess of(String program, String... arguments) {
    return new ChildProcess(program, arguments);
  }

  /** A program of the JDK that runs this test, such as {@code java}. */
  public static ChildProcess ofJdk(String name, String... arguments) {
    return of(Path.of(System.getProperty("java.home"), "bin", name).toString(), arguments);
  }

  public ChildProcess with(String... arguments) {
    command.addAll(List.of(arguments));
    return this;
  }

  /** Runs it with an empty standard input. */
  public Result run(Path directory) throws IOException, InterruptedException {
    Path output = Files.createTempFile("output", ".txt");
    Path errors = Files.createTempFile("errors", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      builder.environment().remove("JDK_JAVA_OPTIONS");
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end in " + PATIENCE_SECONDS + " s");
      }
      return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }
}
