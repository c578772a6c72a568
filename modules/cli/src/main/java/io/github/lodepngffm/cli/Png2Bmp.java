package io.github.lodepngffm.cli;

import io.github.lodepngffm.ConvertOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code png2bmp}: its options, and what they lead to. */
@Command(
    name = "png2bmp",
    versionProvider = ProductVersion.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Converts PNG images to BMP: the classic one of 24 bits, or what --format names.",
    synopsisHeading = "%nUsage: ",
    customSynopsis = {
      "png2bmp [OPTIONS] INPUT [-o FILE]",
      "       png2bmp [OPTIONS] [-r] [-d OUTDIR] [--files-from FILE] INPUT..."
    },
    descriptionHeading = "%n",
    description =
        "Alpha is dropped, 16-bit samples give their high byte, and gamma and colour profiles are not"
            + " applied. A BMP appears under its name when it is complete.",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Done.",
      "1:A conversion failed. A line on standard error names the file, the code and the reason;"
          + " no partial BMP is left, and an existing one is as it was.",
      "2:The command line is wrong.",
      "130:Interrupted by Ctrl-C. What was being converted is cancelled; every BMP is whole.",
      "141:Nobody reads standard output any more, as after | head. Ends as for 130, but quietly."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  png2bmp photo.png                    writes photo.bmp in the current directory",
      "  png2bmp photo.png -o out/photo.bmp   replaces out/photo.bmp if it exists",
      "  png2bmp -r photos -d out             photos/a/b.png becomes out/a/b.bmp",
      "  png2bmp 'photos/**.png' -d out --skip-existing",
      "  find . -name '*.png' -size +1M -print0 | png2bmp -0 --files-from - -d out",
      "  png2bmp --format match *.png         keeps alpha, palettes, gray and single bits",
      "  png2bmp --background white logo.png  puts it onto white",
      "  curl -s URL | png2bmp - -o - > a.bmp",
      "  png2bmp --info photo.png             width, height, color type and so on",
      "  png2bmp --max-pixels 400000000 map.png"
    })
public final class Png2Bmp implements Callable<Integer> {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  /** What a shell says of a program that SIGPIPE has ended: 128 and the signal's number. */
  private static final int READER_IS_GONE = 141;

  private final Surroundings surroundings;

  @Mixin private InputOptions input = new InputOptions();

  @Mixin private OutputOptions output = new OutputOptions();

  @Mixin private RunOptions run = new RunOptions();

  @Mixin private ImageOptions image = new ImageOptions();

  @Option(
      names = "--info",
      description = "Print what the headers say and convert nothing; with --json as JSON.")
  private boolean info;

  @Option(
      names = "--completion",
      description =
          "Print a script that completes options in bash and zsh: source <(png2bmp --completion)")
  private boolean completion;

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

  /** For the tools of picocli, which make completion scripts and manual pages of a command. */
  public Png2Bmp() {
    this(Surroundings.ofProcess());
  }

  private Png2Bmp(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param arguments as {@code --help} explains them
   */
  public static void main(String[] arguments) {
    System.exit(run(Surroundings.ofProcess(), RawArguments.of(arguments)));
  }

  static int run(Surroundings surroundings, String... arguments) {
    Png2Bmp program = new Png2Bmp(surroundings);
    ShortForm form = ShortForm.of(arguments);
    int exitCode;
    if (form == null) {
      exitCode = program.commandLine().execute(arguments);
    } else {
      program.input.inputs = List.of(form.input());
      program.output.output = form.output();
      exitCode = program.call();
    }
    StandardOutputException failure = surroundings.out().failure();
    return failure == null ? exitCode : program.outputFailed(failure);
  }

  /** The command as picocli knows it. */
  private CommandLine commandLine() {
    return new CommandLine(this)
        .setOut(new PrintWriter(surroundings.out(), true))
        .setErr(new PrintWriter(surroundings.err(), true))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false) // a file may be called @something
        .setParameterExceptionHandler((e, arguments) -> explainUsage(e.getMessage()));
  }

