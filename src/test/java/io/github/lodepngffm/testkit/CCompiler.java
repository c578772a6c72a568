package io.github.lodepngffm.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's C compiler, for tests that ask it what a header means. */
public record CCompiler(ToolOnPath tool) {

  public static CCompiler assumePresent() {
    return new CCompiler(ToolOnPath.assumePresent("cc"));
  }

  /** Compiles and runs a program; its output. */
  public String run(String program, Path includes, Path directory)
      throws IOException, InterruptedException {
    Path executable = directory.resolve("program");
    compile(program, directory, executable, "-I", includes.toAbsolutePath().toString());
    return new ToolOnPath(executable).run(directory);
  }

  /** Compiles a shared library. */
  public Path sharedLibrary(String source, Path directory)
      throws IOException, InterruptedException {
    Path library = directory.resolve(System.mapLibraryName("other"));
    compile(source, directory, library, "-shared", "-fPIC");
    return library;
  }

  private void compile(String source, Path directory, Path target, String... options)
      throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("source.c"), source);
    String[] arguments = new String[options.length + 4];
    arguments[0] = "-std=c11";
    System.arraycopy(options, 0, arguments, 1, options.length);
    arguments[options.length + 1] = "-o";
    arguments[options.length + 2] = target.toString();
    arguments[options.length + 3] = file.toString();
    tool.run(directory, arguments);
  }
}
