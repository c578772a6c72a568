package io.github.lodepngffm.cli;

import picocli.CommandLine.Option;

/** Where BMPs go, and what becomes of what is there. */
final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "The BMP of a single input, replaced if it exists; - is standard output. Without it: the"
              + " input's name with .bmp for .png, in the current directory; standard output when"
              + " the PNG comes from standard input.")
  String output;

  @Option(
      names = {"-d", "--directory"},
      paramLabel = "OUTDIR",
      description =
          "The folder for BMPs, made if missing. Default: the current directory. What is found in a"
              + " folder keeps its place below that folder; what --files-from lists keeps its whole"
              + " path. Nothing is written outside of OUTDIR.")
  String directory;

  @Option(
      names = "--overwrite",
      description =
          "Replace BMPs that exist. Without this, --skip-existing or -o, an existing BMP is an error"
              + " for that file.")
  boolean overwrite;

  @Option(names = "--skip-existing", description = "Pass over inputs whose BMP exists.")
  boolean skipExisting;

  BatchRun.Existing existing() {
    if (skipExisting) {
      return BatchRun.Existing.SKIP;
    }
    return overwrite || output != null ? BatchRun.Existing.REPLACE : BatchRun.Existing.FAIL;
  }
}
