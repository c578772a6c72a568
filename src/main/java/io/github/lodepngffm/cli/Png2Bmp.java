package io.github.lodepngffm.cli;

import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.PngException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code png2bmp}: its options, and what they lead to. */
@Command(
    name = "png2bmp",
    versionProvider = ProductVersion.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    headerHeading = "Converts PNG images to the classic 24-bit BMP.%n%n",
    synopsisHeading = "Usage: ",
    abbreviateSynopsis = true,
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Done.",
      "1:A conversion failed. A line on standard error names the file, the code and the reason;"
          + " no partial BMP is left, and an existing one is as it was.",
      "2:The command line is wrong."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  png2bmp photo.png                    writes photo.bmp in the current directory",
      "  png2bmp photo.png -o out/photo.bmp   replaces out/photo.bmp if it exists",
      "  curl -s URL | png2bmp - -o - > a.bmp",
      "  png2bmp --info photo.png             width, height, color type and so on",
      "  png2bmp --max-pixels 400000000 map.png"
    })
public final class Png2Bmp implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int FAILED = 1;

  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "INPUT.png", description = "A PNG file; - is standard input.")
  private String input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUTPUT.bmp",
      description =
          "Where the BMP goes, replaced if it exists; - is standard output. Without it: the current"
              + " directory, under the input's name with .bmp for .png; standard output when the"
              + " PNG comes from standard input.")
  private String output;

  @Option(
      names = "--overwrite",
      description = "Replace a BMP that exists. Without it, and without -o, that is an error.")
  private boolean overwrite;

  @Option(names = "--info", description = "Print what the header says and convert nothing.")
  private boolean info;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the versions of this program, of what it is made of, and of Java.")
  private boolean version;

  @Mixin private LimitOptions limits;

  private Png2Bmp(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param arguments as {@code --help} explains them
   */
  public static void main(String[] arguments) {
    System.exit(run(Surroundings.ofProcess(), arguments));
  }

  static int run(Surroundings surroundings, String... arguments) {
    CommandLine command =
        new CommandLine(new Png2Bmp(surroundings))
            .setOut(new PrintWriter(surroundings.out(), true))
            .setErr(new PrintWriter(surroundings.err(), true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .setExpandAtFiles(false) // a file may be called @something
            .setParameterExceptionHandler(Png2Bmp::explainUsage);
    return command.execute(arguments);
  }

  private static int explainUsage(ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("png2bmp: " + FailureText.oneLine(e.getMessage()) + " (--help explains the usage)");
    return e.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
  }

  @Override
  public Integer call() {
    ConvertOptions options = ConvertOptions.defaults().withLimits(limits.limits());
    Path bmp = null;
    try {
      if (info) {
        return printInfo();
      }
      bmp = outputPath();
      SingleConversion conversion = new SingleConversion(surroundings, input, bmp);
      if (conversion.wouldReplaceInput()) {
        throw new ParameterException(
            spec.commandLine(), "the BMP would replace the PNG, " + input);
      }
      if (bmp != null && output == null && !overwrite && Files.exists(bmp)) {
        return fail(bmp + " exists (--overwrite or -o replaces it)");
      }
      conversion.run(options);
      return DONE;
    } catch (IOException | PngException | OutOfMemoryError | UnsatisfiedLinkError e) {
      return fail(FailureText.reason(e, bmp));
    }
  }

  private int printInfo() throws IOException {
    try (ReadableByteChannel png = SingleConversion.open(surroundings, input)) {
      spec.commandLine()
          .getOut()
          .print(HeaderText.of(SingleConversion.nameOf(input), HeaderText.read(png)));
      spec.commandLine().getOut().flush();
      return DONE;
    }
  }

  /** The file to write, or null for standard output. */
  private Path outputPath() {
    String stream = SingleConversion.STREAM;
    if (output == null) {
      return input.equals(stream) ? null : surroundings.directory().resolve(BmpNames.of(input));
    }
    return output.equals(stream) ? null : surroundings.directory().resolve(output);
  }

  private int fail(String reason) {
    String line = "png2bmp: " + SingleConversion.nameOf(input) + ": " + reason;
    spec.commandLine().getErr().println(FailureText.oneLine(line));
    return FAILED;
  }
}
