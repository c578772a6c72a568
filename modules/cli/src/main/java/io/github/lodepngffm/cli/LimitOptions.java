package io.github.lodepngffm.cli;

import io.github.lodepngffm.Limit;
import io.github.lodepngffm.Limits;
import java.util.Locale;
import picocli.CommandLine.Option;

/**
 * The options that raise or lower {@link Limits}. Each is named after its {@link Limit}, so that a
 * failure can be told in the words of the command line.
 */
final class LimitOptions {
  @Option(
      names = "--max-input-bytes",
      paramLabel = "BYTES",
      converter = ByteCount.class,
      description = "Size of an input. Default: 256M.")
  private Long maxInputBytes;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "Width times height. Default: 67108864, as 8192 x 8192 has.")
  private Long maxPixels;

  @Option(
      names = "--max-output-bytes",
      paramLabel = "BYTES",
      converter = ByteCount.class,
      description = "Size of an output. Default: 256M.")
  private Long maxOutputBytes;

  @Option(
      names = "--max-memory-bytes",
      paramLabel = "BYTES",
      converter = ByteCount.class,
      description = "Memory of one conversion besides input and output. Default: 1G.")
  private Long maxMemoryBytes;

  @Option(
      names = "--max-ancillary-bytes",
      paramLabel = "BYTES",
      converter = ByteCount.class,
      description = "Chunks that are not needed for the pixels, inflated. Default: 16M.")
  private Long maxAncillaryBytes;

  @Option(
      names = "--max-chunks",
      paramLabel = "N",
      description = "Chunks of a PNG. Default: 65536.")
  private Long maxChunks;

  @Option(
      names = "--max-idat-ratio",
      paramLabel = "N",
      description = "Compressed bytes of image data for each byte they hold. Default: 4.")
  private Long maxIdatRatio;

  @Option(
      names = "--unlimited",
      description =
          "No limit but those given beside it. A file of 100 bytes can then ask for gigabytes:"
              + " only for files of your own making.")
  private boolean unlimited;

  /**
   * The defaults, changed as the user wants.
   *
   * @throws IllegalArgumentException if a value makes no sense
   */
  Limits limits() {
    Limits limits = unlimited ? Limits.unlimited() : Limits.defaults();
    return new Limits(
        orElse(maxInputBytes, limits.maxInputBytes()),
        orElse(maxPixels, limits.maxPixels()),
        orElse(maxOutputBytes, limits.maxOutputBytes()),
        orElse(maxMemoryBytes, limits.maxMemoryBytes()),
        orElse(maxAncillaryBytes, limits.maxAncillaryBytes()),
        orElse(maxChunks, limits.maxChunks()),
        orElse(maxIdatRatio, limits.maxIdatRatio()));
  }

  private static long orElse(Long given, long otherwise) {
    return given == null ? otherwise : given;
  }

  /** The option that raises a limit. */
  static String of(Limit limit) {
    return "--max-" + limit.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
