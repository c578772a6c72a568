package io.github.lodepngffm.cli;

import picocli.CommandLine.Option;

/** Where outputs go, and what becomes of what is there. */
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "The output of a single input, replaced if it exists; - is standard output. Without it:"
              + " the input's name with the ending of outputs, in the current directory; standard"
              + " output when the input is standard input.")
  String output;

  @Option(
      names = {"-d", "--directory"},
      paramLabel = "OUTDIR",
      description =
          "The folder for outputs, made if missing. Default: the current directory. What is found in a"
              + " folder keeps its place below that folder; what --files-from lists keeps its whole"
              + " path. Nothing is written outside of OUTDIR.")
  String directory;

  @Option(
      names = "--overwrite",
      description =
          "Replace outputs that exist. Without this, --skip-existing or -o, an existing output is an"
              + " error for that file.")
  boolean overwrite;

  @Option(names = "--skip-existing", description = "Pass over inputs whose output exists.")
  boolean skipExisting;

  BatchRun.Existing existing() {
    if (skipExisting) {
      return BatchRun.Existing.SKIP;
    }
    return overwrite || output != null ? BatchRun.Existing.REPLACE : BatchRun.Existing.FAIL;
  }
}
