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
    return run(Program.PNG2BMP, standardInput, directory, 0, arguments);
  }

  static CommandLineRun onTerminal(int columns, Path directory, String... arguments) {
    return run(Program.PNG2BMP, new byte[0], directory, columns, arguments);
  }

  /** Of {@code bmp2png}. */
  static CommandLineRun ofBmp2Png(byte[] standardInput, Path directory, String... arguments) {
    return run(Program.BMP2PNG, standardInput, directory, 0, arguments);
  }

  private static CommandLineRun run(
      Program program,
      byte[] standardInput,
      Path directory,
      int terminalColumns,
      String... arguments) {
    ByteArrayOutputStream binaryOut = new ByteArrayOutputStream();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            program,
            directory,
            new ByteArrayInputStream(standardInput),
            binaryOut,
            new TextOutput(out, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Surroundings.Terminal(terminalColumns, terminalColumns > 0));
    ConversionCommand command =
        program == Program.PNG2BMP ? new Png2Bmp(surroundings) : new Bmp2Png(surroundings);
    int exitCode = command.execute(arguments);
    return new CommandLineRun(
        exitCode,
        binaryOut.toByteArray(),
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8));
  }
}
