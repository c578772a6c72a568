package io.github.lodepngffm.cli;

import io.github.lodepngffm.Tolerance;
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

  @Option(
      names = "--tolerate",
      paramLabel = "DAMAGE",
      description =
          "Damage that is passed over, with a warning: none (the default), ancillary (chunks beside"
              + " the pixels, and a missing end), or truncation (that, and image data that ends"
              + " early: the rest is black).")
  private ToleratedDamage tolerated = ToleratedDamage.NONE;

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
              + " planned, failed), bmpBytes, warnings where there are any, and of failures code and"
              + " error, and list and line if --files-from named it. With --info: status examined,"
              + " width, height, colorType, bitDepth, interlaced, decodePath, bmpBytes.")
  boolean json;

  /** The words of the command line for {@link Tolerance}. */
  private enum ToleratedDamage {
    NONE(Tolerance.STRICT),
    ANCILLARY(Tolerance.ANCILLARY_DAMAGE),
    TRUNCATION(Tolerance.TRUNCATED_DATA);

    private final Tolerance tolerance;

    ToleratedDamage(Tolerance tolerance) {
      this.tolerance = tolerance;
    }
  }

  Tolerance tolerance() {
    return tolerated.tolerance;
  }
}
