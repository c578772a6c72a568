package io.github.lodepngffm.cli;

import io.github.lodepngffm.BmpFormat;
import io.github.lodepngffm.ConvertOptions;
import io.github.lodepngffm.Limits;
import io.github.lodepngffm.Tolerance;
import picocli.CommandLine.Option;

/** What kind of BMP is made, and what becomes of transparency. */
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

  ConvertOptions options(Limits limits, Tolerance tolerance) {
    ConvertOptions options = new ConvertOptions(limits, tolerance).withBmpFormat(format);
    return background == null
        ? options
        : options.withBackground(background >> 16, background >> 8 & 0xFF, background & 0xFF);
  }
}
