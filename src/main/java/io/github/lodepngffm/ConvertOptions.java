package io.github.lodepngffm;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a conversion is done.
 *
 * {@snippet :
 * ConvertOptions large =
 *     ConvertOptions.defaults().withLimits(Limits.defaults().withMaxPixels(1_000_000_000));
 * ConvertOptions keepAlpha = ConvertOptions.defaults().withBmpFormat(BmpFormat.BGRA);
 * }
 *
 * @param limits what it may spend
 * @param tolerance what it makes of a damaged file
 * @param bmpFormat what kind of BMP it makes
 * @param background the colour that images with transparency are put onto, {@code 0xRRGGBB}; empty
 *     for none
 */
public record ConvertOptions(
    Limits limits, Tolerance tolerance, BmpFormat bmpFormat, OptionalInt background) {

  private static final ConvertOptions DEFAULTS =
      new ConvertOptions(Limits.defaults(), Tolerance.ANCILLARY_DAMAGE);

  /**
   * Options with these values.
   *
   * @throws IllegalArgumentException if the background is not between 0 and 0xffffff
   */
  public ConvertOptions {
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(tolerance, "tolerance");
    Objects.requireNonNull(bmpFormat, "bmpFormat");
    if (background.isPresent() && background.getAsInt() >>> 24 != 0) {
      throw new IllegalArgumentException(
          "a background of 0x%x is more than 0xRRGGBB".formatted(background.getAsInt()));
    }
  }

  /**
   * Options for the {@linkplain BmpFormat#CLASSIC classic} BMP without a background.
   *
   * @param limits what a conversion may spend
   * @param tolerance what it makes of a damaged file
   */
  public ConvertOptions(Limits limits, Tolerance tolerance) {
    this(limits, tolerance, BmpFormat.CLASSIC, OptionalInt.empty());
  }

  /**
   * {@link Tolerance#ANCILLARY_DAMAGE}, which shows what most viewers show, within {@link
   * Limits#defaults()}; {@link BmpFormat#CLASSIC}, no background.
   *
   * @return the options of every method that has no options
   */
  public static ConvertOptions defaults() {
    return DEFAULTS;
  }

  /**
   * The defaults with {@link Tolerance#STRICT}: what LodePNG refuses is refused.
   *
   * @return strict options
   */
  public static ConvertOptions strict() {
    return DEFAULTS.withTolerance(Tolerance.STRICT);
  }

  /**
   * The defaults with {@link Tolerance#TRUNCATED_DATA}: a file that ends early shows what it has.
   *
   * @return tolerant options
   */
  public static ConvertOptions tolerant() {
    return DEFAULTS.withTolerance(Tolerance.TRUNCATED_DATA);
  }

  /**
   * These options with other limits.
   *
   * @param limits what a conversion may spend
   * @return new options
   */
  public ConvertOptions withLimits(Limits limits) {
    return new ConvertOptions(limits, tolerance, bmpFormat, background);
  }

  /**
   * These options with another tolerance.
   *
   * @param tolerance what a conversion makes of a damaged file
   * @return new options
   */
  public ConvertOptions withTolerance(Tolerance tolerance) {
    return new ConvertOptions(limits, tolerance, bmpFormat, background);
  }

  /**
   * These options with another kind of BMP.
   *
   * @param bmpFormat what a conversion makes
   * @return new options
   */
  public ConvertOptions withBmpFormat(BmpFormat bmpFormat) {
    return new ConvertOptions(limits, tolerance, bmpFormat, background);
  }

  /**
   * These options with a background, onto which an image with transparency is put: each sample c
   * with alpha a becomes {@code (c * a + b * (255 - a) + 127) / 255}, where b is the background's.
   * Without one the colours of transparent pixels show, whatever they are.
   *
   * @param red 0 to 255
   * @param green 0 to 255
   * @param blue 0 to 255
   * @return new options
   * @throws IllegalArgumentException if a value is out of range
   */
  public ConvertOptions withBackground(int red, int green, int blue) {
    return new ConvertOptions(limits, tolerance, bmpFormat, OptionalInt.of(rgb(red, green, blue)));
  }

  /** One number of three, after a look at each. */
  static int rgb(int red, int green, int blue) {
    if (((red | green | blue) & ~0xff) != 0) {
      throw new IllegalArgumentException(
          "a background of red %d, green %d, blue %d: each must be 0 to 255"
              .formatted(red, green, blue));
    }
    return red << 16 | green << 8 | blue;
  }
}
