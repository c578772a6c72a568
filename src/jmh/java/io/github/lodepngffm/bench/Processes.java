package io.github.lodepngffm.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that are started, measured, and end. */
final class Processes {
  private static final int TIMEOUT_SECONDS = 120;

  private Processes() {}

  /** What a finished program left: its output, and how long it took from start to end. */
  record Outcome(String output, double millis) {}

  /** Runs a class of the harness in a virtual machine of its own. */
  static Outcome java(List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return javaOn(System.getProperty("java.class.path"), options, main, arguments);
  }

  /** Runs a class in a virtual machine of its own, on another class path. */
  static Outcome javaOn(String classPath, List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JmhSubsets.JVM_OPTIONS);
    command.addAll(options);
    command.add("-cp");
    command.add(classPath);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** Runs a program to its end; what it says on its error output goes to ours. */
  static Outcome run(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    double millis = (System.nanoTime() - start) / 1e6;
    if (!ended || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(command.getFirst() + " failed: " + output.strip());
    }
    return new Outcome(output, millis);
  }
}
