package io.github.lodepngffm.cli;

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
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;

/** What all programs have in common: from their options to their exit code. */
abstract class ConversionCommand implements Callable<Integer> {
  static final int DONE = 0;
  static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  /** What a shell says of a program that SIGPIPE has ended: 128 and the signal's number. */
  private static final int READER_IS_GONE = 141;

  final Surroundings surroundings;

  @Mixin final InputOptions input = new InputOptions();

  @Mixin final OutputOptions output = new OutputOptions();

  @Mixin final RunOptions run = new RunOptions();

  @ArgGroup(
      validate = false,
      heading =
          "%nLimits, which make files from strangers harmless; a failure names the one to raise:%n")
  final LimitOptions limits = new LimitOptions();

  ConversionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The options that are about the program. */
  abstract AboutOptions about();

  /** Refuses options that make no sense together. */
  abstract void checkMore();

  /**
   * What is done to each image.
   *
   * @throws IllegalArgumentException if an option has a value that makes no sense
   */
  abstract Conversions conversions();

  /** Does something else than converting, if an option says so; null if none does. */
  abstract Integer otherThanConverting() throws IOException;

  /** Runs it with the arguments of a command line, and returns the exit code. */
  int execute(String... arguments) {
    ShortForm form = ShortForm.of(arguments);
    int exitCode;
    if (form == null) {
      exitCode = commandLine().execute(arguments);
    } else {
      input.inputs = List.of(form.input());
      output.output = form.output();
      exitCode = call();
    }
    StandardOutputException failure = surroundings.out().failure();
    return failure == null ? exitCode : outputFailed(failure);
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
      if (about().completion) {
        surroundings.out().print(AutoComplete.bash(surroundings.program().name(), commandLine()));
        return DONE;
      }
      checkOptions();
      Integer other = otherThanConverting();
      if (other != null) {
        return other;
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
    refuseIf(run.jobs < 1, "--jobs is " + run.jobs + ", must be at least 1");
    refuseIf(run.memory < 1, "--memory must be at least 1");
    checkMore();
  }

  static void refuseIf(boolean wrong, String why) {
    if (wrong) {
      throw new UsageException(why);
    }
  }

  private Conversions checkedConversions() {
    try {
      return conversions();
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

  ConversionPlan plan() {
    return new ConversionPlan(surroundings, input.inputs, input.list(), input.recursive);
  }

  private int convertMany() throws IOException {
    Path folder = surroundings.resolve(output.directory == null ? "" : output.directory);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      return fail(FileNames.text(folder) + " is no directory");
    }
    Batch batch =
        new Batch(
            surroundings, run, checkedConversions(), new OutputFolder(folder), output.existing());
    return batch.run(plan()) ? DONE : FAILED;
  }

  private int convertOne() throws IOException {
    String kind = surroundings.program().output();
    SingleConversion conversion =
        new SingleConversion(surroundings, input.inputs.getFirst(), output.output);
    refuseIf(
        conversion.wouldReplaceInput(),
        "the " + kind + " would replace the input, " + conversion.name());
    RunReport report = new RunReport(surroundings, styleOfOne(), null);
    refuseIf(
        run.json && conversion.writesStandardOutput(),
        "standard output is either " + kind + " or --json");
    refuseIf(
        conversion.writesStandardOutput() && surroundings.terminal().isOutput() && !run.dryRun,
        "a "
            + kind
            + " is not for a terminal: -o names a file, and > sends standard output to one");
    try (Interruption interruption = Interruption.watch()) {
      conversion.run(checkedConversions(), output.existing(), run.dryRun, report);
      return report.hasFailures() || interruption.hasArrived() ? FAILED : DONE;
    }
  }

  /** That a single file was converted is said by its being there. */
  private RunReport.Style styleOfOne() {
    if (run.json) {
      return RunReport.Style.JSON;
    }
    if (run.quiet) {
      return RunReport.Style.SILENT;
    }
    return run.dryRun ? RunReport.Style.LINES : RunReport.Style.SHORT;
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
    surroundings.err().println(FailureText.oneLine(surroundings.program().name() + ": " + what));
  }
}