  @Override
  public Integer call() {
    try {
      checkOptions();
      if (completion) {
        surroundings.out().print(AutoComplete.bash("png2bmp", commandLine()));
        return DONE;
      }
      if (info) {
        RunReport report =
            new RunReport(
                surroundings, run.json ? RunReport.Style.JSON : RunReport.Style.LINES, null);
        return new HeaderListing(surroundings, report).print(plan()) ? DONE : FAILED;
      }
      return isSingle() ? convertOne() : convertMany();
    } catch (UsageException e) {
      return explainUsage(e.getMessage());
    } catch (StandardOutputException e) {
      return outputFailed(e);
    } catch (InvalidPathException e) {
      return fail(e.getInput() + ": not a path");
    } catch (IOException | UnsatisfiedLinkError e) {
      return fail(FailureText.reason(e, null));
    }
  }

  private void checkOptions() {
    if (completion) {
      return;
    }
    boolean hasStream = input.inputs.contains(Surroundings.STREAM);
    refuseIf(
        input.inputs.isEmpty() && input.list() == null, "no INPUT is given, and no --files-from");
    refuseIf(input.lacksList(), "-0 is about --files-from, which is not given");
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

  private static void refuseIf(boolean wrong, String why) {
    if (wrong) {
      throw new UsageException(why);
    }
  }

  private ConvertOptions checkedOptions() {
    try {
      return image.options(limits.limits());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** Whether there is one input that is a file or standard input, and no folder for outputs. */
  private boolean isSingle() {
    if (input.inputs.size() != 1
        || input.recursive
        || input.list() != null
        || output.directory != null) {
      return false;
    }
    String only = input.inputs.getFirst();
    Path path = surroundings.resolve(only);
    return !Files.isDirectory(path) && (Files.exists(path) || !GlobPattern.isOne(only));
  }

  private ConversionPlan plan() {
    return new ConversionPlan(surroundings, input.inputs, input.list(), input.recursive);
  }

  private int convertMany() throws IOException {
    Path folder = surroundings.resolve(output.directory == null ? "" : output.directory);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      return fail(FileNames.text(folder) + " is no directory");
    }
    Batch batch =
        new Batch(surroundings, run, checkedOptions(), new OutputFolder(folder), output.existing());
    return batch.run(plan()) ? DONE : FAILED;
  }

  private int convertOne() throws IOException {
    SingleConversion conversion =
        new SingleConversion(surroundings, input.inputs.getFirst(), output.output);
    refuseIf(conversion.wouldReplaceInput(), "the BMP would replace the PNG, " + conversion.name());
    RunReport report = new RunReport(surroundings, styleOfOne(), null);
    refuseIf(
        run.json && conversion.writesStandardOutput(), "standard output is either BMP or --json");
    refuseIf(
        conversion.writesStandardOutput() && surroundings.terminal().isOutput() && !run.dryRun,
        "a BMP is not for a terminal: -o names a file, and > sends standard output to one");
    try (Interruption interruption = Interruption.watch()) {
      conversion.run(checkedOptions(), output.existing(), run.dryRun, report);
      return report.hasFailures() || interruption.hasArrived() ? FAILED : DONE;
    }
  }

  /** That a single file was converted is said by its being there. */
  private RunReport.Style styleOfOne() {
    if (run.json) {
      return RunReport.Style.JSON;
    }
    return run.dryRun && !run.quiet ? RunReport.Style.LINES : RunReport.Style.SILENT;
  }

  private int explainUsage(String what) {
    complain(what + " (--help explains the usage)");
    return WRONG_USAGE;
  }

  private int fail(String reason) {
    complain(reason);
    return FAILED;
  }

  /** A reader that has enough, as head has, is no failure that is worth a word. */
  private int outputFailed(StandardOutputException e) {
    return e.readerIsGone() ? READER_IS_GONE : fail(e.getMessage());
  }

  private void complain(String what) {
    surroundings.err().println(FailureText.oneLine("png2bmp: " + what));
  }
}
