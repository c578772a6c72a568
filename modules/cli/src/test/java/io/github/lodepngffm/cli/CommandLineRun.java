package io.github.lodepngffm.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A run of the command line inside this process.
 *
 * @param binaryOut what a BMP on standard output would be
 */
record CommandLineRun(int exitCode, byte[] binaryOut, String out, String err) {

  static CommandLineRun in(Path directory, String... arguments) {
    return withInput(new byte[0], directory, arguments);
  }

  static CommandLineRun withInput(byte[] standardInput, Path directory, String... arguments) {
    return run(standardInput, directory, 0, arguments);
  }

  static CommandLineRun onTerminal(int columns, Path directory, String... arguments) {
    return run(new byte[0], directory, columns, arguments);
  }

  private static CommandLineRun run(
      byte[] standardInput, Path directory, int terminalColumns, String... arguments) {
    ByteArrayOutputStream binaryOut = new ByteArrayOutputStream();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            Program.PNG2BMP,
            directory,
            new ByteArrayInputStream(standardInput),
            binaryOut,
            new TextOutput(out, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Surroundings.Terminal(terminalColumns, terminalColumns > 0));
    int exitCode = new Png2Bmp(surroundings).execute(arguments);
    return new CommandLineRun(
        exitCode,
        binaryOut.toByteArray(),
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8));
  }
}
