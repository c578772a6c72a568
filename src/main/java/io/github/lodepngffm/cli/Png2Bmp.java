package io.github.lodepngffm.cli;

import io.github.lodepngffm.ConvertOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code png2bmp}: its options, and what they lead to. */
@Command(
    name = "png2bmp",
    versionProvider = ProductVersion.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    headerHeading =
        "Converts PNG images to BMP: the classic one of 24 bits, or the kind that --format names.%n%n",
    synopsisHeading = "Usage: ",
    customSynopsis = {
      "png2bmp [OPTIONS] INPUT [-o FILE]",
      "       png2bmp [OPTIONS] [-r] [-d OUTDIR] [--files-from FILE] INPUT..."
    },
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Done.",
      "1:A conversion failed. A line on standard error names the file, the code and the reason;"
          + " no partial BMP is left, and an existing one is as it was.",
      "2:The command line is wrong.",
      "130:Interrupted by Ctrl-C. What was being converted is cancelled; every BMP is whole."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  png2bmp photo.png                    writes photo.bmp in the current directory",
      "  png2bmp photo.png -o out/photo.bmp   replaces out/photo.bmp if it exists",
      "  png2bmp -r photos -d out             photos/a/b.png becomes out/a/b.bmp",
      "  png2bmp 'photos/**.png' -d out --skip-existing",
      "  find . -name '*.png' -size +1M | png2bmp --files-from - -d out --json",
      "  png2bmp --format match *.png         keeps alpha, palettes, gray and single bits",
      "  png2bmp --background white logo.png  puts it onto white",
      "  curl -s URL | png2bmp - -o - > a.bmp",
      "  png2bmp --info photo.png             width, height, color type and so on",
      "  png2bmp --max-pixels 400000000 map.png"
    })
public final class Png2Bmp implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int FAILED = 1;

  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Mixin private InputOptions input;

  @Mixin private OutputOptions output;

  @Mixin private ImageOptions image;

  @Mixin private RunOptions run;

  @Option(names = "--info", description = "Print what the headers say and convert nothing.")
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

  @ArgGroup(
      validate = false,
      heading =
          "%nLimits, which make files from strangers harmless; a failure names the one to raise:%n")
  private final LimitOptions limits = new LimitOptions();

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
            .setCaseInsensitiveEnumValuesAllowed(true)
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
    checkOptions();
    try {
      if (info) {
        return new HeaderListing(surroundings).print(plan()) ? DONE : FAILED;
      }
      return isSingle() ? convertOne() : convertMany();
    } catch (IOException | UnsatisfiedLinkError e) {
      return fail(FailureText.reason(e, null));
    }
  }

  private void checkOptions() {
    boolean hasStream = input.inputs.contains(SingleConversion.STREAM);
    refuseIf(
        input.inputs.isEmpty() && input.filesFrom == null,
        "no INPUT is given, and no --files-from");
    refuseIf(input.inputs.contains(""), "an INPUT is empty; . is the current directory");
    refuseIf(hasStream && !isSingle(), "- is converted alone, without -r, -d and other inputs");
    refuseIf(
        output.output != null && !isSingle(),
        "-o is for a single file; -d names the folder for many");
    refuseIf(
        output.overwrite && output.skipExisting,
        "--overwrite and --skip-existing exclude each other");
    refuseIf(
        image.contradictThemselves(), "--strict, --tolerant and --tolerate exclude each other");
    refuseIf(run.jobs < 1, "--jobs is " + run.jobs + ", must be at least 1");
    refuseIf(run.memory < 1, "--memory must be at least 1");
  }

  private void refuseIf(boolean wrong, String why) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), why);
    }
  }

  private ConvertOptions checkedOptions() {
    try {
      return image.options(limits.limits());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Whether there is one input that is a file or standard input, and no folder for outputs. */
  private boolean isSingle() {
    if (input.inputs.size() != 1
        || input.recursive
        || input.filesFrom != null
        || output.directory != null) {
      return false;
    }
    String only = input.inputs.getFirst();
    Path path = surroundings.directory().resolve(only);
    return !Files.isDirectory(path) && (Files.exists(path) || !GlobPattern.isOne(only));
  }

  private ConversionPlan plan() {
    return new ConversionPlan(surroundings, input.inputs, input.filesFrom, input.recursive);
  }

  private int convertMany() throws IOException {
    String directory = output.directory == null ? "" : output.directory;
    Path folder = surroundings.directory().resolve(directory);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      return fail(folder + " is no directory");
    }
    Batch batch =
        new Batch(surroundings, run, checkedOptions(), new OutputFolder(folder), output.existing());
    return batch.run(plan()) ? DONE : FAILED;
  }

  private int convertOne() throws IOException {
    SingleConversion conversion =
        new SingleConversion(surroundings, input.inputs.getFirst(), output.output);
    refuseIf(conversion.wouldReplaceInput(), "the BMP would replace the PNG, " + conversion.name());
    RunReport.Style style = run.json ? RunReport.Style.JSON : RunReport.Style.SILENT;
    refuseIf(
        run.json && conversion.writesStandardOutput(), "standard output is either BMP or --json");
    RunReport report = new RunReport(surroundings, style, null);
    try (Interruption interruption = Interruption.watch()) {
      conversion.run(checkedOptions(), output.existing(), run.dryRun, report);
      return report.hasFailures() || interruption.hasArrived() ? FAILED : DONE;
    }
  }

  private int fail(String reason) {
    spec.commandLine().getErr().println(FailureText.oneLine("png2bmp: " + reason));
    return FAILED;
  }
}
