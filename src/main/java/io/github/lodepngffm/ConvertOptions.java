package io.github.lodepngffm;

import java.util.Objects;

/**
 * How a conversion is done.
 *
 * {@snippet :
 * ConvertOptions large =
 *     ConvertOptions.defaults().withLimits(Limits.defaults().withMaxPixels(1_000_000_000));
 * }
 *
 * @param limits what it may spend
 * @param tolerance what it makes of a damaged file
 */
public record ConvertOptions(Limits limits, Tolerance tolerance) {

  private static final ConvertOptions DEFAULTS =
      new ConvertOptions(Limits.defaults(), Tolerance.STRICT);

  /** Options with these values. */
  public ConvertOptions {
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(tolerance, "tolerance");
  }

  /**
   * Strict, within {@link Limits#defaults()}.
   *
   * @return the options of every method that has no options
   */
  public static ConvertOptions defaults() {
    return DEFAULTS;
  }

  /**
   * {@link Tolerance#ANCILLARY_DAMAGE}, within {@link Limits#defaults()}: shows what most viewers
   * show.
   *
   * @return tolerant options
   */
  public static ConvertOptions tolerant() {
    return DEFAULTS.withTolerance(Tolerance.ANCILLARY_DAMAGE);
  }

  /**
   * These options with other limits.
   *
   * @param limits what a conversion may spend
   * @return new options
   */
  public ConvertOptions withLimits(Limits limits) {
    return new ConvertOptions(limits, tolerance);
  }

  /**
   * These options with another tolerance.
   *
   * @param tolerance what a conversion makes of a damaged file
   * @return new options
   */
  public ConvertOptions withTolerance(Tolerance tolerance) {
    return new ConvertOptions(limits, tolerance);
  }
}
