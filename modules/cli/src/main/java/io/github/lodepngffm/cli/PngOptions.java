package io.github.lodepngffm.cli;

import io.github.lodepngffm.Effort;
import io.github.lodepngffm.EncodeOptions;
import io.github.lodepngffm.Limits;
import picocli.CommandLine.Option;

/** How PNGs are made. */
final class PngOptions {
  @Option(
      names = "--effort",
      paramLabel = "EFFORT",
      description =
          "Time for size: fast, balanced (the default), or small, which takes a hundred times as"
              + " long as fast.")
  private Effort effort = Effort.BALANCED;

  @Option(
      names = "--interlaced",
      description = "Make interlaced PNGs, which show a coarse image first, and are larger.")
  private boolean interlaced;

  @Option(
      names = "--strip",
      description =
          "Leave out what an input has beside its pixels: resolution, color profile, text, times"
              + " and so on.")
  boolean strip;

  EncodeOptions options(Limits limits) {
    return EncodeOptions.defaults()
        .withEffort(effort)
        .withInterlaced(interlaced)
        .withLimits(limits);
  }
}
