package io.github.lodepngffm.cli;

import picocli.CommandLine.Option;

/** How many files are converted, and what is said meanwhile. */
final class RunOptions {
  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "Conversions at one time. Default: the number of processors.")
  int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--memory",
      paramLabel = "BYTES",
      converter = ByteCount.class,
      description =
          "Memory for all images that are being converted at one time. Default: 512M, besides what"
              + " Java itself needs. A file that needs more is converted alone; the limits below"
              + " bound it.")
  long memory = 512L << 20;

  @Option(names = "--fail-fast", description = "Stop at the first failure.")
  boolean failFast;

  @Option(names = "--dry-run", description = "Say what would be converted; write nothing.")
  boolean dryRun;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing but failures.")
  boolean quiet;

  @Option(
      names = "--json",
      description =
          "A JSON object for each file, one a line: input, output, status (converted, skipped,"
              + " planned, failed), the bytes of the output (bmpBytes, or what its kind is), warnings"
              + " where there are any, and of failures code and error, and list and line if"
              + " --files-from named it.")
  boolean json;
}
