package io.github.lodepngffm.cli;

import io.github.lodepngffm.BmpFormat;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.Tolerance;
import picocli.CommandLine.Option;

/** What kind of BMP is made, and what becomes of transparency and damage. */
final class ImageOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "The kind of BMP: classic (24 bits; the default), bgra (32 bits with alpha), indexed8 (the"
              + " PNG's palette), gray8, bilevel (1 bit), or match (of these the one that keeps"
              + " most).")
  private BmpFormat format = BmpFormat.CLASSIC;

  @Option(
      names = "--background",
      paramLabel = "COLOR",
      converter = ColorName.class,
      description =
          "The color that shows through transparent pixels: #rrggbb, or a name such as white."
              + " Without it a BMP without alpha has the colors under them.")
  private Integer background;

  @Option(
      names = "--tolerate",
      paramLabel = "DAMAGE",
      description =
          "Damage that is passed over, with a warning: ancillary (chunks beside the pixels, and a"
              + " missing end; the default), none, or truncation (also image data that ends early:"
              + " the rest is black).")
  private ToleratedDamage tolerated;

  @Option(names = "--strict", description = "The same as --tolerate none.")
  private boolean strict;

  @Option(names = "--tolerant", description = "The same as --tolerate truncation.")
  private boolean tolerant;

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

  /** Whether the options on damage say more than one thing. */
  boolean contradictThemselves() {
    return (strict ? 1 : 0) + (tolerant ? 1 : 0) + (tolerated != null ? 1 : 0) > 1;
  }

  private Tolerance tolerance() {
    if (strict) {
      return Tolerance.STRICT;
    }
    if (tolerant) {
      return Tolerance.TRUNCATED_DATA;
    }
    return tolerated == null ? Tolerance.ANCILLARY_DAMAGE : tolerated.tolerance;
  }

  ConvertOptions options(Limits limits) {
    ConvertOptions options = new ConvertOptions(limits, tolerance()).withBmpFormat(format);
    return background == null
        ? options
        : options.withBackground(background >> 16, background >> 8 & 0xFF, background & 0xFF);
  }
}
